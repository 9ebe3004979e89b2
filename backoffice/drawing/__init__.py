"""The SOP drawn as the official table: from a definition to lines, and from lines to SVG.

Pure Python; no page, no database. `lay_out` gives a `Drawing`; `row_svg`, `block_svg` and
`connector_svg` draw its lanes, `whole_svg` (in `sheet`) the whole table.
"""

from backoffice.drawing.connectors import Crossing, connector_svg, crossing
from backoffice.drawing.figure import Drawing
from backoffice.drawing.layout import lay_out
from backoffice.drawing.svg import Progress, block_svg, row_svg

__all__ = [
    "Crossing",
    "Drawing",
    "Progress",
    "block_svg",
    "connector_svg",
    "crossing",
    "lay_out",
    "row_svg",
]
