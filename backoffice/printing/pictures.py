"""The lanes of a row as a picture for Word: 300 dots an inch on paper.

The painter is large and hangs in a process that forks after its first use: it is imported where
a picture is asked for, never before.
"""

from __future__ import annotations

import io
from functools import lru_cache
from threading import Lock

from PIL import Image, ImageOps

from backoffice.drawing import block_svg, connector_svg
from backoffice.printing.plan import Join, Plan

SHARP = 300 / 96  # dots of a CSS pixel on paper
KEPT = 400  # pictures of some twenty SOPs, of a few KB each
_painter = Lock()


def row_png(plan: Plan, row: int) -> bytes:
    """A printed row."""
    height = plan.heights[row] / plan.scale
    return _png(block_svg(plan.drawing, [height], rows=range(row, row + 1)), plan.scale)


def join_png(plan: Plan, join: Join, *, foot: bool) -> bytes:
    """The connectors at a page's foot or head."""
    svg = connector_svg(plan.drawing, join.crossings, join.letters, foot=foot)
    return _png(svg, plan.scale)


@lru_cache(maxsize=KEPT)
def _png(svg: str, scale: float) -> bytes:
    """Painted once: the same SOP is soon downloaded again, on another paper or by a colleague."""
    import vl_convert

    with _painter:
        painted: bytes = vl_convert.svg_to_png(svg, scale=scale * SHARP)
    return _without_paper(painted)


def _without_paper(painted: bytes) -> bytes:
    """Black that covers as much as it is dark: white paper would hide the rules of the table."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(painted)) as picture:
        covers = ImageOps.invert(picture.convert("L"))
        ink = Image.new("L", picture.size, 0)
        Image.merge("LA", (ink, covers)).save(out, "PNG", dpi=(300, 300))
    return out.getvalue()
