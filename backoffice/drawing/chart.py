"""What of an SOP is drawn: lanes, symbols and ways, still without a place on the sheet.

A chart is plain hashable data: two versions of an SOP that look alike have the same chart, and
the layout of a chart is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from backoffice.drawing.words import Out, words_for
from backoffice.workflow.definition import Action, Procedure, Step, Transition

START_TEXT, END_TEXT, OTHER_TEXT = "Mulai", "Selesai", "SOP"
UNNUMBERED = "+"  # in the symbol of a step that bears no number on the paper
END = "end:"  # with the outcome behind it: how a way to an end is called where it was walked


class Shape(StrEnum):
    """The symbols of the official form."""

    START = "start"
    END = "end"
    BOX = "box"
    DECISION = "decision"
    OTHER = "other"


class Sort(StrEnum):
    """What a line means."""

    FORWARD = "forward"
    RETURN = "return"
    END = "end"
    OTHER = "other"


class Joined(StrEnum):
    """How the boxes of one step in several lanes belong together."""

    NO = ""
    TEAM = "team"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Node:
    """One symbol. `lanes`: where it stands, the one that bears its lines first."""

    key: str
    step: str
    shape: Shape
    text: str
    lanes: tuple[int, ...]
    row: int
    joined: Joined = Joined.NO
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One line. `walks` are the pairs of steps that walk it."""

    source: str
    target: str
    sort: Sort
    word: str
    walks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A printed row: its number (empty without one), its steps, what its letters mean.

    `goes_on`: steps of other rows stand between these and the earlier ones of the same number.
    """

    number: str
    steps: tuple[str, ...]
    meanings: tuple[str, ...]
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn of an SOP."""

    lanes: tuple[tuple[str, str], ...]  # key and title
    rows: tuple[ChartRow, ...]
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]


def chart_of(procedure: Procedure, titles: Mapping[str, str]) -> Chart:
    """The chart of an SOP. `titles`: the office's roles in the office's order."""
    return _Charting(procedure, titles).chart()


