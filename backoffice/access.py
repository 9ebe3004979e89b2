"""Who sees and does what: the one place that decides. Closed until a line here opens it.

Rights come from (a) assignments that my posts have or had, (b) posts and units beneath mine,
(c) capabilities of my own posts. A confidential procedure is seen through (a) alone; a person
named as terlapor never sees the case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from backoffice.actor import Person
from models import (
    Assignment,
    Attachment,
    Base,
    Case,
    CaseEvent,
    Disposition,
    Holding,
    Holiday,
    Letter,
    Office,
    Post,
    ProcedureVersion,
    Recapitulation,
    RecapitulationRow,
    Role,
    Unit,
    User,
    VersionState,
    db,
)

Clause = sa.ColumnElement[bool]

CAPABILITIES = (
    "manage_office",
    "manage_sop",
    "manage_templates",
    "keep_register",
    "audit",
    "see_office",
)
SEES_ALL = frozenset({"audit", "see_office"})  # every case of the office but confidential ones
CASE_ROWS = (Assignment, Attachment, Case, CaseEvent, Disposition, Letter, Recapitulation)

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
)
# What others refer to by its name is given once: published SOPs name keys.
GIVEN_ONCE = ("key", "outside")
MANAGED: dict[type[Base], tuple[str, ...]] = {
    Office: OFFICE_FIELDS,
    Unit: ("name", "key", "parent"),
    Role: ("title", "key", "outside"),
    Post: ("title", "key", "unit", "superior", "recorded_by", "roles", "capabilities"),
    Holding: ("user", "post", "kind", "from_on", "until_on"),
    User: ("name", "username", "nip", "rank", "active"),
    Holiday: ("day", "name"),
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
        return person.can("manage_sop")
    return model in MANAGED and person.can("manage_office")


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
    fields = MANAGED.get(model, ()) if person.can("manage_office") else ()
    return tuple(name for name in fields if model is row or name not in GIVEN_ONCE)


# -- cases -----------------------------------------------------------------------------------


def sees_case(person: Person) -> Clause:
    """Cases that lie open before this person, as a condition on `cases`."""
    return sa.and_(
        in_office(person, Case),
        not_reported(person),
        sa.or_(
            had_in_full(person.desk_post_ids),
            sa.and_(~is_confidential(), _through_others(person)),
        ),
    )


def glimpses_case(person: Person) -> Clause:
    """Cases of which this person sees all, or number, step and his own events (`limited`)."""
    had = _has_a_desk(Assignment.post_id.in_(person.desk_post_ids))
    return sa.or_(sees_case(person), sa.and_(in_office(person, Case), not_reported(person), had))


def looks_up_case(person: Person) -> Clause:
    """Cases of which a front desk may tell number, step and date to whoever names the number.

    Only for who may begin an SOP; children's and victims' cases are not even known to be there.
    """
    return sa.and_(in_office(person, Case), not_reported(person), ~is_confidential())


def limited(person: Person, case: Case) -> bool:
    """Whether this person sees of `case` only number, step and the events of his own posts."""
    seen = sa.select(Case.id).where(Case.id == case.id, sees_case(person))
    return db.session.scalar(seen) is None


def keeps_sight() -> Clause:
    """Whether an assignment (of an enclosing select) lets its post see the case in full.

    A change of unit takes the sight away. In a confidential procedure a post whose work was
    over before the first disposition has no more business with what follows.
    """
    disposed = (
        sa.exists()
        .where(
            Disposition.case_id == Assignment.case_id, Disposition.given_at <= Assignment.left_at
        )
        .correlate(Assignment)
    )
    return sa.and_(
        Assignment.lost.is_(False),
        sa.or_(~is_confidential(), Assignment.left_at.is_(None), disposed),
    )


def had_in_full(post_ids: frozenset[int]) -> Clause:
    """One of these posts has or had the case, and did not lose the sight of it."""
    return _has_a_desk(Assignment.post_id.in_(post_ids), keeps_sight())


def _has_a_desk(*rules: Clause) -> Clause:
    """The case has an assignment of which this holds; looked up case by case.

    The offset of nothing keeps PostgreSQL from reading everything that the posts ever had.
    """
    desk = sa.select(sa.literal(1)).where(Assignment.case_id == Case.id, *rules)
    return desk.select_from(Assignment).offset(0).correlate(Case).exists()


def not_reported(person: Person) -> Clause:
    """The case does not name this person as terlapor."""
    return sa.or_(Case.reported_user_id.is_(None), Case.reported_user_id != person.user_id)


def is_confidential() -> Clause:
    """The case runs on a confidential procedure."""
    hidden = sa.select(ProcedureVersion.id).where(ProcedureVersion.confidential)
    return Case.procedure_version_id.in_(hidden)


def _through_others(person: Person) -> Clause:
    """Sight that does not come from an assignment of my own."""
    if person.capabilities & SEES_ALL:
        return sa.true()
    beneath = _has_a_desk(
        Assignment.post_id.in_(person.beneath_post_ids), Assignment.lost.is_(False)
    )
    return sa.or_(beneath, Case.unit_id.in_(person.beneath_unit_ids))


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


# -- the office ------------------------------------------------------------------------------


def in_office(person: Person, model: Any) -> Clause:
    """Rows of the person's own office; nobody without an office has one."""
    if person.office_id is None:
        return sa.false()
    clause: Clause = model.office_id == person.office_id
    return clause


def _office(person: Person) -> Clause:
    if person.system_admin:
        return sa.true()
    return Office.id == person.office_id if person.office_id is not None else sa.false()


def _structure(model: Any) -> Callable[[Person], Clause]:
    """The office's own structure is no secret among its staff: forms and filters name it."""

    def rule(person: Person) -> Clause:
        return in_office(person, model)

    return rule


def _users(person: Person) -> Clause:
    """The office's people, for who manages it; never the system administrator's account."""
    if not person.can("manage_office"):
        return sa.false()
    return sa.and_(in_office(person, User), User.system_admin.is_(False))


def _holdings(person: Person) -> Clause:
    if not person.can("manage_office"):
        return sa.false()
    return Holding.post_id.in_(sa.select(Post.id).where(in_office(person, Post)))


def _procedures(person: Person) -> Clause:
    """What is published is for the whole office; drafts are for who keeps the SOPs."""
    if person.can("manage_sop"):
        return in_office(person, ProcedureVersion)
    return sa.and_(
        in_office(person, ProcedureVersion), ProcedureVersion.state == VersionState.PUBLISHED
    )


RULES: dict[type[Base], Callable[[Person], Clause]] = {
    Assignment: _of_case(Assignment),
    Attachment: _of_case(Attachment),
    CaseEvent: _events,
    Disposition: _of_case(Disposition),
    Letter: _of_case(Letter),
    Recapitulation: _recapitulations,
    Office: _office,
    Unit: _structure(Unit),
    Role: _structure(Role),
    Post: _structure(Post),
    Holiday: _structure(Holiday),
    User: _users,
    Holding: _holdings,
    ProcedureVersion: _procedures,
}
