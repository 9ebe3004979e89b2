"""Plain bars in the house style: figures on the bars, dark and light instead of hues.

A chart is a Vega-Lite specification with its data inside. Words come from whoever asks for it,
and every position is worked out here, so that nothing is left to a browser or a font.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]

FONT = '"Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'
TEXT, SOFT, LINE = "#18212b", "#4a535f", "#dcd9d1"
DARK, LIGHT, PALE = "#1a4b77", "#f2c46d", "#c9dcee"  # on time, late, nobody can say
SIZE = 13
WIDE, NARROW = 960, 330  # pixels of the whole picture
ROW, HIGH_ROW, COLUMN_HEIGHT = 46, 66, 250
BESIDE, ABOVE = 330, 0.62  # room for a name beside its bar; the share of a row above one
SMALLEST = 0.09  # of the longest bar: a shorter piece holds no figure
STEPS = (1, 2, 5)
BARS: Spec = {"type": "bar", "stroke": TEXT, "strokeWidth": 0.75}
FIGURE: Spec = {"type": "text", "fontWeight": 600, "baseline": "middle"}
INK: Spec = {"field": "ink", "type": "nominal", "scale": None}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: so many on time, unjudged and late; `total` is said beyond its end.

    `short` is the same where there is less room.
    """

    name: str
    on_time: int
    unjudged: int
    late: int
    total: str
    short: str

    @property
    def size(self) -> int:
        """How long it is."""
        return self.on_time + self.unjudged + self.late


@dataclass(frozen=True, slots=True)
class Legend:
    """What the three shades mean."""

    on_time: str
    unjudged: str
    late: str


def columns(bars: Sequence[Bar], legend: Legend, title: str, *, narrow: bool = False) -> Spec:
    """Upright bars, one for each month; `title` says what is counted."""
    top = max((bar.size for bar in bars), default=0) or 1
    axis = {"title": title, "values": ticks(top)}
    return _chart(
        bars,
        legend,
        narrow=narrow,
        height=COLUMN_HEIGHT,
        names={"x": _names(bars, {"labelAngle": 0, "labelLimit": 150})},
        lengths={"y": _lengths("from", axis, top), "y2": {"field": "to"}},
        ends={"y": {"field": "size", "type": "quantitative"}},
        middles={"y": {"field": "middle", "type": "quantitative"}},
        beyond={"dy": -9},
    )


def rows(bars: Sequence[Bar], legend: Legend, title: str, *, narrow: bool = False) -> Spec:
    """Lying bars, one for each name; a `|` in a name begins its second line.

    Where it is narrow the name stands above its bar.
    """
    top = max((bar.size for bar in bars), default=0) or 1
    beside = {"labelExpr": "split(datum.label, '|')", "labelLimit": BESIDE, "minExtent": BESIDE}
    names = _names(bars, {"labels": False, "domain": False} if narrow else beside)
    if narrow:
        names["scale"] = {"paddingInner": ABOVE, "paddingOuter": ABOVE}
    made = _chart(
        bars,
        legend,
        narrow=narrow,
        height=(HIGH_ROW if narrow else ROW) * len(bars),
        names={"y": names},
        lengths={
            "x": _lengths("from", {"title": title, "values": ticks(top)}, top * 1.35),
            "x2": {"field": "to"},
        },
        ends={"x": {"field": "size", "type": "quantitative"}},
        middles={"x": {"field": "middle", "type": "quantitative"}},
        beyond={"dx": 6, "align": "left"},
    )
    if narrow:
        made["layer"].append(_above(bars, names))
    return made


def _above(bars: Sequence[Bar], names: Spec) -> Spec:
    """The names over their bars."""
    return {
        "data": {"values": [{"name": bar.name} for bar in bars]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "line-bottom",
            "dy": -HIGH_ROW * (1 - ABOVE) / 2 - 15,  # of the first of two lines
            "lineBreak": "|",
            "lineHeight": 15,
            "limit": NARROW,
            "color": TEXT,
        },
        "encoding": {"y": names, "x": {"value": 0}, "text": {"field": "name"}},
    }


