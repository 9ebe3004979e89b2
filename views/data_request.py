"""Permintaan data."""

from __future__ import annotations

from backoffice.text import _l
from models import DataRequest
from views.case import CaseView


class DataRequestView(CaseView):
    """Requests for data or information."""

    model = DataRequest
    slug = "permintaan-data"
    title = _l("Data requests")
    new_label = _l("Record a new data request")
    plural = _l("data requests")
