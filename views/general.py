"""Berkas of any other SOP."""

from __future__ import annotations

from backoffice.text import _l
from models import GeneralCase
from views.case import CaseView


class GeneralView(CaseView):
    """Cases of SOPs that are none of the other kinds."""

    model = GeneralCase
    slug = "berkas"
    title = _l("Other cases")
    new_label = _l("Record a new case")
    plural = _l("cases")