def ticks(top: int) -> list[int]:
    """Three to six round numbers from nothing to `top`; cases are whole."""
    step = next(n * 10**zeros for zeros in range(9) for n in STEPS if top <= 5 * n * 10**zeros)
    return list(range(0, top + 1, step))


def _names(bars: Sequence[Bar], more: Spec) -> Spec:
    axis = {"title": None, "ticks": False, "domain": True, **more}
    return {
        "field": "name",
        "type": "ordinal",
        "sort": [bar.name for bar in bars],
        "axis": axis,
        "scale": {"paddingInner": 0.45, "paddingOuter": 0.25},
    }


def _lengths(field: str, axis: Spec, top: float) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "axis": {"format": "d", "ticks": False, "domain": False, "grid": True, **axis},
        "scale": {"domain": [0, top], "nice": False},
    }


def _chart(
    bars: Sequence[Bar],
    legend: Legend,
    *,
    narrow: bool,
    height: int,
    names: Spec,
    lengths: Spec,
    ends: Spec,
    middles: Spec,
    beyond: Spec,
) -> Spec:
    """The bars in pieces, the figures in them, and what is said beyond their ends."""
    pieces = list(_pieces(bars, legend))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "width": NARROW if narrow else WIDE,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            _layer(pieces, BARS, {**names, **lengths, "color": _colour(pieces, legend, narrow)}),
            _layer(
                [one for one in pieces if one["shown"]],
                FIGURE,
                {**names, **middles, "text": {"field": "n"}, "color": INK},
            ),
            _layer(
                [_total(bar, narrow) for bar in bars],
                {**FIGURE, "color": TEXT, **beyond},
                {**names, **ends, "text": {"field": "total"}},
            ),
        ],
        "config": CONFIG,
    }


def _layer(values: list[Spec], mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _total(bar: Bar, narrow: bool) -> Spec:
    return {"name": bar.name, "size": bar.size, "total": bar.short if narrow else bar.total}


def _colour(pieces: list[Spec], legend: Legend, narrow: bool) -> Spec:
    """The shades that occur, and what they mean."""
    occur = {one["kind"] for one in pieces}
    used = [one for one in _shades(legend) if one[0] in occur]
    return {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": [kind for kind, _ in used], "range": [shade for _, shade in used]},
        "legend": {"title": None, "orient": "top", "columns": 1 if narrow else 3},
    }


def _shades(legend: Legend) -> list[tuple[str, str]]:
    return [(legend.on_time, DARK), (legend.unjudged, PALE), (legend.late, LIGHT)]


def _pieces(bars: Sequence[Bar], legend: Legend) -> Iterator[Spec]:
    """Every piece of every bar with its place and whether its figure fits in."""
    longest = max((bar.size for bar in bars), default=0)
    for bar in bars:
        begin = 0
        for (kind, shade), n in zip(
            _shades(legend), (bar.on_time, bar.unjudged, bar.late), strict=True
        ):
            if n:
                yield {
                    "name": bar.name,
                    "kind": kind,
                    "n": n,
                    "from": begin,
                    "to": begin + n,
                    "middle": begin + n / 2,
                    # Of what was late the figure stands beyond the end.
                    "shown": n >= longest * SMALLEST and shade != LIGHT,
                    "ink": "#ffffff" if shade == DARK else TEXT,
                }
            begin += n


CONFIG: Spec = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": 400,
        "labelColor": TEXT,
        "titleColor": SOFT,
        "gridColor": LINE,
        "domainColor": SOFT,
        "labelPadding": 6,
    },
    "legend": {
        "labelFontSize": SIZE,
        "labelColor": TEXT,
        "symbolType": "square",
        "symbolSize": 140,
    },
    "text": {"fontSize": SIZE},
}
