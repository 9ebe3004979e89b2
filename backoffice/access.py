"""Who sees and does what: the one place that decides. Closed until a line here opens it.

Rights come from (a) assignments that my posts have or had, (b) posts and units beneath mine,
(c) capabilities of my own posts. A confidential procedure is seen through (a) alone; a person
named as terlapor never sees the case. The clauses on cases are in `backoffice.sight`,
those on posts, people and SOPs in `backoffice.office_sight`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from backoffice.actor import Person
from backoffice.letter_sight import sees_letter as sees_letter
from backoffice.office_sight import (
    KEEPS_TEMPLATES,
    sees_holdings,
    sees_leaves,
    sees_mandates,
    sees_office,
    sees_procedures,
    sees_structure,
    sees_templates,
    sees_users,
)
from backoffice.register_sight import KEEPS as KEEPS_REGISTER
from backoffice.register_sight import reads_register, sees_entry
from backoffice.sight import SEES_ALL as SEES_ALL
from backoffice.sight import Clause as Clause
from backoffice.sight import glimpses_case as glimpses_case
from backoffice.sight import in_office as in_office
from backoffice.sight import is_confidential as is_confidential
from backoffice.sight import keeps_sight as keeps_sight
from backoffice.sight import limited as limited
from backoffice.sight import looks_up_case as looks_up_case
from backoffice.sight import not_reported as not_reported
from backoffice.sight import sees_case as sees_case
from backoffice.sight import tell_sight as tell_sight
from models import (
    Assignment,
    Attachment,
    Base,
    Case,
    CaseEvent,
    Classification,
    Disposition,
    Holding,
    Holiday,
    IncomingLetter,
    Job,
    Leave,
    Letter,
    Mandate,
    Meeting,
    Office,
    Post,
    ProcedureVersion,
    Recapitulation,
    RecapitulationRow,
    RegisterEntry,
    Role,
    Scan,
    TemplateVersion,
    Unit,
    User,
    VersionState,
)

CAPABILITIES = (
    "manage_office",
    "manage_sop",
    "manage_templates",
    "keep_register",
    "audit",
    "see_office",
)
CASE_ROWS = (
    Assignment,
    Attachment,
    Case,
    CaseEvent,
    Disposition,
    IncomingLetter,
    Job,
    Letter,
    Meeting,
    Recapitulation,
    Scan,
)

OFFICE_FIELDS = (
    "name",
    "government",
    "address",
    "contacts",
    "timezone",
    "hours",
    "special_hours",
    "numbers",
    "statements",
    "categories",
    "deviation",
)
# A period as a form asks for it: first and last day, and the time where it matters.
SPAN = ("from_on", "from_time", "until_on", "until_time")
# What a published SOP goes by; `workflow.naming` says of which rows it may still change.
GIVEN_ONCE = ("key", "outside")
MANAGED: dict[type[Base], tuple[str, ...]] = {
    Office: OFFICE_FIELDS,
    Unit: ("name", "key", "parent"),
    Role: ("title", "key", "outside"),
    Post: (
        *("title", "key", "unit", "superior", "recorded_by", "roles", "capabilities"),
        *("stands_alone", "takes_escalations"),
    ),
    Leave: (
        "holding",
        "kind",
        *SPAN,
        "letter_number",
        "letter_on",
        "substitute_user",
        "substitute_number",
        "substitute_on",
    ),
    Mandate: ("post", "for_post", *SPAN, "letter_number", "letter_on"),
    Holding: (
        "user",
        "post",
        "kind",
        *SPAN,
        "letter_number",
        "letter_on",
    ),
    User: ("name", "username", "nip", "rank", "active"),
    Holiday: ("day", "name"),
    Classification: ("code", "title", "kinds"),
}


def scope(person: Person, model: type[Base]) -> Clause:
    """Which rows of `model` this person may see in full; every way to a row goes through it."""
    if issubclass(model, Case):
        return sees_case(person)
    rule = RULES.get(model)
    return rule(person) if rule is not None else sa.false()


def may_open(person: Person, model: type[Base]) -> bool:
    """Whether the screens of `model` are there for this person at all."""
    if issubclass(model, CASE_ROWS):
        return bool(person.actors)
    if model is Office:
        return person.system_admin or person.can("manage_office")
    if model is ProcedureVersion:
        return person.can("manage_sop") or knows_office(person)
    if model is RegisterEntry:
        return reads_register(person)
    if model is TemplateVersion:
        return person.office_id is not None and person.can(KEEPS_TEMPLATES)
    return model in MANAGED and _manages(person, model)


def _manages(person: Person, model: type[Base]) -> bool:
    """Whether the person writes these rows; codes are for who keeps the register as well."""
    keeps = model is Classification and person.can(KEEPS_REGISTER)
    return keeps or person.can("manage_office")


def writable_fields(person: Person, row: Base | type[Base]) -> tuple[str, ...]:
    """The fields a form may offer for this row; anything else in a request is ignored.

    Nothing of a case is here: status, step, number, unit and desk move by transitions alone.
    """
    model = row if isinstance(row, type) else type(row)
    if model is ProcedureVersion:
        draft = isinstance(row, type) or getattr(row, "state", None) == VersionState.DRAFT
        return ("source_text",) if draft and person.can("manage_sop") else ()
    if model is Office and not person.can("manage_office"):
        return ("key", *OFFICE_FIELDS) if person.system_admin and model is row else ()
    return MANAGED.get(model, ()) if _manages(person, model) else ()


def knows_office(person: Person) -> bool:
    """Whether the person may read who holds which post, and figures of the cases he sees.

    Names and posts are no secret among the staff; accounts and NIP are, see `sees_users`.
    """
    return person.office_id is not None and bool(person.actors)


def counts_desks(person: Person) -> frozenset[int]:
    """The posts of which the person may know how much lies there: his, those beneath, or all.

    Of what lies there only cases in sight are counted.
    """
    if person.capabilities & SEES_ALL:
        return frozenset(person.staffing.posts)
    return person.desk_post_ids | person.beneath_post_ids


# -- rows of cases ---------------------------------------------------------------------------


def _of_case(model: Any) -> Callable[[Person], Clause]:
    def rule(person: Person) -> Clause:
        return _its_case(model, sees_case(person))

    return rule


def _its_case(model: Any, clause: Clause) -> Clause:
    """The case of a row of `model` is so, also where the query has joined the case itself."""
    case = sa.select(sa.literal(1)).select_from(Case).where(Case.id == model.case_id, clause)
    return case.correlate(model).exists()


def _events(person: Person) -> Clause:
    """Every event of a case in sight; of a limited one those of my own posts."""
    mine = sa.or_(
        CaseEvent.post_id.in_(person.desk_post_ids),
        CaseEvent.for_post_id.in_(person.desk_post_ids),
    )
    return sa.or_(
        _its_case(CaseEvent, sees_case(person)),
        sa.and_(mine, _its_case(CaseEvent, glimpses_case(person))),
    )


def _recapitulations(person: Person) -> Clause:
    """Lists on which a case in sight stands."""
    row = sa.exists().where(
        RecapitulationRow.recapitulation_id == Recapitulation.id,
        Case.id == RecapitulationRow.case_id,
        sees_case(person),
    )
    return sa.and_(in_office(person, Recapitulation), row)


def _of_letter(model: Any, person: Person) -> Clause:
    """The incoming letter of a row of `model` lies open before this person."""
    letter = sa.select(sa.literal(1)).select_from(IncomingLetter)
    letter = letter.where(IncomingLetter.id == model.incoming_letter_id, sees_letter(person))
    return letter.correlate(model).exists()


def _scans(person: Person) -> Clause:
    """Scans of a letter in sight."""
    return _of_letter(Scan, person)


def _dispositions(person: Person) -> Clause:
    """Dispositions of a case or of an incoming letter in sight."""
    return sa.or_(_its_case(Disposition, sees_case(person)), _of_letter(Disposition, person))


def _jobs(person: Person) -> Clause:
    """What the person asked for himself, in the office in which he is."""
    return sa.and_(in_office(person, Job), Job.user_id == person.user_id)


RULES: dict[type[Base], Callable[[Person], Clause]] = {
    Assignment: _of_case(Assignment),
    Attachment: _of_case(Attachment),
    CaseEvent: _events,
    Disposition: _dispositions,
    IncomingLetter: sees_letter,
    Job: _jobs,
    Letter: _of_case(Letter),
    Meeting: _of_case(Meeting),
    Scan: _scans,
    Recapitulation: _recapitulations,
    RegisterEntry: sees_entry,
    Classification: sees_structure(Classification),
    Office: sees_office,
    Unit: sees_structure(Unit),
    Role: sees_structure(Role),
    Post: sees_structure(Post),
    Holiday: sees_structure(Holiday),
    User: sees_users,
    Holding: sees_holdings,
    Leave: sees_leaves,
    Mandate: sees_mandates,
    ProcedureVersion: sees_procedures,
    TemplateVersion: sees_templates,
}