def lane_keys(procedure: Procedure, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The roles that have a column: in the order of its paper, else of the office.

    What neither knows comes last.
    """
    used = dict.fromkeys(one for step in procedure.steps for one in roles_at(procedure, step))
    order = dict.fromkeys((*procedure.lanes, *titles, *used))
    return tuple(one for one in order if one in used)


def roles_at(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """The roles with a box at a step: who acts, then the team that is heard."""
    seen = {step.key}
    acting = step
    while acting.same_as is not None and procedure.has_step(acting.same_as):
        acting = procedure.step(acting.same_as)
        if acting.key in seen:
            break
        seen.add(acting.key)
    team = (step.team,) if step.team else ()
    return tuple(dict.fromkeys((*acting.actors, *team)))


class _Charting:
    """One SOP while it becomes a chart."""

    def __init__(self, procedure: Procedure, titles: Mapping[str, str]) -> None:
        self.procedure, self.titles = procedure, titles
        self.lanes = lane_keys(procedure, titles)
        self.outsider = self._outsider()
        self.nodes: list[Node] = []
        self.ways: list[Way] = []

    def chart(self) -> Chart:
        """Every printed row with its symbols and ways."""
        rows: list[ChartRow] = []
        for index, steps in enumerate(_rows(self.procedure)):
            number = steps[0].row or ""
            goes_on = bool(number) and any(one.number == number for one in rows)
            meanings = [f"Lanjutan No {number}"] if goes_on else []
            for step in steps:
                meanings += self._step(index, step, sum(one[1:2] == ":" for one in meanings))
            keys = tuple(one.key for one in steps)
            rows.append(ChartRow(number, keys, tuple(meanings), goes_on))
        lanes = tuple((one, self.titles.get(one, one)) for one in self.lanes)
        return Chart(lanes, tuple(rows), tuple(self.nodes), tuple(self.ways))

    def _outsider(self) -> int | None:
        """The lane of whoever is told how it ended."""
        outside = {one for step in self.procedure.steps if step.is_outside for one in step.actors}
        return next((i for i, one in enumerate(self.lanes) if one in outside), None)

    def _step(self, row: int, step: Step, explained: int) -> tuple[str, ...]:
        """Its symbols and ways; what its letters mean, after so many of the row before."""
        outs = tuple(outs_of(self.procedure, step))
        shape = self._shape(step, outs)
        text = {Shape.START: START_TEXT, Shape.END: END_TEXT}.get(shape, step.row or UNNUMBERED)
        roles = roles_at(self.procedure, step)
        lanes = tuple(self.lanes.index(one) for one in roles)
        joined = Joined.TEAM if step.team else Joined.ANY if len(lanes) > 1 else Joined.NO
        node = Node(step.key, step.key, shape, text, lanes, row, joined, _stays(step))
        if step is self.procedure.first and shape is not Shape.START:
            self._add_start(node)
        self.nodes.append(node)
        words = words_for(outs, explained)
        if shape is not Shape.END:
            for index, out in enumerate(outs):
                self._way(node, out, words.words[index])
        return words.meanings

    def _shape(self, step: Step, outs: tuple[Out, ...]) -> Shape:
        deciding = [one for one in outs if not one.aside]
        if len(deciding) > 1:
            return Shape.DECISION
        ends = bool(deciding) and deciding[0].outcome != ""
        if step is self.procedure.first:
            return Shape.BOX if ends else Shape.START
        return Shape.END if ends and len(outs) == 1 else Shape.BOX

    def _add_start(self, node: Node) -> None:
        """A first step that is no plain beginning has the capsule above it."""
        key = f"{node.key}<start"
        self.nodes.append(Node(key, "", Shape.START, START_TEXT, node.lanes[:1], node.row))
        self.ways.append(Way(key, node.key, Sort.FORWARD, "", ()))

    def _way(self, node: Node, out: Out, word: str) -> None:
        if out.step:
            sort = Sort.RETURN if out.action is Action.RETURN else Sort.FORWARD
            self.ways.append(Way(node.key, out.step, sort, word, ((node.key, out.step),)))
            return
        key = f"{node.key}>{out.outcome or 'sop'}"
        shape = Shape.END if out.outcome else Shape.OTHER
        lane = node.lanes[0]
        if out.tells and self.outsider is not None and out.outcome:
            lane = self.outsider
        text = END_TEXT if out.outcome else OTHER_TEXT
        self.nodes.append(Node(key, node.key, shape, text, (lane,), node.row))
        sort = Sort.END if out.outcome else Sort.OTHER
        walks = ((node.key, END + out.outcome),) if out.outcome else ()
        self.ways.append(Way(node.key, key, sort, word, walks))


def _rows(procedure: Procedure) -> list[list[Step]]:
    """The steps by printed row in the order of the paper.

    A row whose steps are parted by a step of ours goes on below that, so that files go down.
    """
    rows = groupby(procedure.steps, key=lambda one: procedure.row_of(one).key)
    return [list(steps) for _, steps in rows]


def _stays(step: Step) -> bool:
    """Whether something is recorded here without moving the case (another variant moves it)."""
    return any(one.to.step == step.key and not one.has("reclassify") for one in step.transitions)


def outs_of(procedure: Procedure, step: Step) -> Iterator[Out]:
    """The ways out of a step, each target once, in the order of the pack."""
    found: dict[tuple[str, str], Out] = {}
    for way in step.transitions:
        for out in _outs(step, way):
            target = (out.step, out.outcome)
            known = found.get(target)
            found[target] = known.with_other(out) if known is not None else out
    given = step.gives_up.to if step.gives_up is not None else None
    if given is not None and given.step != step.key:
        target = (given.step or "", given.outcome or "")
        if target not in found:
            found[target] = Out(*target, Action.RECORD, "Tidak ada jawaban")
    yield from found.values()


def _outs(step: Step, way: Transition) -> Iterator[Out]:
    if way.to.step != step.key:
        outcome, tells = way.to.outcome or "", way.has("notify")
        step_key, opens = way.to.step or "", way.has("open_case")
        yield Out(step_key, outcome, way.action, way.label, tells=tells, opens=opens)
    if way.has("reclassify"):
        yield Out("", "", way.action, way.label, aside=True)
    elif way.has("open_case"):
        yield Out("", "", way.action, way.label)
