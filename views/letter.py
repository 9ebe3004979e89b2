"""Surat balasan: the letters of the cases in sight, with their state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from sqlalchemy.orm import joinedload

from backoffice import lists
from backoffice.text import _, _l, short_moment
from models import Case, Letter, LetterState
from views import labels
from views.base import OfficeView
from views.filters import ChoiceFilter
from views.flat import FlatList
from views.kinds import meets_cases
from views.letter_sheet import state_tag, title_of
from views.rows import case_url

STATES = (
    ("draft", _l("Draft")),
    ("initialled", _l("Initialled")),
    ("approved", _l("Approved, to be signed")),
    ("signed", _l("Signed")),
    ("sent", _l("Sent")),
    ("received", _l("Received")),
    ("void", _l("Void")),
)


class LetterView(FlatList, OfficeView):
    """Letters; each leads to its case, where it is drafted, judged and downloaded."""

    model = Letter
    slug = "surat"
    title = _l("Reply letters")
    lead = _l("The letters that answer citizens, from the first draft until they were sent.")
    can_export = True
    column_list = ("subject", "case", "state", "number", "drafted_at")
    column_labels = {
        "subject": _l("Letter"),
        "case": _l("Case"),
        "state": _l("State"),
        "number": _l("Number"),
        "drafted_at": _l("Drafted"),
    }
    column_sortable_list = (("drafted_at", "id"),)
    column_filters = (
        ChoiceFilter(
            "keadaan", _l("State"), STATES, lambda value: Letter.state == LetterState(value)
        ),
    )

    def is_visible(self) -> bool:
        """In the menu of whoever may meet a case."""
        return meets_cases(self.person)

    def shape(self, chosen: Mapping[str, str]) -> lists.Shape | None:
        """All but the sent ones are few: their state finds them."""
        return lists.narrow if chosen.get("keadaan", "sent") != "sent" else None

    def get_query(self) -> Any:
        """With case and office, so that no row asks for its own."""
        return super().get_query().options(joinedload(Letter.case).joinedload(Case.office))

    def row_url(self, row: Letter) -> str:
        """The case, at the letter."""
        return case_url(row.case_id, row.case.kind) + "#surat"

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell; the state as a tag."""
        return state_tag(model) if name == "state" else self.cell(model, name)

    def get_export_value(self, model: Any, name: Any) -> Any:
        """The same in the workbook."""
        return self.cell(model, name)

    def cell(self, row: Letter, name: str) -> str:
        """One cell in words."""
        match name:
            case "subject":
                return str(row.fields.get("hal") or title_of(row))
            case "case":
                heading = (row.case.number, labels.subject_of(row.case))
                return " · ".join(one for one in heading if one)
            case "state":
                return state_tag(row).words
            case "number":
                return row.number or _("not yet")
        return short_moment(row.drafted_at, row.case.office.timezone)
