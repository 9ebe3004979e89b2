"""Nodes taken apart strictly: nothing that is not listed, and each fault with line and advice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from backoffice.workflow.composing import IF_TEXT, QUOTES, line_of
from backoffice.workflow.findings import Finding, Level
from backoffice.workflow.places import shortened

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MEANINGS = {  # what somebody must write under a key that is required
    "action": "tindakannya",
    "activity": "uraian kegiatan seperti di kertas",
    "actor": "pelaksananya",
    "code": "kode SOP ini",
    "component": "nama komponennya",
    "end": "hasil akhirnya",
    "fields": "isiannya",
    "government": "nama pemerintah daerahnya",
    "hours": "jam kerjanya",
    "key": "kuncinya",
    "kind": "jenis berkasnya",
    "label": "tulisan yang tampil",
    "name": "namanya",
    "number_code": "kode di nomor berkas",
    "numbers": "pola nomornya",
    "posts": "jabatannya",
    "roles": "pelaksana yang disebut SOP",
    "row": "nomor langkah di kertas, atau null",
    "steps": "langkah-langkahnya",
    "text": "isinya",
    "timezone": "zona waktunya",
    "title": "judulnya",
    "to": "ke langkah mana",
    "transitions": "jalan keluarnya",
    "type": "jenis isiannya",
}


def near(word: str, known: tuple[str, ...] | list[str]) -> str:
    """A question for the one among `known` that was probably meant, or what there is."""
    found = get_close_matches(word, known, 1, 0.6)
    if found:
        return f"Maksud Anda `{found[0]}`?"
    return f"Yang ada: {listed(known)}." if known else ""


def listed(names: tuple[str, ...] | list[str], most: int = 12) -> str:
    """Names for a sentence; of many only the first."""
    said = ", ".join(f"`{one}`" for one in names[:most])
    return said if len(names) <= most else f"{said}, …"


class Lines:
    """The line of every place of a text: `at("steps", 3, "asks")`."""

    def __init__(self, root: Node | None) -> None:
        self._lines: dict[tuple[str | int, ...], int] = {}
        if root is not None:
            self._note(root, (), line_of(root))

    def _note(self, node: Node, path: tuple[str | int, ...], line: int) -> None:
        self._lines.setdefault(path, line)
        if isinstance(node, SequenceNode):
            for index, one in enumerate(node.value):
                self._note(one, (*path, index), line_of(one))
        elif isinstance(node, MappingNode):
            for key, value in node.value:
                self._note(value, (*path, str(key.value)), line_of(key))

    def at(self, *path: str | int) -> int:
        """The line of that place, or of the nearest one around it that was written."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


