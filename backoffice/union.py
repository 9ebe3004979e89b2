"""Several small tables in one statement: each row says of which it is, in common columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa


def part(
    what: str, common: Mapping[str, Any], *own: sa.ColumnElement[Any], **columns: Any
) -> sa.Select[Any]:
    """The rows of one table: `what`, its own first columns, then the common ones.

    `common`: name -> type. A common column that is not among `columns` is empty.
    """
    empty = {name: sa.cast(sa.null(), kind) for name, kind in common.items()}
    shown = (one.label(name) for name, one in (empty | columns).items())
    return sa.select(sa.literal_column(f"'{what}'", sa.String).label("what"), *own, *shown)
