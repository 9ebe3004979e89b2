"""One SOP under review: its parts with their places, its graph, and what was found so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from backoffice.workflow import places
from backoffice.workflow.definition import GIVES_UP, Action, Procedure, Step, Target, Transition
from backoffice.workflow.findings import Finding, Level
from backoffice.workflow.nodes import Lines
from backoffice.workflow.office_definition import OfficePack

Place = tuple[str | int, ...]
DECISIONS = (Action.APPROVE, Action.RETURN, Action.REJECT)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a step with its place; `way` is none where a citizen gives up."""

    step: Step
    to: Target
    place: Place
    way: Transition | None = None

    @property
    def stays(self) -> bool:
        """Whether it leads to its own step."""
        return self.to.step == self.step.key

    @property
    def key(self) -> str:
        """The key under which the expected tables name it."""
        return self.way.key if self.way is not None else GIVES_UP

    def is_action(self, *actions: Action) -> bool:
        """Whether it does one of these."""
        return self.way is not None and self.way.action in actions

    def has(self, effect: str) -> bool:
        """Whether it has an effect of that name."""
        return self.way is not None and self.way.has(effect)


@dataclass(slots=True)
class Review:
    """What lint knows while it judges one SOP: the office and the office's other SOPs."""

    file: str
    procedure: Procedure
    lines: Lines
    office: OfficePack
    others: Sequence[Procedure]
    kinds: Collection[str]
    findings: list[Finding] = field(default_factory=list)

    def error(self, place: Place, message: str) -> None:
        """Note something that keeps the SOP from being published."""
        self._note(place, Level.ERROR, message)

    def warn(self, place: Place, message: str) -> None:
        """Note something an official should know."""
        self._note(place, Level.WARNING, message)

    def _note(self, place: Place, level: Level, message: str) -> None:
        found = Finding(self.file, self.lines.at(*place), level, message, self.where(place))
        if found not in self.findings:
            self.findings.append(found)

    def where(self, place: Place) -> str:
        """The place in the office's words: Langkah 6 (…), tombol «Setujui»; empty for the whole."""
        match place:
            case ("steps", int(index), "transitions", int(way), *_):
                step = self.procedure.steps[index]
                label = step.transitions[way].label
                return f"{places.of_step(step.row, step.activity)}, {places.of_way(label)}"
            case ("steps", int(index), *_):
                return places.of_step(
                    self.procedure.steps[index].row, self.procedure.steps[index].activity
                )
            case ("records", int(index), *_):
                return places.of_record(self.procedure.records[index].title)
            case ("fields", int(index), *_):
                return places.of_field(self.procedure.fields[index].label)
            case ("outcomes", int(index), *_):
                return places.of_outcome(self.procedure.outcomes[index].label)
        return ""

    def name(self, key: str) -> str:
        """A step for a sentence: langkah 6 (Kepala Dinas memeriksa surat)."""
        step = self.procedure.step(key)
        said = places.of_step(step.row, step.activity)
        return said[0].lower() + said[1:]

    @property
    def family(self) -> tuple[Procedure, ...]:
        """The other variants of this SOP."""
        mine = self.procedure.family
        return tuple(one for one in self.others if mine and one.family == mine)

    def steps(self) -> Iterator[tuple[Place, Step]]:
        """The steps with their places."""
        for index, step in enumerate(self.procedure.steps):
            yield ("steps", index), step

    def ways(self) -> Iterator[Way]:
        """Every way out of every step, giving up too."""
        for place, step in self.steps():
            yield from ways_of(step, place)

    def ways_from(self, step: Step) -> list[Way]:
        """The ways out of one step."""
        return list(ways_of(step, ("steps", self.procedure.steps.index(step))))

    def reachable(self, *, start: Iterable[str] = (), through: Callable[[Way], bool]) -> set[str]:
        """The steps one gets to from `start` (the first step) by ways for which `through` holds."""
        waiting = list(start) or [self.procedure.first.key]
        found: set[str] = set(waiting)
        while waiting:
            for way in self.ways_from(self.procedure.step(waiting.pop())):
                key = way.to.step
                if key is not None and key not in found and through(way):
                    found.add(key)
                    waiting.append(key)
        return found

    def always_before(self, step: Step, other: str) -> bool:
        """Whether nobody gets to `step` without having been at the step `other`."""
        if other == step.key:
            return False
        if other == self.procedure.first.key:
            return True
        return step.key not in self.reachable(through=lambda way: way.to.step != other)


def ways_of(step: Step, place: Place) -> Iterator[Way]:
    """The ways out of a step that stands at `place`."""
    for index, way in enumerate(step.transitions):
        yield Way(step, way.to, (*place, "transitions", index), way)
    if step.gives_up is not None and step.gives_up.to is not None:
        yield Way(step, step.gives_up.to, (*place, "gives_up"))
