"""One action on several cases: what it would do to each, and what it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backoffice.actor import Actor, Person
from backoffice.text import _
from backoffice.workflow.answers import asked, missing
from backoffice.workflow.bulk import BatchReport, perform_many
from backoffice.workflow.choices import next_posts
from backoffice.workflow.definition import Need, Transition
from backoffice.workflow.versions import definition_of
from models import Case
from views import goes, labels
from views.actions import ways_of
from views.fields import small_int
from views.kinds import roles_of
from views.wording import word


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that will be acted on, and the way it takes."""

    id: int
    version: int
    number: str
    subject: str
    remark: str
    way: Transition


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bulk action would do."""

    taken: tuple[Taken, ...]
    skipped: tuple[tuple[str, str, str], ...]

    @property
    def note_required(self) -> bool:
        """Whether a row needs a note: then all get it."""
        return any(one.way.note is Need.REQUIRED for one in self.taken)

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """Number, subject and remark of what will be done."""
        return [(one.number, one.subject, one.remark) for one in self.taken]


def plan(cases: Sequence[Case], action: str, person: Person, now: datetime, *, asked: int) -> Plan:
    """Which of these rows can take a way of that action with nothing but a note."""
    taken: list[Taken] = []
    skipped: list[tuple[str, str, str]] = []
    for case in cases:
        way, reason = judge(case, action, person, now)
        number, subject = case.number or "", labels.subject_of(case)
        if way is None:
            skipped.append((number, subject, reason))
            continue
        remark = goes.sentence(case, definition_of(case), way, roles_of(case.office_id).titles)
        taken.append(Taken(case.id, case.version, number, subject, remark, way))
    if gone := asked - len(cases):
        skipped.append(("", _("%(n)s rows", n=gone), _("they are not there for you any more")))
    return Plan(tuple(taken), tuple(skipped))


def judge(case: Case, action: str, person: Person, now: datetime) -> tuple[Transition | None, str]:
    """The way this row would take, or why it is skipped."""
    ways = ways_of(case, person, now)
    if not ways:
        return None, _("it is not on your desk")
    fitting = [(way, actors) for way, actors in ways if way.action == action]
    if not fitting:
        return None, _("this step does not offer it")
    if len(fitting) > 1:
        return None, _("this step has several ways: open it and choose")
    way, actors = fitting[0]
    reason = needs_more(case, way, actors)
    return (None, reason) if reason else (way, "")


def needs_more(case: Case, way: Transition, actors: tuple[Actor, ...]) -> str:
    """What the form of this way asks beyond a note; empty where nothing."""
    wanted = asked(case, way)
    if len(actors) > 1 or any(one.on_behalf for one in actors):
        return _("say in its form as whom you decide")
    if way.choose or next_posts(case, way):
        return _("a choice must be made in its form")
    if way.attach is Need.REQUIRED or wanted.records or wanted.letter:
        return _("a file or a form belongs to it")
    if missing(case, wanted):
        return _("something is not filled in yet")
    return ""


def seen_versions(form: Any) -> dict[int, int]:
    """The versions of the rows as the confirmation page showed them."""
    found = {}
    for name, text in form.items():
        first, _dot, last = name.partition(".")
        case_id, version = small_int(last), small_int(text)
        if first == "version" and case_id and version:
            found[case_id] = version
    return found


def act(
    chosen: Plan, seen: Mapping[int, int], person: Person, now: datetime, note: str
) -> BatchReport:
    """Perform every row's way; rows with the same key go together."""
    report = BatchReport()
    keys = dict.fromkeys(one.way.key for one in chosen.taken)
    for key in keys:
        rows = {one.id: seen.get(one.id, 0) for one in chosen.taken if one.way.key == key}
        part = perform_many(rows, key, person=person, now=now, note=note)
        report.moved += part.moved
        report.refused.update(part.refused)
    return report


def refusals(report: BatchReport, chosen: Plan) -> Iterator[str]:
    """A sentence for every row that was refused after all."""
    names = {one.id: one.number or one.subject for one in chosen.taken}
    for case_id, refusal in report.refused.items():
        yield _("%(case)s was skipped: %(why)s", case=names.get(case_id, ""), why=word(refusal))
