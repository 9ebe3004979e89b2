"""Disposisi: what was laid on whose desk, with what instructions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from sqlalchemy.orm import joinedload

from backoffice import lists
from backoffice.text import _, _l, short_date, short_moment
from models import Case, Disposition, Duty
from views import labels
from views.base import OfficeView
from views.filters import ChoiceFilter
from views.flat import FlatList
from views.kinds import meets_cases
from views.rows import case_url
from views.session import current_person

DUTIES = {
    Duty.RESPONSIBLE: _l("to be dealt with"),
    Duty.REPORT: _l("for a report"),
    Duty.OPINION: _l("for an opinion"),
    Duty.INFORMATION: _l("for information"),
}
SHAPES = {"in": lists.laid_on_me, "out": lists.laid_by_me}


def by_direction(value: str) -> Any:
    """Laid on my desk, or by me on another."""
    person = current_person()
    mine = person.desk_post_ids if person is not None else frozenset()
    column = Disposition.to_post_id if value == "in" else Disposition.from_post_id
    return column.in_(mine)


def case_of(row: Disposition) -> Case:
    """The case that was laid on somebody's desk; the list has no letter without a case."""
    if row.case is None:
        raise LookupError(row.id)
    return row.case


class DispositionView(FlatList, OfficeView):
    """Dispositions of the cases in sight."""

    model = Disposition
    slug = "disposisi"
    title = _l("Dispositions")
    lead = _l("What was laid on whose desk, with what instructions and until when.")
    can_export = True
    column_list = ("subject", "from_post", "to_post", "instructions", "deadline_on", "given_at")
    column_labels = {
        "subject": _l("Case"),
        "from_post": _l("From"),
        "to_post": _l("To"),
        "instructions": _l("Instructions"),
        "deadline_on": _l("Done by"),
        "given_at": _l("Given"),
    }
    column_sortable_list = (("given_at", "id"),)
    column_filters = (
        ChoiceFilter(
            "arah", _l("Direction"), (("in", _l("To me")), ("out", _l("From me"))), by_direction
        ),
        ChoiceFilter(
            "tugas",
            _l("Task"),
            tuple(DUTIES.items()),
            lambda value: Disposition.duty == Duty(value),
        ),
    )

    def is_visible(self) -> bool:
        """In the menu of whoever may meet a case."""
        return meets_cases(self.person)

    def shape(self, chosen: Mapping[str, str]) -> lists.Shape | None:
        """By the desk where a direction is asked."""
        return SHAPES.get(chosen.get("arah", ""))

    def get_query(self) -> Any:
        """With case, parties and posts, so that no row asks for its own."""
        return (
            super()
            .get_query()
            .options(
                joinedload(Disposition.case).options(
                    joinedload(Case.procedure_version).load_only(), joinedload(Case.office)
                ),
                joinedload(Disposition.from_post),
                joinedload(Disposition.to_post),
            )
        )

    def row_url(self, row: Disposition) -> str:
        """The case."""
        return case_url(case_of(row).id, case_of(row).kind)

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell."""
        return self.cell(model, name)

    def get_export_value(self, model: Any, name: Any) -> Any:
        """The same in the workbook."""
        return self.cell(model, name)

    def cell(self, row: Disposition, name: str) -> str:
        """One cell in words."""
        match name:
            case "subject":
                return " · ".join(
                    one for one in (labels.subject_of(case_of(row)), case_of(row).number) if one
                )
            case "to_post":
                return f"{row.to_post.title} ({DUTIES[row.duty]})"
            case "from_post":
                return row.from_post.title
            case "deadline_on":
                return short_date(row.deadline_on) if row.deadline_on else _("no date")
            case "given_at":
                return short_moment(row.given_at, case_of(row).office.timezone)
        return row.instructions
