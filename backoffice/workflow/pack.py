"""A pack's text becomes a definition, with the line of everything that is wrong.

Only the shape is judged here; what must hold between the parts is judged by `lint`.
"""

from __future__ import annotations

from dataclasses import dataclass

from yaml.nodes import MappingNode, Node

from backoffice.clock import Duration
from backoffice.workflow import places
from backoffice.workflow.composing import compose
from backoffice.workflow.definition import (
    Field,
    Option,
    Outcome,
    Procedure,
    RecordForm,
    StandardItem,
    Step,
)
from backoffice.workflow.findings import Finding, has_errors
from backoffice.workflow.nodes import Lines, Sheet, is_null
from backoffice.workflow.office_pack import read_office
from backoffice.workflow.pack_steps import read_duration, read_step
from backoffice.workflow.vocabulary import FIELD_TYPES, FROM_MEETING, SEVERITIES

__all__ = ["Source", "read_office", "read_procedure", "read_source"]

KINDS = ("complaint", "data_request", "aid_proposal", "general")
PROCEDURE_KEYS = (
    "code",
    "title",
    "kind",
    "number_code",
    "family",
    "variant",
    "default",
    "confidential",
    "anonymous",
    "basis",
    "requirements",
    "product",
    "fee",
    "standard",
    "lanes",
    "time_limit",
    "fields",
    "records",
    "outcomes",
    "deviation",
    "steps",
)
REQUIRED_KEYS = ("code", "title", "kind", "number_code", "steps")
FIELD_KEYS = (
    "key",
    "label",
    "type",
    "required",
    "help",
    "options",
    "private",
    "fields",
    "from_meeting",
)
ENDED = Outcome(key="selesai", label="Selesai")  # where a pack lists no outcomes


@dataclass(frozen=True, slots=True)
class Source:
    """A pack as it was read: the SOP (none where it does not read) and where everything stands."""

    file: str
    procedure: Procedure | None
    findings: tuple[Finding, ...]
    lines: Lines


def read_procedure(text: str, file: str) -> tuple[Procedure | None, list[Finding]]:
    """The SOP of a pack's text, and what is wrong with it; none where something is an error."""
    source = read_source(text, file)
    return source.procedure, list(source.findings)


def read_source(text: str, file: str) -> Source:
    """The same with the line of every place, for lint."""
    root, findings = compose(text, file)
    if root is None:
        return Source(file, None, tuple(findings), Lines(None))
    sheet = Sheet(file)
    procedure = _procedure(sheet, root)
    found = sorted([*findings, *sheet.findings])
    return Source(file, None if has_errors(found) else procedure, tuple(found), Lines(root))


def _procedure(sheet: Sheet, root: Node) -> Procedure:
    of = sheet.mapping(root, PROCEDURE_KEYS, REQUIRED_KEYS)
    _check_family(sheet, of)
    _check_order(sheet, of)
    return Procedure(
        code=sheet.key(of.get("code")),
        title=sheet.text(of.get("title"), most=300),
        kind=sheet.code(of.get("kind"), KINDS, "general"),
        number_code=_number_code(sheet, of.get("number_code")),
        family=sheet.key(of.get("family")),
        variant=sheet.key(of.get("variant")),
        default=sheet.flag(of.get("default")),
        confidential=sheet.flag(of.get("confidential")),
        anonymous=sheet.flag(of.get("anonymous")),
        basis=sheet.texts(of.get("basis")),
        requirements=sheet.texts(of.get("requirements")),
        product=sheet.text(of.get("product")),
        fee=sheet.text(of.get("fee")),
        standard=tuple(_standard(sheet, one) for one in sheet.items(of.get("standard"))),
        lanes=sheet.keys(of.get("lanes")),
        time_limit=_time_limit(sheet, of.get("time_limit")),
        fields=tuple(read_field(sheet, one) for one in sheet.items(of.get("fields"))),
        records=tuple(_record(sheet, one) for one in sheet.items(of.get("records"))),
        outcomes=_outcomes(sheet, of.get("outcomes")),
        deviation=sheet.text(of.get("deviation")),
        steps=_steps(sheet, of.get("steps")),
    )


def _check_family(sheet: Sheet, of: dict[str, Node]) -> None:
    one = of.get("family") or of.get("variant")
    if one is not None and not ("family" in of and "variant" in of):
        sheet.error(one, "`family` dan `variant` selalu ditulis berdua. Tambahkan yang belum ada.")
    if "default" in of and "family" not in of:
        message = "`default` hanya ada pada SOP yang mempunyai `family`. Hapus baris ini."
        sheet.error(of["default"], message)


def _check_order(sheet: Sheet, of: dict[str, Node]) -> None:
    order = list(of)
    if "records" in of and "steps" in of and order.index("records") < order.index("steps"):
        message = "`records` ditulis sesudah `steps`. Pindahkan bagian ini ke bawah."
        sheet.error(of["records"], message)


def _number_code(sheet: Sheet, node: Node | None) -> str:
    text = sheet.text(node, most=20)
    if node is not None and any(one in text for one in " {}"):
        message = "`number_code` tidak memuat spasi atau kurung kurawal. Contoh: `ADU`."
        sheet.error(node, message)
    return text


