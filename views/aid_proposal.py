"""Proposal bantuan (qurban)."""

from __future__ import annotations

from backoffice.text import _l
from models import AidProposal
from views.case import CaseView


class AidProposalView(CaseView):
    """Proposals for aid; the lists on which they are decided are `RecapitulationView`."""

    model = AidProposal
    slug = "proposal-qurban"
    title = _l("Qurban proposals")
    new_label = _l("Record a new proposal")
    plural = _l("proposals")
    list_template = "case/list_with_recaps.html"
