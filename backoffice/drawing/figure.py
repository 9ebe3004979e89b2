"""What is on a drawing: lanes, rows, symbols and lines with their places.

Lengths are CSS pixels. Everything upright is measured from the middle of a band (a printed row is
one band or several), because the height of a row follows its text, the zoom and the paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from backoffice.drawing.chart import Joined, Shape, Sort
from backoffice.drawing.measures import Lane, Sizes
from backoffice.drawing.paths import Point


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol in its place: `x` the middle, `half` its half width and half height.

    A step in several lanes has a box in each; only the first bears the step's loop.
    """

    node: str
    step: str
    shape: Shape
    text: str
    lane: int
    band: int
    x: float
    half: tuple[float, float]
    stays: bool


@dataclass(frozen=True, slots=True)
class Joint:
    """The line between the boxes of one step: double for a team, dotted for any of them."""

    step: str
    band: int
    start: float
    stop: float
    joined: Joined


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a line: `dy` from the middle of its band."""

    x: float
    band: int
    dy: float


@dataclass(frozen=True, slots=True)
class Label:
    """Where the word of a line stands: its foot at `dy` from the middle of the line's first band.

    `x` is where it begins, or where it ends if it is written towards the left.
    """

    x: float
    dy: float
    leftward: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow. `grid` is its way on the abstract grid; `walks` the steps that walk it.

    `step` is empty where it comes from the capsule above a first step. `label` is the place of
    its word, none where it has no word.
    """

    step: str
    source: str
    target: str
    sort: Sort
    word: str
    walks: tuple[tuple[str, str], ...]
    grid: tuple[Point, ...]
    spots: tuple[Spot, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A level of the drawing; `height` is what it needs at least."""

    row: int
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row: its number (empty without one), its steps, its bands from above.

    `meanings` explain the letters at the lines and the pentagons. `goes_on`: an earlier row has
    the same number, and its time is that of both.
    """

    number: str
    steps: tuple[str, ...]
    meanings: tuple[str, ...]
    bands: tuple[int, ...]
    height: float
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing. `clashes` are lines that could not be drawn without hiding another."""

    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]
    bands: tuple[Band, ...]
    symbols: tuple[Symbol, ...]
    joints: tuple[Joint, ...]
    lines: tuple[Line, ...]
    sizes: Sizes
    clashes: tuple[Line, ...]

    @property
    def width(self) -> float:
        """The width of all lanes together."""
        return self.lanes[-1].x + self.lanes[-1].width if self.lanes else 0.0

    def row_of(self, step: str) -> int:
        """The index of the printed row of a step; KeyError where there is none."""
        return self._rows_by_step()[step]

    def word(self, step: str, target: str) -> str:
        """The word at the line from a step to another or to an end; empty without one.

        An end is called `chart.END` with its outcome behind it.
        """
        pair = (step, target)
        return next((one.word for one in self.lines if pair in one.walks), "")

    def _rows_by_step(self) -> dict[str, int]:
        return {key: index for index, row in enumerate(self.rows) for key in row.steps}
