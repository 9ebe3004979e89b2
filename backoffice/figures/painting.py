"""Charts as SVG for a page and as PNG for Word, painted once for each specification.

The painter is large and may not be used before a process forks: it is imported where a chart is
asked for that nobody has painted yet, never before. What was painted lies in a folder that all
workers share, named by the hash of its specification; `tidy` empties it.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from threading import Lock

from backoffice import storage
from backoffice.figures.charts import Spec

FOLDER = "charts"
VERSION = "5.21"  # of Vega-Lite
HEAD = re.compile(r"<svg [^>]*?width=\"(?P<width>[\d.]+)\" height=\"(?P<height>[\d.]+)\"[^>]*>")
SAID = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')  # the one label says it all
_painter = Lock()


def svg(spec: Spec, label: str, name: str, data_dir: Path) -> str:
    """The chart as an inline picture with this label; `name` is its class."""
    painted = _painted(spec, data_dir / FOLDER)
    size = HEAD.match(painted)
    if size is None:
        raise ValueError("not a picture")
    body = SAID.sub("", painted[size.end() :])
    return (
        f'<svg class="chart {escape(name)}" viewBox="0 0 {size["width"]} {size["height"]}"'
        f' role="img" aria-label="{escape(label)}">{body}'
    )


def png(spec: Spec, scale: float = 2) -> bytes:
    """The chart on white, for a Word file."""
    import vl_convert

    with _painter:
        made: bytes = vl_convert.vegalite_to_png(
            {**spec, "background": "white"}, vl_version=VERSION, scale=scale, allowed_base_urls=[]
        )
    return made


def _painted(spec: Spec, folder: Path) -> str:
    """The picture from the folder, or painted now and kept there."""
    said = json.dumps([VERSION, spec], sort_keys=True)
    digest = hashlib.sha256(said.encode()).hexdigest()
    try:
        return storage.path(folder, digest).read_text(encoding="utf-8")
    except OSError:
        made = _paint(spec)
    storage.keep(folder, digest, made.encode())
    return made


def _paint(spec: Spec) -> str:
    import vl_convert

    with _painter:
        made: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
    return made
