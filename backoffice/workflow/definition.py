"""An SOP as frozen data: what a pack says, and nothing of databases or pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from backoffice.clock import Duration


class Action(StrEnum):
    """What a transition does, in the words of the glossary; an opinion is no way of a pack."""

    FORWARD = "forward"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    RECORD = "record"
    CLOSE = "close"
    OPINION = "opinion"


class Need(StrEnum):
    """Whether a note or a file comes with a transition."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


GIVES_UP, OPINION = "gives_up", "opinion"  # the keys of the ways that the engine adds


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a choice."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What an SOP asks beyond the columns. `columns` are the fields of a table's rows.

    `from_meeting`: what of the newest minutes it begins with, in a record form only.
    """

    key: str
    label: str
    type: str
    required: bool = False
    help: str = ""
    options: tuple[Option, ...] = ()
    private: bool = False
    columns: tuple[Field, ...] = ()
    from_meeting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordForm:
    """A small form filled on the way: notulen, lembar data."""

    key: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a case may end. `notice`: a party must have been told after the last decision."""

    key: str
    label: str
    notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a way leads: to a step, or to an end with an outcome. Exactly one is set."""

    step: str | None = None
    outcome: str | None = None

    @property
    def is_end(self) -> bool:
        """Whether the case closes there."""
        return self.outcome is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """`name` (column, field key or party) has one of `values`.

    Values are texts; a party is "known" or "anonymous", a yes_no "true" or "false".
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """What the actor chooses. `options`: unit keys (empty: any) or the roles of a post."""

    what: Literal["unit", "post", "severity", "variant"]
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What else happens: `name` is of the registry, `argument` its kind, record or procedure."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One way out of a step, for the post that has it."""

    key: str
    action: Action
    label: str
    to: Target
    when: tuple[Condition, ...] = ()
    choose: tuple[Choose, ...] = ()
    asks: tuple[str, ...] = ()
    note: Need = Need.OPTIONAL
    attach: Need = Need.NONE
    attach_label: str = ""
    effects: tuple[Effect, ...] = ()
    line: int = 0

    def arguments(self, effect: str) -> tuple[str, ...]:
        """The arguments of every effect of that name, in order."""
        return tuple(one.argument for one in self.effects if one.name == effect)

    def has(self, effect: str) -> bool:
        """Whether this way has an effect of that name."""
        return any(one.name == effect for one in self.effects)

    def chooses(self, what: str) -> Choose | None:
        """The choice of that sort, or none."""
        return next((one for one in self.choose if one.what == what), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivesUp:
    """How long one waits for an outsider, in calendar days. `after` None: only a reminder."""

    remind: Duration | None = None
    after: Duration | None = None
    to: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row of the paper (or part). `actors`: any of these roles; none where `same_as` decides."""

    key: str
    row: str | None
    activity: str
    actors: tuple[str, ...] = ()
    same_as: str | None = None
    recorded_by: str | None = None  # a role, where every actor is outside
    team: str | None = None
    batch: str | None = None
    requirements: tuple[str, ...] = ()
    time: Duration | None = None
    output: str = ""
    remark: str = ""
    asks: tuple[str, ...] = ()
    gives_up: GivesUp | None = None
    deviation: str = ""
    transitions: tuple[Transition, ...] = ()
    line: int = 0

    @property
    def is_outside(self) -> bool:
        """Whether somebody outside the office acts here and a post records it."""
        return self.recorded_by is not None

    def transition(self, key: str) -> Transition | None:
        """The way of that key, or none."""
        return next((one for one in self.transitions if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem:
    """A printed component of the service standard."""

    component: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A whole SOP. `time_limit`: a duration, or one per severity, or none."""

    code: str
    title: str
    kind: str
    number_code: str
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]
    family: str = ""
    variant: str = ""
    default: bool = False
    confidential: bool = False
    anonymous: bool = False
    basis: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    product: str = ""
    fee: str = ""
    standard: tuple[StandardItem, ...] = ()
    lanes: tuple[str, ...] = ()  # roles, in the order of the columns on its paper
    time_limit: Duration | dict[str, Duration] | None = None
    fields: tuple[Field, ...] = ()
    records: tuple[RecordForm, ...] = ()
    deviation: str = ""
    _by_key: dict[str, Step] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key.update((one.key, one) for one in self.steps)

    @property
    def first(self) -> Step:
        """Where a case opens."""
        return self.steps[0]

    def step(self, key: str) -> Step:
        """The step of that key; KeyError where there is none."""
        return self._by_key[key]

    def has_step(self, key: str) -> bool:
        """Whether there is a step of that key."""
        return key in self._by_key

    def outcome(self, key: str) -> Outcome:
        """The outcome of that key; KeyError where there is none."""
        return next(one for one in self.outcomes if one.key == key)

    def field(self, key: str) -> Field | None:
        """The field of that key, or none."""
        return next((one for one in self.fields if one.key == key), None)

    def record(self, key: str) -> RecordForm:
        """The record form of that key; StopIteration never leaves a linted pack."""
        return next(one for one in self.records if one.key == key)

    def at_counter(self, step: Step) -> bool:
        """Whether the citizen still stands at the counter: only outsiders acted up to here."""
        return all(one.is_outside for one in self.steps[: self.steps.index(step) + 1])

    def waits(self, step: Step) -> bool:
        """Whether the office waits for somebody outside at this step."""
        return step.is_outside and not self.at_counter(step)

    def row_of(self, step: Step) -> Step:
        """The step that carries the row's wording and Mutu Baku."""
        if step.row is None:
            return step
        return next(one for one in self.steps if one.row == step.row)