def _standard(sheet: Sheet, node: Node) -> StandardItem:
    of = sheet.mapping(node, ("component", "text"), ("component", "text"))
    return StandardItem(component=sheet.text(of.get("component")), text=sheet.texts(of.get("text")))


def _time_limit(sheet: Sheet, node: Node | None) -> Duration | dict[str, Duration] | None:
    if not isinstance(node, MappingNode):
        return read_duration(sheet, node)
    of = sheet.mapping(node, SEVERITIES, SEVERITIES)
    limits = {key: read_duration(sheet, of.get(key)) for key in SEVERITIES}
    for key, limit in limits.items():
        if key in of and is_null(of[key]):
            sheet.error(of[key], f"Waktu untuk `{key}` belum ditulis. Ketiganya harus terisi.")
        if limit is None:
            return None
    return {key: limit for key, limit in limits.items() if limit is not None}


def read_field(sheet: Sheet, node: Node, *, in_record: bool = False) -> Field:
    """A field of a pack, a record or a table's row."""
    with sheet.within(places.of_field(sheet.peek(node, "label"))):
        return _field(sheet, node, in_record)


def _field(sheet: Sheet, node: Node, in_record: bool) -> Field:
    of = sheet.mapping(node, FIELD_KEYS, ("key", "label", "type"))
    kind = sheet.code(of.get("type"), FIELD_TYPES, "text")
    _check_parts(sheet, node, of, kind)
    return Field(
        key=sheet.key(of.get("key")),
        label=sheet.text(of.get("label"), most=300),
        type=kind,
        required=sheet.flag(of.get("required")),
        help=sheet.text(of.get("help")),
        options=tuple(_option(sheet, one) for one in sheet.items(of.get("options"))),
        private=sheet.flag(of.get("private")),
        columns=tuple(read_field(sheet, one) for one in sheet.items(of.get("fields"))),
        from_meeting=_from_meeting(sheet, of.get("from_meeting"), kind, in_record),
    )


def _from_meeting(sheet: Sheet, node: Node | None, kind: str, in_record: bool) -> str:
    """A part of the minutes that fits the field; only the forms of `records` begin with one."""
    if node is None:
        return ""
    if not in_record:
        sheet.error(node, "`from_meeting` hanya ada pada isian di `records`. Hapus baris ini.")
        return ""
    part = sheet.code(node, FROM_MEETING, "")
    fitting = ("date",) if part in ("date", "due") else ("text", "long_text", "choice")
    if part and (kind not in fitting or (kind == "choice" and part != "chair")):
        message = f"`from_meeting: {part}` memerlukan isian berjenis `{fitting[0]}`."
        sheet.error(node, f"{message} Ubah jenisnya, atau hapus baris ini.")
    return part


def _check_parts(sheet: Sheet, node: Node, of: dict[str, Node], kind: str) -> None:
    """`options` belong to choices, `fields` to tables: neither without the other."""
    for key, kinds in (("options", ("choice", "choices")), ("fields", ("table",))):
        if kind in kinds and not sheet.items(of.get(key)):
            message = f"Isian berjenis `{kind}` memerlukan `{key}`: daftar pilihan atau kolomnya."
            sheet.error(of.get(key, node), message)
        elif kind not in kinds and key in of:
            message = f"`{key}` tidak berlaku untuk isian berjenis `{kind}`. Hapus baris ini."
            sheet.error(of[key], message)


def _option(sheet: Sheet, node: Node) -> Option:
    if not isinstance(node, MappingNode):
        text = sheet.text(node)
        return Option(key=text, label=text)
    of = sheet.mapping(node, ("key", "label"), ("key", "label"))
    return Option(key=sheet.key(of.get("key")), label=sheet.text(of.get("label")))


def _record(sheet: Sheet, node: Node) -> RecordForm:
    with sheet.within(places.of_record(sheet.peek(node, "title"))):
        return _form(sheet, node)


def _form(sheet: Sheet, node: Node) -> RecordForm:
    of = sheet.mapping(node, ("key", "title", "fields"), ("key", "title", "fields"))
    return RecordForm(
        key=sheet.key(of.get("key")),
        title=sheet.text(of.get("title")),
        fields=tuple(
            read_field(sheet, one, in_record=True) for one in sheet.items(of.get("fields"))
        ),
    )


def _outcomes(sheet: Sheet, node: Node | None) -> tuple[Outcome, ...]:
    found = []
    for one in sheet.items(node):
        with sheet.within(places.of_outcome(sheet.peek(one, "label"))):
            found.append(_outcome(sheet, one))
    return tuple(found) or (ENDED,)


def _outcome(sheet: Sheet, node: Node) -> Outcome:
    of = sheet.mapping(node, ("key", "label", "notice"), ("key", "label"))
    return Outcome(
        key=sheet.key(of.get("key")),
        label=sheet.text(of.get("label")),
        notice=sheet.code(of.get("notice"), ("none", "required"), "none") == "required",
    )


def _steps(sheet: Sheet, node: Node | None) -> tuple[Step, ...]:
    steps = []
    for one in sheet.items(node):
        place = places.of_step(sheet.peek(one, "row"), sheet.peek(one, "activity"))
        with sheet.within(place):
            steps.append(read_step(sheet, one))
    if node is not None and not steps:
        sheet.error(node, "SOP ini belum mempunyai langkah. Tulis paling sedikit satu.")
    return tuple(steps)
