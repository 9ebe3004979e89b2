"""The small loop at a symbol where something is recorded without moving the case."""

from __future__ import annotations

from backoffice.drawing.chart import Shape
from backoffice.drawing.figure import Symbol

OUT, UP, IN = 8.0, 7.0, 7.0
HEAD_LONG, HEAD_HALF = 5.0, 3.0

Place = tuple[float, float]


def corners(symbol: Symbol) -> tuple[Place, ...]:
    """Its corners from the symbol's right side to its upper edge, from the middle of the band."""
    x, (half, high) = symbol.x, symbol.half
    begin = -high * 0.4
    if symbol.shape is Shape.DECISION:
        start, out, top = x + half * 0.6, x + half, -high - 1
        into, foot = x + half * 0.25, -high * 0.75
    else:
        start, out, top = x + half, x + half + OUT, -high - UP
        into, foot = x + half - IN, -high
    return (start, begin), (out, begin), (out, top), (into, top), (into, foot)
