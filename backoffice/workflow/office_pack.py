"""Reading `office.yaml` strictly, into an `OfficePack`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from yaml.nodes import Node

from backoffice.access import CAPABILITIES
from backoffice.numbers import PARTS, UNREADABLE, pattern_fault
from backoffice.workflow.composing import compose, line_of
from backoffice.workflow.findings import Finding, has_errors
from backoffice.workflow.nodes import Lines, Sheet
from backoffice.workflow.office_definition import (
    CATEGORIES,
    ClassificationPack,
    OfficePack,
    PostPack,
    RolePack,
    UnitPack,
)
from backoffice.workflow.pack_hours import read_hours, read_special, read_zone
from backoffice.workflow.places import shortened

Part = TypeVar("Part")

OFFICE_KEYS = (
    "key",
    "name",
    "government",
    "address",
    "contacts",
    "timezone",
    "hours",
    "special_hours",
    "numbers",
    "statements",
    "categories",
    "classifications",
    "units",
    "roles",
    "posts",
    "deviation",
)
REQUIRED_KEYS = ("key", "name", "government", "timezone", "hours", "numbers", "roles", "posts")
POST_KEYS = (
    "key",
    "title",
    "unit",
    "under",
    "roles",
    "capabilities",
    "recorded_by",
    "alone",
    "escalation",
)


@dataclass(frozen=True, slots=True)
class OfficeSource:
    """An office.yaml as it was read."""

    file: str
    office: OfficePack | None
    findings: tuple[Finding, ...]
    lines: Lines


def read_office(text: str, file: str) -> tuple[OfficePack | None, list[Finding]]:
    """The office of a pack's text, and what is wrong with it; none where something is an error."""
    source = read_office_source(text, file)
    return source.office, list(source.findings)


def read_office_source(text: str, file: str) -> OfficeSource:
    """The same with the line of every place, for lint."""
    root, findings = compose(text, file)
    if root is None:
        return OfficeSource(file, None, tuple(findings), Lines(None))
    sheet = Sheet(file)
    office = _office(sheet, root)
    found = sorted([*findings, *sheet.findings])
    return OfficeSource(file, None if has_errors(found) else office, tuple(found), Lines(root))


def _office(sheet: Sheet, root: Node) -> OfficePack:
    of = sheet.mapping(root, OFFICE_KEYS, REQUIRED_KEYS)
    return OfficePack(
        key=sheet.key(of.get("key"), most=60),
        name=_name(sheet, of.get("name")),
        government=sheet.text(of.get("government"), most=200),
        address=sheet.text(of.get("address"), most=300),
        contacts=_pairs(sheet, of.get("contacts"), ("label", "value")),
        timezone=read_zone(sheet, of.get("timezone")),
        hours=read_hours(sheet, of.get("hours")),
        special_hours=read_special(sheet, of.get("special_hours")),
        numbers=_numbers(sheet, of.get("numbers")),
        statements=_pairs(sheet, of.get("statements"), ("title", "text")),
        categories=_pairs(sheet, of.get("categories"), ("key", "label")) or CATEGORIES,
        classifications=_classifications(sheet, of.get("classifications")),
        units=_each(sheet, of.get("units"), _unit, "Bidang", "name"),
        roles=_each(sheet, of.get("roles"), _role, "Pelaksana", "title"),
        posts=_each(sheet, of.get("posts"), _post, "Jabatan", "title"),
        deviation=sheet.text(of.get("deviation")),
    )


def _name(sheet: Sheet, node: Node | None) -> tuple[str, ...]:
    lines = sheet.texts(node)
    if node is not None and not 1 <= len(lines) <= 3:
        sheet.error(node, "Nama instansi satu sampai tiga baris, seperti pada kop surat.")
    return lines


def _pairs(sheet: Sheet, node: Node | None, keys: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    found = []
    for one in sheet.items(node):
        of = sheet.mapping(one, keys, keys)
        found.append((sheet.text(of.get(keys[0])), sheet.text(of.get(keys[1]))))
    return tuple(found)


def _numbers(sheet: Sheet, node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    of = sheet.mapping(node, tuple(PARTS), tuple(PARTS))
    found = {}
    for register, one in of.items():
        found[register] = pattern = sheet.text(one)
        fault = pattern_fault(register, pattern) if pattern else None
        if fault == UNREADABLE:
            allowed = ", ".join(f"{{{part}}}" for part in PARTS[register])
            message = f"Pola nomor ini tidak dapat dipakai. Bagian yang ada: {allowed};"
            sheet.error(one, f"{message} lebarnya ditulis {{urut:04}}.")
        elif fault is not None:
            message = f"Pola nomor ini memerlukan {{{fault}}}, supaya tidak ada nomor kembar."
            sheet.error(one, message)
    return found


def _each(
    sheet: Sheet, node: Node | None, read: Callable[[Sheet, Node], Part], what: str, key: str
) -> tuple[Part, ...]:
    """The parts of a list; a fault in one says in which: Jabatan «Camat»."""
    found = []
    for one in sheet.items(node):
        name = sheet.peek(one, key)
        with sheet.within(f"{what} «{shortened(name)}»" if name else what):
            found.append(read(sheet, one))
    return tuple(found)


def _classifications(sheet: Sheet, node: Node | None) -> tuple[ClassificationPack, ...] | None:
    """The codes, each once; a letter kind takes one of them."""
    if node is None:
        return None
    found = _each(sheet, node, _classification, "Klasifikasi", "code")
    codes = [one.code for one in found]
    kinds = [kind for one in found for kind in one.kinds]
    for what, values in (("Kode", codes), ("Jenis surat", kinds)):
        again = next((one for one in values if values.count(one) > 1), None)
        if again is not None:
            sheet.error(node, f"{what} «{again}» disebut dua kali; sebut satu kali saja.")
    return found


def _classification(sheet: Sheet, node: Node) -> ClassificationPack:
    of = sheet.mapping(node, ("code", "title", "kinds"), ("code", "title"))
    return ClassificationPack(
        code=sheet.text(of.get("code"), most=40),
        title=sheet.text(of.get("title"), most=300),
        kinds=sheet.keys(of.get("kinds")),
    )


def _unit(sheet: Sheet, node: Node) -> UnitPack:
    of = sheet.mapping(node, ("key", "name", "in"), ("key", "name"))
    return UnitPack(
        key=sheet.key(of.get("key"), most=60),
        name=sheet.text(of.get("name"), most=200),
        within=sheet.key(of.get("in")) or None,
        line=line_of(node),
    )


def _role(sheet: Sheet, node: Node) -> RolePack:
    of = sheet.mapping(node, ("key", "title", "outside"), ("key", "title"))
    return RolePack(
        key=sheet.key(of.get("key"), most=60),
        title=sheet.text(of.get("title"), most=200),
        outside=sheet.flag(of.get("outside")),
        line=line_of(node),
    )


def _post(sheet: Sheet, node: Node) -> PostPack:
    of = sheet.mapping(node, POST_KEYS, ("key", "title"))
    capabilities = sheet.items(of.get("capabilities"))
    return PostPack(
        key=sheet.key(of.get("key"), most=60),
        title=sheet.text(of.get("title"), most=200),
        unit=sheet.key(of.get("unit")) or None,
        under=sheet.key(of.get("under")) or None,
        roles=sheet.keys(of.get("roles")),
        capabilities=tuple(sheet.code(one, CAPABILITIES, "") for one in capabilities),
        recorded_by=sheet.key(of.get("recorded_by")) or None,
        alone=sheet.flag(of.get("alone")),
        escalation=sheet.flag(of.get("escalation")),
        line=line_of(node),
    )
