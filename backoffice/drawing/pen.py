"""SVG elements as text: with classes for a page, with their own attributes for a file.

A page's policy allows no style attribute, so its stylesheet paints the classes; a file must look
right in Word and in a viewer that knows no stylesheet of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

INK, TEXT, EDGE, MARK, PAST, WHITE = (
    "#12355b",
    "#18212b",
    "#b9bcc0",
    "#fff7d6",
    "#dbe8f6",
    "#ffffff",
)
SANS = "Arial, 'Liberation Sans', Helvetica, sans-serif"
LINE = {"fill": "none", "stroke": TEXT, "stroke-width": "1.4"}
WAY = {**LINE, "stroke-linecap": "square"}
WORDS = {"fill": TEXT, "font-family": SANS, "text-anchor": "middle"}
FILE: dict[str, dict[str, str]] = {
    "lane": {"fill": "none", "stroke": EDGE, "stroke-width": "1"},
    "way": WAY,
    "way return": WAY,
    "way walked": {**WAY, "stroke": INK, "stroke-width": "2.6"},
    "way return walked": {**WAY, "stroke": INK, "stroke-width": "2.6"},
    "gap": {"fill": "none", "stroke": WHITE, "stroke-width": "6"},
    "head": {"fill": TEXT},
    "head return": {"fill": TEXT},
    "head walked": {"fill": INK},
    "head return walked": {"fill": INK},
    "joint team": LINE,
    "joint any": {**LINE, "stroke-dasharray": "2 3"},
    "sym": {**LINE, "fill": WHITE},
    "sym past": {**LINE, "fill": PAST},
    "sym now": {**LINE, "fill": INK},
    "no": {**WORDS, "font-weight": "bold"},
    "no now": {**WORDS, "font-weight": "bold", "fill": WHITE},
    "word": {
        "fill": TEXT,
        "font-family": SANS,
        "font-weight": "bold",
        "stroke": WHITE,
        "stroke-width": "3",
        "paint-order": "stroke",
    },
    "rule": {"fill": "none", "stroke": TEXT, "stroke-width": "1"},
    "paper": {"fill": WHITE},
    "band": {"fill": "#edf0f3"},
    "mark": {"fill": MARK},
    "text": {"fill": TEXT, "font-family": SANS},
    "strong": {"fill": TEXT, "font-family": SANS, "font-weight": "bold"},
}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes elements. `file`: with attributes instead of classes."""

    file: bool

    def path(self, kind: str, data: str) -> str:
        """A path."""
        return f'<path{self._look(kind)} d="{data}"/>'

    def rect(self, kind: str, x: float, y: float, wide: float, high: float, r: float = 0) -> str:
        """A rectangle, with round corners where `r` is given."""
        round_ = f' rx="{num(r)}"' if r else ""
        at = f' x="{num(x)}" y="{num(y)}" width="{num(wide)}" height="{num(high)}"'
        return f"<rect{self._look(kind)}{at}{round_}/>"

    def text(self, kind: str, x: float, y: float, text: str, size: float, anchor: str = "") -> str:
        """A line of text with its foot at y; `anchor`: "end" or "middle"."""
        place = f' x="{num(x)}" y="{num(y)}" font-size="{num(size)}"'
        if anchor:
            place += f' text-anchor="{anchor}"'
        return f"<text{self._look(kind, anchor)}{place}>{escape(text)}</text>"

    def _look(self, kind: str, anchor: str = "") -> str:
        if not self.file:
            return f' class="{kind}"'
        look = FILE[kind].items()
        return "".join(f' {k}="{v}"' for k, v in look if not (anchor and k == "text-anchor"))


def num(value: float) -> str:
    """12, 12.5: without a needless point."""
    return f"{value:.1f}".removesuffix(".0")
