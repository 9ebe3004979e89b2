"""YAML as it was typed: nodes with lines, texts as texts, and nothing that is not listed.

`yaml.compose` is used and not `load`, because YAML 1.1 would read `no`, `08:00` and `0711` as
something else than the paper says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from backoffice.workflow.findings import Finding, Level

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
QUOTES = "tanda kutip?"
MOST_NESTED = 40  # levels; the deepest pack has ten
PROBLEMS = (
    ("mapping values are not allowed", f"ada titik dua di dalam teks ({QUOTES})"),
    ("could not find expected ':'", "baris ini tidak berbentuk `kunci: isi`"),
    ("expected ',' or", f"kurung tidak ditutup, atau ada koma atau titik dua di teks ({QUOTES})"),
    ("found character '\\t'", "tab tidak dapat dipakai untuk menjorokkan baris; pakai spasi"),
    ("cannot start any token", f"teks tidak dapat dimulai dengan tanda ini ({QUOTES})"),
    ("expected <block end>", f"jorokan baris tidak sama dengan baris di atasnya, atau {QUOTES}"),
    ("unexpected end of stream", "tanda kutip yang dibuka tidak ditutup"),
    ("expected a single document", "satu berkas hanya memuat satu paket (tanpa `---` kedua)"),
)


class _Refused(yaml.MarkedYAMLError):
    """Something YAML allows and a pack does not; `problem` is already a sentence."""


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses anchors, aliases, tags and endless nesting."""

    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None):
            self._refuse("jangkar dan alias YAML (& dan *) tidak dipakai di paket", event)
        if getattr(event, "tag", None):
            self._refuse(f"tanda YAML `{event.tag}` tidak dipakai di paket ({QUOTES})", event)
        if self.depth >= MOST_NESTED:
            self._refuse("isi bersarang terlalu dalam", event)
        self.depth += 1
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    @staticmethod
    def _refuse(problem: str, event: Any) -> None:
        raise _Refused(None, None, problem, event.start_mark)


def compose(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The root node of the text; none, with the reason, where it is no YAML or empty."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except _Refused as refused:
        mark, problem = refused.problem_mark, refused.problem or ""
        return None, [Finding(file, _line(mark), Level.ERROR, problem)]
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        return None, [Finding(file, _line(mark), Level.ERROR, _worded(fault.problem or ""))]
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        return None, [Finding(file, line, Level.ERROR, "tanda yang tidak dapat dibaca")]
    if root is None:
        return None, [Finding(file, 1, Level.ERROR, "berkas ini kosong")]
    return root, cut_texts(root, text, file)


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark is not None else 1


def _worded(problem: str) -> str:
    for beginning, words in PROBLEMS:
        if beginning in problem:
            return words
    return f"bukan YAML yang benar: {problem} ({QUOTES})"


def cut_texts(root: Node, text: str, file: str) -> list[Finding]:
    """Warnings where `Loket #3` was cut at the `#`, which begins a comment."""
    lines = text.split("\n")
    found = []
    for node in scalars(root):
        mark = node.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        if node.style is None and re.match(r" #\S", rest):
            message = f"teks terpotong pada `#`: «{node.value}» ({QUOTES})"
            found.append(Finding(file, _line(mark), Level.WARNING, message))
    return found


def scalars(node: Node) -> Iterator[ScalarNode]:
    """Every scalar below a node, keys too."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for one in node.value:
            yield from scalars(one)
    else:
        for key, value in node.value:
            yield from scalars(key)
            yield from scalars(value)


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


def line_of(node: Node) -> int:
    """The line on which a node begins."""
    return _line(node.start_mark)


class Sheet:
    """One text being read: takes nodes apart strictly and keeps what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def error(self, node: Node, message: str) -> None:
        """Note an error at the line of the node."""
        self.findings.append(Finding(self.file, line_of(node), Level.ERROR, message))

    def mapping(
        self, node: Node, known: tuple[str, ...], required: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        """The entries of a mapping; unknown, repeated and missing keys are errors."""
        if not isinstance(node, MappingNode):
            self.error(node, f"di sini harus ada `kunci: isi` ({', '.join(known)})")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else ""
            if name in found:
                self.error(key, f"kunci `{name}` ditulis dua kali")
            elif name not in known:
                self.error(key, self._unknown(name, value, known))
            else:
                found[name] = value
        for name in required:
            if name not in found:
                self.error(node, f"kunci `{name}` belum ada")
        return found

    @staticmethod
    def _unknown(name: str, value: Node, known: tuple[str, ...]) -> str:
        near = get_close_matches(name, known, 1, 0.6)
        hint = f"; maksudnya `{near[0]}`?" if near else ""
        if isinstance(value, ScalarNode) and value.value == "" and value.style is None:
            hint += f"; bila ini bagian dari teks: {QUOTES}"
        return f"kunci `{name}` tidak dikenal{hint}"

    def items(self, node: Node | None) -> list[Node]:
        """The nodes of a list; none where there is nothing, an error where it is no list."""
        if node is None:
            return []
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.error(node, "di sini harus ada daftar ([…] atau baris-baris dengan -)")
        return []

    def text(self, node: Node | None, *, most: int = 0) -> str:
        """A text; an error where there is none, or it is longer than `most`."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.error(node, f"di sini harus ada teks ({QUOTES})")
            return ""
        if is_flag(node):
            self.error(node, f"di sini harus ada teks ({QUOTES})")
        if is_null(node) or not node.value.strip():
            self.error(node, "isi di sini kosong")
            return ""
        if most and len(node.value) > most:
            self.error(node, f"teks lebih panjang dari {most} huruf")
        return str(node.value)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.text(one) for one in self.items(node))

    def key(self, node: Node | None, *, most: int = 80) -> str:
        """A key: small letters and digits, joined by `-` or `_`."""
        text = self.text(node, most=most)
        if node is not None and text and KEY.fullmatch(text) is None:
            self.error(node, f"`{text}` bukan kunci: hanya huruf kecil, angka, - dan _")
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
            near = get_close_matches(text, allowed, 1, 0.6)
            hint = f"maksudnya `{near[0]}`?" if near else f"yang ada: {', '.join(allowed)}"
            self.error(node, f"`{text}` tidak dikenal; {hint}")
        return text if text in allowed else default

    def flag(self, node: Node | None) -> bool:
        """true or false; false where nothing is said."""
        if node is None:
            return False
        if isinstance(node, ScalarNode) and node.style is None and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.error(node, "di sini hanya true atau false")
        return False


def is_null(node: Node) -> bool:
    """Whether the node is a plain `null`."""
    return isinstance(node, ScalarNode) and node.style is None and node.value == "null"


def is_flag(node: Node) -> bool:
    """Whether the node is a plain `true` or `false`."""
    return isinstance(node, ScalarNode) and node.style is None and node.value in ("true", "false")
