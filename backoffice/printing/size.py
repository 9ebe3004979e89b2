"""The papers an SOP is printed on, lying on their long side."""

from __future__ import annotations

from dataclasses import dataclass

PX = 96 / 25.4  # CSS pixels of a millimetre
MARGIN = 12.0  # mm on every side


@dataclass(frozen=True, slots=True)
class Size:
    """A paper: its key in an address, its name, width and height in mm."""

    key: str
    name: str
    width: float
    height: float

    @property
    def inside(self) -> tuple[float, float]:
        """What can be written on, in CSS pixels: width and height."""
        return (self.width - 2 * MARGIN) * PX, (self.height - 2 * MARGIN) * PX


F4 = Size("f4", "F4", 330, 215)
A4 = Size("a4", "A4", 297, 210)
SIZES = {one.key: one for one in (F4, A4)}
