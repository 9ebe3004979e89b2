"""Steps and transitions as a pack writes them, with their durations and effects."""

from __future__ import annotations

from typing import Literal, cast

from yaml.nodes import MappingNode, Node, SequenceNode

from backoffice.clock import Duration, parse_duration
from backoffice.workflow import places
from backoffice.workflow.composing import line_of
from backoffice.workflow.definition import (
    Action,
    Choose,
    Condition,
    Effect,
    GivesUp,
    Need,
    Step,
    Target,
    Transition,
)
from backoffice.workflow.nodes import Sheet, is_flag, is_null

STEP_KEYS = (
    "key",
    "row",
    "activity",
    "actor",
    "recorded_by",
    "team",
    "batch",
    "requirements",
    "time",
    "output",
    "remark",
    "asks",
    "gives_up",
    "deviation",
    "transitions",
)
TRANSITION_KEYS = (
    "action",
    "key",
    "label",
    "to",
    "when",
    "choose",
    "asks",
    "note",
    "attach",
    "attach_label",
    "effects",
)
REQUIRED_STEP_KEYS = ("key", "row", "activity", "actor", "transitions")
REQUIRED_TRANSITION_KEYS = ("action", "label", "to")
NEEDS = tuple(Need)
DURATIONS = "Contoh: 15 menit, 3 jam, 1 hari kerja, 14 hari, 2 minggu, 1 bulan, 1x24 jam."
ACTIONS = tuple(one for one in Action if one is not Action.OPINION)
# What each effect takes: nothing, a letter kind, a record, a procedure or a duration.
# "kind?" may be left out while the case has one letter in draft.
EFFECTS = {
    "number": "",
    "receipt": "",
    "paper": "kind",
    "register": "",
    "dispose": "",
    "share": "",
    "reclassify": "",
    "draft": "kind",
    "initial": "kind?",
    "coordinate": "kind?",
    "approve_letter": "kind?",
    "send": "kind?",
    "receive": "kind?",
    "notify": "kind",
    "record": "record",
    "open_case": "procedure",
    "extend": "duration",
}
TAKES = {
    "kind": "<jenis surat>",
    "record": "<kunci formulir>",
    "procedure": "<kode SOP>",
    "duration": "<lama>",
}

What = Literal["unit", "post", "severity", "variant"]


def read_duration(sheet: Sheet, node: Node | None) -> Duration | None:
    """A duration as the paper says it; none for `null` and for what is not written."""
    if node is None or is_null(node):
        return None
    text = sheet.text(node)
    try:
        return parse_duration(text) if text else None
    except ValueError:
        message = f"`{places.shortened(text)}` tidak terbaca sebagai waktu. {DURATIONS}"
        sheet.error(node, message)
        return None


def read_step(sheet: Sheet, node: Node) -> Step:
    """One step with its ways out."""
    of = sheet.mapping(node, STEP_KEYS, REQUIRED_STEP_KEYS)
    actors, same_as = _actor(sheet, of.get("actor"))
    row = of.get("row")
    return Step(
        key=sheet.key(of.get("key")),
        row=None if row is None or is_null(row) else sheet.text(row, most=20),
        activity=sheet.text(of.get("activity")),
        actors=actors,
        same_as=same_as,
        recorded_by=sheet.key(of.get("recorded_by")) or None,
        team=sheet.key(of.get("team")) or None,
        batch=sheet.key(of.get("batch")) or None,
        requirements=sheet.texts(of.get("requirements")),
        time=read_duration(sheet, of.get("time")),
        output=sheet.text(of.get("output")),
        remark=sheet.text(of.get("remark")),
        asks=sheet.texts(of.get("asks")),
        gives_up=_gives_up(sheet, of.get("gives_up")),
        deviation=sheet.text(of.get("deviation")),
        transitions=tuple(_transition(sheet, one) for one in sheet.items(of.get("transitions"))),
        line=line_of(node),
    )


def _actor(sheet: Sheet, node: Node | None) -> tuple[tuple[str, ...], str | None]:
    """The roles that act, or the step whose last post acts."""
    if isinstance(node, MappingNode):
        of = sheet.mapping(node, ("same_as",), ("same_as",))
        return (), sheet.key(of.get("same_as")) or None
    if isinstance(node, SequenceNode):
        if not node.value:
            sheet.error(node, "Daftar pelaksana ini kosong. Tulis paling sedikit satu.")
        return sheet.keys(node), None
    return ((sheet.key(node),) if node is not None else ()), None


def _gives_up(sheet: Sheet, node: Node | None) -> GivesUp | None:
    if node is None:
        return None
    of = sheet.mapping(node, ("remind", "after", "to"))
    if ("after" in of) != ("to" in of):
        message = "`after` (sesudah berapa lama) dan `to` (ke mana) selalu ditulis berdua."
        sheet.error(node, message)
    if not of:
        message = "`gives_up` memerlukan `remind` (kapan diingatkan), atau `after` dan `to`."
        sheet.error(node, message)
    for one in of.values():
        if is_null(one):
            sheet.error(one, "Isinya kosong. Tulis isinya, atau hapus barisnya.")
    return GivesUp(
        remind=read_duration(sheet, of.get("remind")),
        after=read_duration(sheet, of.get("after")),
        to=_target(sheet, of["to"]) if "to" in of else None,
    )


