"""The lanes of a row as a picture for Word: 300 dots an inch on paper.

The painter is large and hangs in a process that forks after its first use: it is imported where
a picture is asked for, never before.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from backoffice.drawing import block_svg, connector_svg
from backoffice.drawing.svg import SHEET
from backoffice.printing.plan import Join, Plan

SHARP = 300 / 96  # dots of a CSS pixel on paper
KEPT = 400  # pictures of some twenty SOPs, of 10 to 20 KB each
_painter = Lock()


def row_png(plan: Plan, row: int) -> bytes:
    """A printed row."""
    height = plan.heights[row] / plan.scale
    svg = block_svg(plan.drawing, [height], rows=range(row, row + 1))
    return _png(_without_paper(svg, plan, height), plan.scale)


def join_png(plan: Plan, join: Join, *, foot: bool) -> bytes:
    """The connectors at a page's foot or head."""
    svg = connector_svg(plan.drawing, join.crossings, join.letters, foot=foot)
    return _png(_without_paper(svg, plan, plan.connector / plan.scale), plan.scale)


def _without_paper(svg: str, plan: Plan, height: float) -> str:
    """White paper would hide the rules of the table around the picture."""
    return svg.replace(SHEET.rect("paper", 0, 0, plan.drawing.width, height), "", 1)


@lru_cache(maxsize=KEPT)
def _png(svg: str, scale: float) -> bytes:
    """Painted once: the same SOP is downloaded again at once."""
    import vl_convert

    with _painter:
        made: bytes = vl_convert.svg_to_png(svg, scale=scale * SHARP)
    return made
