"""Pengaduan."""

from __future__ import annotations

from backoffice.text import _l
from models import Complaint
from views.case import CaseView


class ComplaintView(CaseView):
    """Complaints of the office."""

    model = Complaint
    slug = "pengaduan"
    title = _l("Complaints")
    new_label = _l("Record a new complaint")
    plural = _l("complaints")
