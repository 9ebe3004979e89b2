"""Disposisi: what was laid on whose desk, with what instructions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from flask_admin import expose
from jinja2 import pass_context
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from backoffice import lists
from backoffice.calendars import calendar_of
from backoffice.incoming import agenda_of
from backoffice.letters.disposition_sheet import NATURES, chain_of, sheet_file, sheet_values
from backoffice.text import _, _l, short_date, short_moment
from backoffice.workflow.disposing import INSTRUCTIONS
from models import Case, Disposition, DispositionState, Duty, IncomingLetter
from views import labels
from views.base import OfficeView
from views.case_papers import word_file
from views.disposition_words import DUTIES, STATES, asked_of, due_tag, duty_words, state_tag
from views.filters import ChoiceFilter
from views.flat import FlatList
from views.kinds import meets_cases
from views.rows import case_url
from views.session import current_person, today, utc_now

SHAPES = {"in": lists.laid_on_me, "out": lists.laid_by_me}
WAY = Markup('{} → <b>{}</b><div class="sub">{}</div>')
UNTIL = Markup('{}<div class="sub">{}</div>')
SHEET = Markup('<a class="tall" href="/disposisi/sheet/?id={}">{}</a>')


def by_direction(value: str) -> Any:
    """Laid on my desk, or by me on another."""
    person = current_person()
    mine = person.desk_post_ids if person is not None else frozenset()
    column = Disposition.to_post_id if value == "in" else Disposition.from_post_id
    return column.in_(mine)


def states() -> list[tuple[str, str]]:
    """The choices of the filter: overdue first, then how far it is."""
    return [("late", _("Overdue")), *((one.value, str(word)) for one, (_k, word) in STATES.items())]


def by_state(value: str) -> Any:
    """The rows of a state; see `Disposition.state`."""
    row, open_now = Disposition, Disposition.ended_at.is_(None)
    waiting = sa.and_(open_now, row.reported_at.is_(None))
    match value:
        case "late":
            return sa.and_(waiting, row.duty != Duty.INFORMATION, row.deadline_on < today())
        case DispositionState.RECALLED:
            return row.recalled_at.is_not(None)
        case DispositionState.CLOSED:
            return sa.and_(row.ended_at.is_not(None), row.recalled_at.is_(None))
        case DispositionState.REPORTED:
            return sa.and_(open_now, row.reported_at.is_not(None))
        case DispositionState.BEGUN:
            return sa.and_(waiting, row.begun_at.is_not(None))
        case DispositionState.READ:
            return sa.and_(waiting, row.begun_at.is_(None), row.read_at.is_not(None))
    return sa.and_(waiting, row.begun_at.is_(None), row.read_at.is_(None))


class DispositionView(FlatList, OfficeView):
    """Dispositions of the cases and letters in sight, and their sheets."""

    model = Disposition
    slug = "disposisi"
    title = _l("Dispositions")
    lead = _l("What was laid on whose desk, with what instructions and until when.")
    can_export = True
    column_list = ("subject", "way", "state", "deadline_on", "given_at", "sheet")
    column_labels = {
        "subject": _l("Case or letter"),
        "way": _l("From and to"),
        "from_post": _l("From"),
        "to_post": _l("To"),
        "duty": _l("Task"),
        "instructions": _l("Instructions"),
        "state": _l("State"),
        "deadline_on": _l("Done by"),
        "given_at": _l("Given"),
        "report": _l("What was done"),
        "sheet": _l("Sheet"),
    }
    column_export_list = (
        "subject",
        "from_post",
        "to_post",
        "duty",
        "instructions",
        "deadline_on",
        "given_at",
        "state",
        "report",
    )
    column_sortable_list = (("given_at", "id"),)
    column_filters = (
        ChoiceFilter(
            "arah", _l("Direction"), (("in", _l("To me")), ("out", _l("From me"))), by_direction
        ),
        ChoiceFilter("keadaan", _l("State"), states, by_state),
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
        """With case or letter, parties and posts, so that no row asks for its own."""
        return (
            super()
            .get_query()
            .options(
                joinedload(Disposition.case).options(
                    joinedload(Case.procedure_version).load_only(), joinedload(Case.office)
                ),
                joinedload(Disposition.incoming_letter).joinedload(IncomingLetter.office),
                joinedload(Disposition.from_post),
                joinedload(Disposition.to_post),
            )
        )

    def row_url(self, row: Disposition) -> str:
        """The case or the letter, at its dispositions."""
        if row.case is not None:
            return case_url(row.case.id, row.case.kind) + "#disposisi"
        return f"/surat-masuk/details/?id={row.incoming_letter_id}#disposisi"

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell; state and what is late as tags."""
        match name:
            case "way":
                return WAY.format(model.from_post.title, model.to_post.title, duty_words(model))
            case "state":
                return state_tag(model)
            case "deadline_on":
                return self.deadline(model)
            case "sheet":
                return SHEET.format(model.id, _("Lembar disposisi"))
        return self.cell(model, name)

    def deadline(self, row: Disposition) -> Any:
        """The day, and how late it is."""
        office = about(row).office
        tag = due_tag(row, calendar_of(office), utc_now())
        day = short_date(row.deadline_on) if row.deadline_on else _("no date")
        return UNTIL.format(tag, day) if tag is not None else day

    def get_export_value(self, model: Any, name: Any) -> Any:
        """The same in the workbook."""
        return self.cell(model, name)

    def cell(self, row: Disposition, name: str) -> Any:
        """One cell in words; a day as a day."""
        match name:
            case "subject":
                return " · ".join(one for one in names_of(row) if one)
            case "to_post":
                return row.to_post.title
            case "from_post":
                return row.from_post.title
            case "duty":
                return duty_words(row)
            case "state":
                return state_tag(row).words
            case "given_at":
                return short_moment(row.given_at, about(row).office.timezone)
            case "instructions":
                return "\n".join(one for one in (asked_of(row), row.instructions) if one)
        return getattr(row, name)

    # The paper

    @expose("/sheet/")
    def sheet(self) -> ResponseReturnValue:
        """Lembar disposisi on the screen and to print, with the whole chain."""
        row = self.one_or_404()
        page: str = self.render(
            "disposition/sheet.html",
            row=row,
            paper=sheet_values(chain_of(row)),
            url=self.row_url(row),
            name=" · ".join(one for one in names_of(row) if one),
            natures=NATURES,
            ticks=INSTRUCTIONS,
        )
        return page

    @expose("/sheet/word/")
    def sheet_file(self) -> ResponseReturnValue:
        """The same as a Word file."""
        row = self.one_or_404()
        number = row.case.number if row.case is not None else agenda_of(row.incoming_letter)
        name = f"lembar-disposisi-{number or row.id}.docx"
        return word_file(sheet_file(chain_of(row)), name)


def about(row: Disposition) -> Case | IncomingLetter:
    """What was laid on somebody's desk."""
    found = row.case or row.incoming_letter
    if found is None:
        raise LookupError(row.id)
    return found


def names_of(row: Disposition) -> tuple[str, str]:
    """Heading and number of the case, or of the letter."""
    of = about(row)
    if isinstance(of, Case):
        return labels.subject_of(of), of.number or ""
    return of.subject, _("agenda %(n)s", n=agenda_of(of))
