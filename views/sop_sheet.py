"""The SOP as the official table: its rows in words and in lines, and how far a case is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from backoffice.drawing import Drawing, Progress, lay_out, row_svg
from backoffice.drawing.chart import END, UNNUMBERED, Joined, Shape, Sort
from backoffice.drawing.figure import Row
from backoffice.text import _, short_moment
from backoffice.workflow import paper, routing
from backoffice.workflow.definition import Procedure, Step
from models import Case
from views.due import span
from views.sop_table import say, who_works
from views.visits import Visit

MOST_VISITS = 4  # of one row that are told one by one


@dataclass(frozen=True, slots=True)
class Real:
    """What a case really took in a row: per stay, never summed over a return."""

    times: str
    verdict: str  # "", "ontime", "late", "running", "waiting"
    verdict_words: str
    told: tuple[str, ...]  # who and when, per stay
    current: bool
    on_paper: bool  # it happened before the case was taken over

    @property
    def state(self) -> str:
        """Whether the case is there now, or was."""
        return "now" if self.current else "past" if self.times else ""


@dataclass(frozen=True, slots=True)
class SopRow:
    """One row of the paper; steps that share a row are one."""

    number: str
    activity: str
    who: str
    ways: tuple[str, ...]
    meanings: tuple[str, ...]
    requirements: str
    standard: str
    output: str
    remark: str
    drawing: Markup
    height: int
    real: Real | None = None  # what a case did there


@dataclass(frozen=True, slots=True)
class SopTable:
    """The whole table; `signs` are what the legend explains beside the plain symbols."""

    lanes: tuple[tuple[str, int], ...]  # title and width
    rows: tuple[SopRow, ...]
    signs: frozenset[str]
    on_case: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a case is: its step, its stays, and who ended each of them."""

    current: str | None
    visits: Sequence[Visit]
    progress: Progress
    left_by: Mapping[tuple[str, datetime], str]
    zone: str
    on_paper: frozenset[str] = frozenset()


def table_of(procedure: Procedure, roles: Mapping[str, str]) -> SopTable:
    """The table of an SOP. `roles`: titles by key, in the order of the office."""
    return _table(procedure, roles, None)


def table_of_case(
    case: Case, procedure: Procedure, visits: Sequence[Visit], roles: Mapping[str, str], zone: str
) -> SopTable:
    """The same with what a case did; it reads what the page has read already."""
    current = case.step if case.is_live else None
    left_by = {(one.step, one.happened_at): one.user.name for one in case.events}
    on_paper = paper.walked(case, procedure)
    standing = Standing(current, visits, _progress(case, current), left_by, zone, on_paper)
    return _table(procedure, roles, standing)


def _table(procedure: Procedure, roles: Mapping[str, str], standing: Standing | None) -> SopTable:
    drawing = lay_out(procedure, roles)
    rows = tuple(
        _row(procedure, drawing, index, roles, standing) for index in range(len(drawing.rows))
    )
    lanes = tuple((one.title, round(one.width)) for one in drawing.lanes)
    return SopTable(lanes, rows, _signs(drawing), standing is not None)


def _signs(drawing: Drawing) -> frozenset[str]:
    found = {str(one.joined) for one in drawing.joints if one.joined is not Joined.NO}
    found |= {"return" for one in drawing.lines if one.sort is Sort.RETURN}
    found |= {"other" for one in drawing.symbols if one.shape is Shape.OTHER}
    found |= {"stays" for one in drawing.symbols if one.stays}
    found |= {"decision" for one in drawing.symbols if one.shape is Shape.DECISION}
    found |= {"added" for one in drawing.rows if not one.number}
    return frozenset(found)


def _row(
    procedure: Procedure,
    drawing: Drawing,
    index: int,
    roles: Mapping[str, str],
    standing: Standing | None,
) -> SopRow:
    drawn = drawing.rows[index]
    steps = [procedure.step(key) for key in drawn.steps]
    head = steps[0]
    svg = row_svg(drawing, index, standing.progress if standing is not None else None)
    return SopRow(
        number=drawn.number or UNNUMBERED,
        activity=head.activity,
        who="; ".join(dict.fromkeys(who_works(procedure, one, roles) for one in steps)),
        ways=tuple(_ways(procedure, drawing, steps, roles)),
        meanings=drawn.meanings,
        requirements=", ".join(head.requirements),
        standard=_standard(head, drawn),
        output=head.output,
        remark=head.remark,
        drawing=Markup(svg),  # noqa: S704 - numbers, and texts that were escaped
        height=round(drawn.height),
        real=_real(standing, drawn.steps) if standing is not None else None,
    )


def _standard(step: Step, row: Row) -> str:
    """The time of a row; a row that goes on has that of where it began."""
    if row.goes_on:
        return _("see no. %(row)s", row=row.number)
    return str(step.time) if step.time else ""


def _ways(
    procedure: Procedure, drawing: Drawing, steps: Sequence[Step], roles: Mapping[str, str]
) -> Iterator[str]:
    """Where one may go from a row, each sentence once."""
    said = set()
    for step in steps:
        for way in step.transitions:
            word = drawing.word(step.key, way.to.step or f"{END}{way.to.outcome}")
            if len(word) == 1 or way.label.startswith(word):
                word = ""  # a letter says nothing to whoever does not see the drawing
            sentence = say(procedure, step, way, roles, word)
            if sentence not in said:
                said.add(sentence)
                yield sentence


def _real(standing: Standing, steps: Sequence[str]) -> Real:
    """What a case really took in a row, stay by stay, and by whom."""
    here = [one for one in standing.visits if one.step in steps]
    told, earlier = here[-MOST_VISITS:], len(here) - MOST_VISITS
    times = " + ".join(span(one.time) for one in told)
    if earlier > 0:
        times = _("%(n)s earlier stays + %(times)s", n=earlier, times=times)
    verdict, words = judge(here)
    return Real(
        times=times,
        verdict=verdict,
        verdict_words=words,
        told=tuple(_told(standing, one) for one in told),
        current=standing.current in steps,
        on_paper=not here and not standing.on_paper.isdisjoint(steps),
    )


def _told(standing: Standing, visit: Visit) -> str:
    """Who ended a stay and when; where it goes on, since when."""
    if visit.left_at is None:
        since = short_moment(visit.entered_at, standing.zone)
        return _("%(post)s, since %(moment)s", post=" / ".join(visit.posts), moment=since)
    who = standing.left_by.get((visit.step, visit.left_at), " / ".join(visit.posts))
    return f"{who}, {short_moment(visit.left_at, standing.zone)}"


def judge(visits: Sequence[Visit]) -> tuple[str, str]:
    """How the real time compares with the standard, for the newest visit that says most."""
    if not visits:
        return "", ""
    over = [one.over for one in visits if one.over is not None]
    if over:
        late = max(over, default=timedelta())
        return "late", _("late by %(time)s", time=span(late))
    if visits[-1].is_open:
        return ("waiting", _("waiting")) if visits[-1].waiting else ("running", _("running"))
    if visits[-1].due_at is None:
        return "", ""
    return "ontime", _("on time")


def _progress(case: Case, current: str | None) -> Progress:
    """The steps a case has left and the lines it walked; what was taken back does not count."""
    events = routing.standing_events(case)
    walked = frozenset((one.step, one.to_step or f"{END}{one.outcome}") for one in events)
    return Progress(current, frozenset(one.step for one in events), walked)