def _target(sheet: Sheet, node: Node) -> Target:
    if isinstance(node, MappingNode):
        of = sheet.mapping(node, ("end",), ("end",))
        return Target(outcome=sheet.key(of.get("end")))
    return Target(step=sheet.key(node))


def _transition(sheet: Sheet, node: Node) -> Transition:
    with sheet.within(places.of_way(sheet.peek(node, "label"))):
        return _way(sheet, node)


def _way(sheet: Sheet, node: Node) -> Transition:
    of = sheet.mapping(node, TRANSITION_KEYS, REQUIRED_TRANSITION_KEYS)
    action = Action(sheet.code(of.get("action"), ACTIONS, Action.FORWARD))
    return Transition(
        key=sheet.key(of["key"]) if "key" in of else str(action),
        action=action,
        label=sheet.text(of.get("label"), most=300),
        to=_target(sheet, of["to"]) if "to" in of else Target(),
        when=_when(sheet, of.get("when")),
        choose=_choose(sheet, of.get("choose")),
        asks=sheet.texts(of.get("asks")),
        note=_note(sheet, action, of.get("note")),
        attach=Need(sheet.code(of.get("attach"), NEEDS, Need.NONE)),
        attach_label=sheet.text(of.get("attach_label"), most=300),
        effects=tuple(_effect(sheet, one) for one in sheet.items(of.get("effects"))),
        line=line_of(node),
    )


def _note(sheet: Sheet, action: Action, node: Node | None) -> Need:
    """What is typed beside the button; who returns or rejects always says why."""
    note = Need(sheet.code(node, NEEDS, Need.OPTIONAL))
    if action not in (Action.RETURN, Action.REJECT):
        return note
    if node is not None and note is not Need.REQUIRED:
        message = f"`{action}` selalu memerlukan catatan. Hapus baris ini, atau tulis `required`."
        sheet.error(node, message)
    return Need.REQUIRED


def _when(sheet: Sheet, node: Node | None) -> tuple[Condition, ...]:
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        sheet.error(node, "`when` ditulis `{isian: nilai}`, misalnya `{jenis: baru}`.")
        return ()
    names = tuple(str(key.value) for key, _ in node.value)
    of = sheet.mapping(node, names)
    return tuple(Condition(name=name, values=_values(sheet, one)) for name, one in of.items())


def _values(sheet: Sheet, node: Node) -> tuple[str, ...]:
    nodes = list(node.value) if isinstance(node, SequenceNode) else [node]
    if not nodes:
        sheet.error(node, "Daftar nilai ini kosong. Tulis paling sedikit satu.")
    return tuple(str(one.value) if is_flag(one) else sheet.text(one) for one in nodes)


def _choose(sheet: Sheet, node: Node | None) -> tuple[Choose, ...]:
    if node is None:
        return ()
    nodes = list(node.value) if isinstance(node, SequenceNode) else [node]
    found = tuple(one for each in nodes for one in _one_choice(sheet, each))
    kinds = [one.what for one in found]
    for what in dict.fromkeys(kinds):
        if kinds.count(what) > 1:
            sheet.error(node, f"`choose: {what}` ditulis dua kali. Hapus salah satunya.")
    return found


def _one_choice(sheet: Sheet, node: Node) -> tuple[Choose, ...]:
    if not isinstance(node, MappingNode):
        what = sheet.code(node, ("severity", "variant"), "")
        return (Choose(what=cast(What, what)),) if what else ()
    of = sheet.mapping(node, ("unit", "post"))
    if not of:
        sheet.error(node, "Tulis `unit: …`, `post: …`, `severity`, atau `variant` di sini.")
    return tuple(_choice(sheet, cast(What, what), one) for what, one in of.items())


def _choice(sheet: Sheet, what: What, node: Node) -> Choose:
    return Choose(what=what, options=_options(sheet, what, node))


def _options(sheet: Sheet, what: str, node: Node) -> tuple[str, ...]:
    """The units or roles named; none for `unit: any`."""
    if isinstance(node, SequenceNode):
        if not node.value:
            sheet.error(node, "Daftar pilihan ini kosong. Tulis paling sedikit satu.")
        return sheet.keys(node)
    one = sheet.key(node)
    if what == "unit" and one == "any":
        return ()
    return (one,) if one else ()


def _effect(sheet: Sheet, node: Node) -> Effect:
    """`number`, or `draft: surat-balasan`."""
    if not isinstance(node, MappingNode):
        name = sheet.code(node, tuple(EFFECTS), "")
        if name and EFFECTS[name] not in ("", "kind?"):
            sheet.error(node, f"`{name}` memerlukan isi. Tulis `{name}: {TAKES[EFFECTS[name]]}`.")
        return Effect(name=name)
    of = sheet.mapping(node, tuple(EFFECTS))
    if len(node.value) != 1:
        sheet.error(node, "Tulis satu akibat di satu butir: `- nama: isi`.")
    for name, value in of.items():
        return Effect(name=name, argument=_argument(sheet, name, value))
    return Effect(name="")


def _argument(sheet: Sheet, name: str, node: Node) -> str:
    takes = EFFECTS[name]
    if not takes:
        sheet.error(node, f"`{name}` ditulis tanpa isi. Hapus titik dua dan yang sesudahnya.")
        return ""
    if takes == "duration":
        return str(read_duration(sheet, node) or "")
    return sheet.key(node)
