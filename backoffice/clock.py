"""The working-time clock (being written): durations as the papers say them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """The units of the papers."""

    MINUTE = "menit"
    HOUR = "jam"
    WORKING_DAY = "hari kerja"
    DAY = "hari"
    WEEK = "minggu"
    MONTH = "bulan"
    ELAPSED_DAY = "1x24 jam"


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a measure."""

    amount: int
    measure: Measure