class Sheet:
    """One text being read: takes nodes apart strictly and keeps what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._within: list[str] = []

    @contextmanager
    def within(self, place: str) -> Iterator[None]:
        """While this part is read, findings say that they are in it."""
        self._within.append(place)
        try:
            yield
        finally:
            self._within.pop()

    def error(self, node: Node, message: str) -> None:
        """Note an error at the line of the node."""
        where = ", ".join(one for one in self._within if one)
        self.findings.append(Finding(self.file, line_of(node), Level.ERROR, message, where))

    def mapping(
        self, node: Node, known: tuple[str, ...], required: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        """The entries of a mapping; unknown, repeated and missing keys are errors."""
        if not isinstance(node, MappingNode):
            message = f"Di sini harus ada `kunci: isi`. Kuncinya: {listed(known, len(known))}."
            self.error(node, message)
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else ""
            if name in found:
                advice = "Hapus salah satunya; bila di sini mulai butir baru, awali dengan `- `."
                self.error(key, f"Kunci `{name}` ditulis dua kali. {advice}")
            elif name not in known:
                self.error(key, self._unknown(name, value, known))
            else:
                found[name] = value
        return self._complete(node, found, required)

    def _complete(
        self, node: Node, found: dict[str, Node], required: tuple[str, ...]
    ) -> dict[str, Node]:
        """The entries without those that are empty; what must be there and is not is an error."""
        for name in required:
            if name in found and is_empty(found[name]):
                message = f"`{name}` masih kosong. Isi dengan {MEANINGS.get(name, 'isinya')}."
                self.error(found.pop(name), message)
            elif name not in found:
                said = f" ({MEANINGS[name]})" if name in MEANINGS else ""
                message = f"Kunci `{name}` belum ada. Tambahkan baris `{name}: …`{said}."
                self.error(node, message)
        return found

    @staticmethod
    def _unknown(name: str, value: Node, known: tuple[str, ...]) -> str:
        said = f"Kunci `{shortened(name)}` tidak dikenal di sini."
        if is_empty(value):
            return f"{said} {near(name, known)} {IF_TEXT}"
        return f"{said} {near(name, known)}"

    def items(self, node: Node | None) -> list[Node]:
        """The nodes of a list; none where there is nothing, an error where it is no list."""
        if node is None:
            return []
        if isinstance(node, SequenceNode):
            return list(node.value)
        message = "Di sini harus ada daftar: `[satu, dua]`, atau tiap butir di baris sendiri"
        self.error(node, f"{message} yang dimulai dengan `- `.")
        return []

    def text(self, node: Node | None, *, most: int = 0) -> str:
        """A text; an error where there is none, or it is longer than `most`."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            message = "Di sini harus ada satu teks. Bila teksnya memuat koma, titik dua, atau"
            self.error(node, f"{message} kurung, {QUOTES}.")
            return ""
        if is_flag(node):
            self.error(node, f"`{node.value}` bukan teks. Bila memang itu tulisannya, {QUOTES}.")
        if is_null(node) or not node.value.strip():
            self.error(node, "Isinya kosong. Tulis isinya, atau hapus barisnya.")
            return ""
        if most and len(node.value) > most:
            message = f"Teks ini {len(node.value)} huruf; paling panjang {most}. Ringkaskan."
            self.error(node, message)
        return str(node.value)

    def peek(self, node: Node, key: str) -> str:
        """What is written under a key, unjudged; empty where nothing is."""
        pairs = node.value if isinstance(node, MappingNode) else []
        found = (one for name, one in pairs if name.value == key and isinstance(one, ScalarNode))
        one = next(found, None)
        return "" if one is None or is_null(one) else str(one.value)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.text(one) for one in self.items(node))

    def key(self, node: Node | None, *, most: int = 80) -> str:
        """A key: small letters and digits, joined by `-` or `_`."""
        text = self.text(node, most=most)
        if node is not None and text and KEY.fullmatch(text) is None:
            message = f"`{shortened(text)}` tidak dapat menjadi kunci: hanya huruf kecil, angka,"
            self.error(node, f"{message} `-` dan `_`. {as_key(text)}".rstrip())
        return text

    def keys(self, node: Node | None) -> tuple[str, ...]:
        """A list of keys."""
        return tuple(self.key(one) for one in self.items(node))

    def code(self, node: Node | None, allowed: tuple[str, ...], default: str) -> str:
        """One of the codes allowed here."""
        if node is None:
            return default
        text = self.text(node)
        if text and text not in allowed:
            message = f"`{shortened(text)}` tidak dikenal di sini. {near(text, allowed)}"
            self.error(node, message)
        return text if text in allowed else default

    def flag(self, node: Node | None) -> bool:
        """true or false; false where nothing is said."""
        if node is None:
            return False
        if is_flag(node):
            return bool(node.value == "true")
        self.error(node, "Tulis `true` (ya) atau `false` (tidak) di sini.")
        return False


def as_key(text: str) -> str:
    """A key that might be meant by a text, as advice; empty where none comes of it."""
    made = "-".join(re.findall(r"[a-z0-9]+", text.casefold()))
    return f"Misalnya `{made[:40]}`." if made else ""


def is_empty(node: Node) -> bool:
    """Whether nothing is written at all."""
    return isinstance(node, ScalarNode) and node.style is None and node.value == ""


def is_null(node: Node) -> bool:
    """Whether the node is a plain `null`."""
    return isinstance(node, ScalarNode) and node.style is None and node.value == "null"


def is_flag(node: Node) -> bool:
    """Whether the node is a plain `true` or `false`."""
    return isinstance(node, ScalarNode) and node.style is None and node.value in ("true", "false")
