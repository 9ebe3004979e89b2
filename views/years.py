"""The years by which the books of letters are narrowed."""

from __future__ import annotations

from views.session import utc_now

YEARS = 6  # offered in the filter


def years() -> list[tuple[str, str]]:
    """This year and those before it."""
    this = utc_now().year
    return [(str(year), str(year)) for year in range(this, this - YEARS, -1)]
