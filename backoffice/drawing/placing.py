"""Where the symbols stand: every printed row is one band, or several below each other.

Steps of one printed row stand side by side while their lanes lie apart; an end stands in the
same band where nothing is between, else in a band below.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from backoffice.drawing.chart import Chart, Node, Shape

Cell = tuple[int, int]  # band, lane


class Spread(IntEnum):
    """How much may stand in one band; the more is apart, the easier is it to draw."""

    TOGETHER = 0
    ENDS_BESIDE = 1
    APART = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """`band_of`: by node; `row_of`: by band; `taken`: the node in each cell."""

    band_of: dict[str, int]
    row_of: tuple[int, ...]
    taken: dict[Cell, Node]

    @property
    def bands(self) -> int:
        """How many there are."""
        return len(self.row_of)


def place(chart: Chart, spread: Spread) -> Placed:
    """Give every node its band."""
    bands: list[tuple[int, list[Node]]] = []
    for row in range(len(chart.rows)):
        nodes = [one for one in chart.nodes if one.row == row]
        bands += [(row, band) for band in _bands(nodes, spread)]
    band_of = {node.key: index for index, (_, band) in enumerate(bands) for node in band}
    taken = {
        (index, lane): node
        for index, (_, band) in enumerate(bands)
        for node in band
        for lane in node.lanes
    }
    return Placed(band_of, tuple(row for row, _ in bands), taken)


def _bands(nodes: list[Node], spread: Spread) -> list[list[Node]]:
    """The bands of one printed row, from above."""
    bands: list[list[Node]] = []
    steps = [one for one in nodes if not _hangs(one)]
    for node in steps:
        last = bands[-1] if bands else None
        if last is None or spread is not Spread.TOGETHER or not _fits(last, node):
            bands.append([node])
        else:
            last.append(node)
    for node in nodes:
        if _hangs(node):
            _hang(bands, node, spread)
    return bands


def _hangs(node: Node) -> bool:
    """Whether it is an end or a pentagon beside the step that leads there."""
    return node.key != node.step and node.step != ""


def _fits(band: list[Node], node: Node) -> bool:
    """Whether its lanes lie beside those of all in the band, and no capsule is among them."""
    if node.shape is Shape.DECISION or any(one.shape is Shape.START for one in band):
        return False
    low, high = min(node.lanes), max(node.lanes)
    return all(high < min(one.lanes) or low > max(one.lanes) for one in band)


def _hang(bands: list[list[Node]], node: Node, spread: Spread) -> None:
    index = next(i for i, band in enumerate(bands) for one in band if one.key == node.step)
    source = next(one for one in bands[index] if one.key == node.step)
    if spread is not Spread.APART and _reaches(bands[index], source, node.lanes[0]):
        bands[index].append(node)
        return
    if index + 1 < len(bands) and _free_below(bands[index + 1], node.lanes[0]):
        bands[index + 1].append(node)
        return
    bands.insert(index + 1, [node])


def _reaches(band: list[Node], source: Node, lane: int) -> bool:
    """Whether nothing stands between the step and the lane of its end."""
    home = min(source.lanes, key=lambda one: abs(one - lane))
    low, high = min(home, lane), max(home, lane)
    others = {one for node in band for one in node.lanes if one != home}
    return lane not in source.lanes and not any(low <= one <= high for one in others)


def _free_below(band: list[Node], lane: int) -> bool:
    """Whether the band holds only such ends, and none in this lane."""
    return all(_hangs(one) and lane not in one.lanes for one in band)
