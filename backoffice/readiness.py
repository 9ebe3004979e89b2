"""What an office still lacks before it can work: facts in the order in which one sets it up.

Computed when it is read, like everything that follows from the rows and the date alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from backoffice.actor import Staffing, staffing
from backoffice.errors import PackError
from backoffice.numbers import DEFAULT_PATTERNS
from backoffice.vacancies import Vacancy, vacancies
from backoffice.workflow import publishing
from backoffice.workflow.definition import Procedure
from backoffice.workflow.findings import Level
from backoffice.workflow.naming import role_keys
from backoffice.workflow.opening import roles_of_first
from backoffice.workflow.versions import newest_versions, procedure_of
from models import Holiday, Office, Role, Unit, db, post_roles


class State(StrEnum):
    """A line is done, must be mended before the office can work, or may be looked at.

    An alert hinders nobody, but must not stay: a post that is needed and vacant.
    """

    DONE = "done"
    MISSING = "missing"
    ADVICE = "advice"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: `key` says of what, `code` which sentence, `values` fill it."""

    key: str
    state: State
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Readiness:
    """The lines in order; `openable`: titles of published SOPs that somebody there can begin."""

    lines: tuple[Line, ...]
    openable: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the office can work."""
        return bool(self.openable)

    @property
    def is_missing(self) -> bool:
        """Whether something must still be mended."""
        return any(one.state is State.MISSING for one in self.lines)


def readiness(office: Office, now: datetime) -> Readiness:
    """How far the office is at that moment."""
    facts = _Facts(office, now)
    return Readiness(tuple(facts.lines()), tuple(facts.openable()))


class _Facts:
    """What the lines are made of, each read once."""

    def __init__(self, office: Office, now: datetime) -> None:
        self.office, self.now = office, now
        self.today = now.astimezone(ZoneInfo(office.timezone)).date()
        self.staff: Staffing = staffing(office.id, now)
        self.roles = {one.key: one for one in self._rows(Role)}
        self.roles_of_post = self._roles_of_post()
        self.published = newest_versions(office.id)
        self.drafts = publishing.drafts_of(office.id)

    def _rows(self, model: Any) -> list[Any]:
        query = sa.select(model).where(model.office_id == self.office.id).order_by(model.id)
        return list(db.session.scalars(query))

    def _roles_of_post(self) -> dict[int, set[str]]:
        query = sa.select(post_roles.c.post_id, Role.key).join(Role)
        found: dict[int, set[str]] = {}
        for post_id, key in db.session.execute(query.where(Role.office_id == self.office.id)):
            found.setdefault(post_id, set()).add(key)
        return found

    def lines(self) -> Iterator[Line]:
        """Every line, in the order in which one works."""
        yield self.letterhead()
        yield Line("hours", State.DONE if self.office.hours else State.MISSING, "hours")
        yield from (self.holidays(year) for year in (self.today.year, self.today.year + 1))
        yield self.numbers()
        yield self.units()
        yield self.needed_roles()
        yield self.posts()
        yield self.superiors()
        yield from self.holders()
        yield from self.draft_lines()
        yield self.publication()

    def letterhead(self) -> Line:
        """Kop, address and contacts stand on every letter."""
        lacking = [name for name in ("address", "contacts") if not getattr(self.office, name)]
        code = "_".join(lacking) or "done"
        return Line("letterhead", State.MISSING if lacking else State.DONE, code)

    def holidays(self, year: int) -> Line:
        """On these days the clock stands."""
        begin, end = date(year, 1, 1), date(year, 12, 31)
        query = sa.select(sa.func.count(Holiday.id)).where(
            Holiday.office_id == self.office.id, Holiday.day.between(begin, end)
        )
        count = db.session.scalar(query) or 0
        state = State.DONE if count else State.MISSING
        return Line("holidays", state, "done" if count else "none", {"year": year, "n": count})

    def numbers(self) -> Line:
        """What the next numbers look like."""
        patterns = {**DEFAULT_PATTERNS, **self.office.numbers}
        year = self.today.year
        return Line(
            "numbers", State.DONE, "done", {"sample": patterns["case"].format(**_sample(year))}
        )

    def units(self) -> Line:
        """A small office may have none."""
        count = len(self._rows(Unit))
        state = State.DONE if count else State.ADVICE
        return Line("units", state, "done" if count else "none", {"n": count})

    def needed_roles(self) -> Line:
        """Roles there are; those that an SOP needs and no post has."""
        if not self.roles:
            return Line("roles", State.MISSING, "none")
        held = set().union(*self.roles_of_post.values())
        needed = {key for sop in self.procedures() for key in role_keys(sop)}
        lacking = [
            one.title
            for key, one in self.roles.items()
            if key in needed and not one.outside and key not in held
        ]
        if lacking:
            return Line("roles", State.MISSING, "without_post", {"roles": lacking})
        return Line("roles", State.DONE, "done", {"n": len(self.roles)})

    def procedures(self) -> Iterator[Procedure]:
        """The SOPs as they are published, and the drafts that can be read."""
        for version in (*self.published, *self.drafts):
            try:
                yield procedure_of(version)
            except PackError:
                continue

    def posts(self) -> Line:
        """Posts that have something to do."""
        posts = list(self.staff.posts.values())
        if not self.roles_of_post:
            return Line("posts", State.MISSING, "none")
        above = {one.superior_id for one in posts} | {one.recorded_by_id for one in posts}
        idle = [
            one.title
            for one in posts
            if not (one.capabilities or one.id in self.roles_of_post or one.id in above)
            and not one.takes_escalations
        ]
        if idle:
            return Line("posts", State.ADVICE, "idle", {"posts": idle})
        return Line("posts", State.DONE, "done", {"n": len(posts)})

    def superiors(self) -> Line:
        """One post at the top: the work of any other that is vacant would lie nowhere."""
        posts = [one for one in self.staff.posts.values() if not one.takes_escalations]
        tops = [one.title for one in posts if one.superior_id is None]
        if len(tops) > 1:
            return Line("superiors", State.ADVICE, "several", {"posts": tops})
        return Line("superiors", State.DONE, "done", {"post": "".join(tops)})

    def holders(self) -> Iterator[Line]:
        """Posts that nobody holds, and whether their work lies with somebody meanwhile."""
        gaps = vacancies(self.office.id, self.now)
        needed = {one.post.id for one in gaps if not one.coming}
        vacant = [one for one in self.staff.posts.values() if self.staff.is_vacant(one)]
        lost = [
            one.title
            for one in vacant
            if one.id in self.roles_of_post and self.staff.desk(one.id) is None
        ]
        if lost:
            yield Line("holders", State.MISSING, "lost", {"posts": lost})
            return
        others = [one.title for one in vacant if one.id not in needed]
        if others:
            yield Line("holders", State.ADVICE, "vacant", {"posts": others})
        elif not vacant:
            yield Line("holders", State.DONE, "done", {"n": len(self.staff.posts)})
        for gap in gaps:
            yield Line("vacancy", State.ALERT, _code(gap), _values(gap))

    def draft_lines(self) -> Iterator[Line]:
        """Every draft: what lint still says of it in the office as it is now.

        Where an earlier version binds, the office works on while the next one is being written.
        """
        binding = {one.code for one in self.published}
        for draft in self.drafts:
            _sop, findings = publishing.check(self.office, draft.source_text)
            errors = sum(one.level is Level.ERROR for one in findings)
            values = {"sop": draft.title, "n": errors, "id": draft.id}
            begun = errors and draft.code not in binding
            state = State.MISSING if begun else State.ADVICE
            yield Line("draft", state, "errors" if errors else "publish", values)

    def publication(self) -> Line:
        """What cases can run on."""
        if not self.published:
            return Line("published", State.MISSING, "drafts" if self.drafts else "none")
        begun = list(self.openable())
        if not begun:
            return Line("published", State.MISSING, "nobody")
        return Line(
            "published", State.DONE, "done", {"sops": [one.title for one in self.published]}
        )

    def openable(self) -> Iterator[str]:
        """The published SOPs of which somebody can open a case today."""
        for version in self.published:
            if self._somebody(roles_of_first(procedure_of(version))):
                yield version.title

    def _somebody(self, roles: Collection[str]) -> bool:
        """Whether a post of these roles is held, or its work lies with somebody."""
        for post_id, keys in self.roles_of_post.items():
            desk = self.staff.desk(post_id) if keys & set(roles) else None
            if desk is not None and {desk.id, desk.recorded_by_id} & self.staff.held:
                return True
        return False


def _code(gap: Vacancy) -> str:
    """Which sentence tells of a vacancy."""
    if gap.coming:
        return "coming"
    return "never" if gap.since is None else "away" if gap.away else "now"


def _values(gap: Vacancy) -> dict[str, Any]:
    desk = gap.desk.title if gap.desk is not None else ""
    return {"post": gap.post.title, "id": gap.post.id, "since": gap.since, "desk": desk}


def _sample(year: int) -> dict[str, Any]:
    return {"kode": "ADU", "tahun": year, "urut": 1}
