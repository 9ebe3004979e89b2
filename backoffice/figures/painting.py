"""Charts as SVG for a page and as PNG for Word, painted once for each specification.

The painter is large and may not be used before a process forks: it is imported where a chart is
asked for that nobody has painted yet, never before. What was painted lies in a folder that all
workers share, named by the hash of its specification; `tidy` empties it. The newest few stay in
memory.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from threading import Lock

from backoffice import storage
from backoffice.figures.charts import Spec

FOLDER = "charts"
VERSION = "5.21"  # of Vega-Lite
KEPT = 32  # pictures in memory
HEAD = re.compile(r"<svg [^>]*?width=\"(?P<width>[\d.]+)\" height=\"(?P<height>[\d.]+)\"[^>]*>")
SAID = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')  # the one label says it all
FAILURES = (ImportError, OSError, ValueError)  # of the painter, or of a full disk
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


def png(spec: Spec) -> bytes:
    """The chart on white, twice as fine as on a screen, for a Word file."""
    return _paint_png(_said({**spec, "background": "white"}))


def _said(spec: Spec) -> str:
    """A specification as one text; the same whatever the order of its keys."""
    return json.dumps(spec, sort_keys=True)


def _painted(spec: Spec, folder: Path) -> str:
    """The picture from the folder, or painted now and kept there."""
    said = _said(spec)
    digest = hashlib.sha256(f"{VERSION} {said}".encode()).hexdigest()
    try:
        return storage.path(folder, digest).read_text(encoding="utf-8")
    except OSError:
        made = _paint_svg(said)
    storage.keep(folder, digest, made.encode())
    return made


@lru_cache(maxsize=KEPT)
def _paint_svg(said: str) -> str:
    import vl_convert

    with _painter:
        made: str = vl_convert.vegalite_to_svg(said, vl_version=VERSION, allowed_base_urls=[])
    return made


@lru_cache(maxsize=KEPT)
def _paint_png(said: str) -> bytes:
    import vl_convert

    with _painter:
        made: bytes = vl_convert.vegalite_to_png(
            said, vl_version=VERSION, scale=2, allowed_base_urls=[]
        )
    return made
