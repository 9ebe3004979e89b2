"""What an office has by the time it takes over: SOPs, units, posts, counters, its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice import numbers
from backoffice.calendars import calendar_of
from backoffice.clock import Calendar
from backoffice.takeover.words import same
from backoffice.workflow import routing
from backoffice.workflow.definition import Field, Procedure, Step
from backoffice.workflow.office_definition import CATEGORIES
from backoffice.workflow.versions import newest_versions, procedure_of
from models import Case, Counter, Office, Post, ProcedureVersion, Unit, db

SIMPLE = ("text", "long_text", "date", "number", "money", "choice", "yes_no")
START_OF_WORK = time(8)  # on a day on which the office does not work


@dataclass(frozen=True, slots=True)
class Sop:
    """The newest published version of an SOP."""

    version: ProcedureVersion
    procedure: Procedure

    @property
    def party(self) -> str:
        """Who comes with a case: the first of the two whom the SOP asks for."""
        asked = (
            name.partition(".")[0]
            for step in self.procedure.steps
            for name in (*step.asks, *(one for way in step.transitions for one in way.asks))
        )
        usual = "reporter" if self.procedure.kind == "complaint" else "applicant"
        return next((one for one in asked if one in ("reporter", "applicant")), usual)


@dataclass(frozen=True)
class Known:
    """The office as the checks and the form see it, read once."""

    office: Office
    now: datetime
    sops: Mapping[str, Sop]
    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    calendar: Calendar
    _desks: dict[tuple[str, str, int | None, str], list[routing.Desk]] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        """The office's own day."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's own zone."""
        return ZoneInfo(self.office.timezone)

    @cached_property
    def categories(self) -> dict[str, str]:
        """Key and word of every category."""
        own = {str(one["key"]): str(one["label"]) for one in self.office.categories or ()}
        return own or dict(CATEGORIES)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What the SOPs ask beyond the columns, as far as one cell can hold it."""
        found: dict[str, Field] = {}
        for sop in self.sops.values():
            for one in sop.procedure.fields:
                if one.type in SIMPLE:
                    found.setdefault(one.key, one)
        return tuple(found.values())

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The number codes of the SOPs, each once."""
        return tuple(dict.fromkeys(one.procedure.number_code for one in self.sops.values()))

    @cached_property
    def counted(self) -> dict[tuple[str, int], int]:
        """The last number given: code and year -> n."""
        registers = {numbers.case_register(code): code for code in self.codes}
        rows = db.session.execute(
            select(Counter.register, Counter.year, Counter.n).where(
                Counter.office_id == self.office.id, Counter.register.in_(registers)
            )
        )
        return {(registers[row.register], row.year): row.n for row in rows}

    def opening(self, day: date) -> datetime:
        """When work began on that day."""
        spans = self.calendar.openings(day)
        begin = spans[0][0] if spans else self.at(datetime.combine(day, START_OF_WORK))
        return min(begin, self.now)

    def closing(self, day: date) -> datetime:
        """When work ended on that day."""
        spans = self.calendar.openings(day)
        end = spans[-1][1] if spans else self.at(datetime.combine(day, START_OF_WORK))
        return min(end, self.now)

    def at(self, moment: datetime) -> datetime:
        """A moment on the office's clock."""
        return moment.replace(tzinfo=self.zone)

    def unit_of_opening(self, sop: Sop) -> Unit | None:
        """The unit in which a case of this SOP begins, where there is only one."""
        desks = self.desks(sop, sop.procedure.first, None, {})
        units = {post.unit_id: post.unit for desk in desks for post in desk.posts}
        return next(iter(units.values())) if len(units) == 1 else None

    def desks(
        self, sop: Sop, step: Step, unit: Unit | None, chosen: Mapping[str, int]
    ) -> list[routing.Desk]:
        """The desks of a step by the usual rules, for a case of which nobody has acted yet."""
        key = (
            sop.procedure.code,
            step.key,
            unit.id if unit is not None else None,
            repr(sorted(chosen.items())),
        )
        if key not in self._desks:
            case = Case(
                office_id=self.office.id,
                procedure_version=sop.version,
                unit=unit,
                chosen=dict(chosen),
                events=[],
            )
            self._desks[key] = routing.desks(case, step)
        return self._desks[key]

    def posts_of(self, sop: Sop, step: Step) -> dict[int, tuple[str, Post]]:
        """Everybody who may have the step, wherever the case is: post id -> role and post."""
        while step.same_as is not None:
            step = sop.procedure.step(step.same_as)
        roles = (step.recorded_by,) if step.recorded_by else step.actors
        return {
            post.id: (role, post)
            for role in roles
            if role
            for post in routing.posts_with(self.office.id, role)
        }


def known_of(office: Office, now: datetime) -> Known:
    """What there is to know of an office."""
    units = select(Unit).where(Unit.office_id == office.id).order_by(Unit.id)
    posts = select(Post).where(Post.office_id == office.id).order_by(Post.id)
    versions = newest_versions(office.id)
    return Known(
        office=office,
        now=now,
        sops={one.code: Sop(one, procedure_of(one)) for one in versions},
        units=tuple(db.session.scalars(units)),
        posts=tuple(db.session.scalars(posts)),
        calendar=calendar_of(office),
    )


def find(word: str, named: Mapping[str, str]) -> str | None:
    """The key that a word means: the key itself, its words, or both."""
    wanted = same(word)
    for key, words in named.items():
        if wanted in (same(key), same(words), same(key + words)):
            return key
    return None
