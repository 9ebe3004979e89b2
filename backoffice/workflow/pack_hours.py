"""When an office works: its zone, its week, and the hours of periods such as Ramadan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from yaml.nodes import MappingNode, Node

from backoffice.clock import parse_hours
from backoffice.workflow.nodes import Sheet
from backoffice.workflow.places import shortened

HOURS = (
    "Jam kerja ini tidak dapat dibaca. Tulis seperti `mon-thu: [08:00-12:00, 13:00-16:30]`; "
    "harinya mon, tue, wed, thu, fri, sat, sun, tiap hari sekali."
)
DATES = "Tanggal ditulis seperti 2026-02-18, dan yang pertama tidak sesudah yang kedua."


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialHours:
    """Hours of a period, such as Ramadan; the dates as `YYYY-MM-DD`."""

    begin: str
    end: str
    hours: Mapping[str, tuple[str, ...]]


def read_zone(sheet: Sheet, node: Node | None) -> str:
    """The zone's name, as the machine knows it."""
    text = sheet.text(node, most=60)
    if node is not None and text:
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            message = f"`{shortened(text)}` bukan zona waktu. Tulis Asia/Jakarta (WIB),"
            sheet.error(node, f"{message} Asia/Makassar (WITA), atau Asia/Jayapura (WIT).")
    return text


def read_hours(sheet: Sheet, node: Node | None) -> dict[str, tuple[str, ...]]:
    """Days with their hours: `mon-thu` -> `08:00-12:00`, `13:00-16:30`."""
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        sheet.error(node, HOURS)
        return {}
    of = sheet.mapping(node, tuple(str(key.value) for key, _ in node.value))
    hours = {day: sheet.texts(one) for day, one in of.items()}
    _checked(sheet, node, lambda: parse_hours(hours), HOURS)
    return hours


def read_special(sheet: Sheet, node: Node | None) -> tuple[SpecialHours, ...]:
    """The periods with hours of their own."""
    return tuple(_period(sheet, one) for one in sheet.items(node))


def _period(sheet: Sheet, node: Node) -> SpecialHours:
    keys = ("from", "to", "hours")
    of = sheet.mapping(node, keys, keys)
    begin, end = sheet.text(of.get("from")), sheet.text(of.get("to"))
    if begin and end:
        _checked(sheet, node, lambda: _dates(begin, end), DATES)
    return SpecialHours(begin=begin, end=end, hours=read_hours(sheet, of.get("hours")))


def _dates(begin: str, end: str) -> None:
    if date.fromisoformat(begin) > date.fromisoformat(end):
        raise ValueError("ends before it begins")


def _checked(sheet: Sheet, node: Node, check: Callable[[], object], message: str) -> None:
    try:
        check()
    except ValueError:
        sheet.error(node, message)
