"""YAML as it was typed: nodes with lines, or a sentence about what cannot be read.

`yaml.compose` is used and not `load`, because YAML 1.1 would read `no`, `08:00` and `0711` as
something else than the paper says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from yaml.nodes import Node, ScalarNode, SequenceNode

from backoffice.workflow.findings import Finding, Level

QUOTES = "apit teksnya dengan tanda kutip"
IF_TEXT = f"Bila ini bagian dari teks, {QUOTES}."
MOST_NESTED = 40  # levels; the deepest pack has ten
ROW = re.compile(r"\s*-?\s*row:\s*[\"']?([0-9A-Za-z.]{1,20})")
# Spaces that look like one and are none; they come along from a text that was copied.
ODD_SPACE = re.compile(r"^[ \t]*[\u00a0\u2000-\u200b\u202f\u205f\u3000]")
CURLY = re.compile("[“”\u2018\u2019]")
# What the parser says, what the office is told, and whether the fault began where it says so
# (a bracket that was opened) or where it was noticed.
PROBLEMS = (
    (
        "mapping values are not allowed",
        f"Ada titik dua di dalam teks, atau baris ini menjorok terlalu dalam. {QUOTES[0].upper()}"
        f"{QUOTES[1:]}, atau mulai kuncinya tepat di bawah kunci sebelumnya.",
        False,
    ),
    (
        "could not find expected ':'",
        f"Baris ini tidak berbentuk `kunci: isi`. {IF_TEXT}",
        True,
    ),
    (
        "expected ',' or",
        "Kurung `[` atau `{` tidak ditutup, atau teks di dalamnya memuat titik dua atau kurung. "
        f"Tutup kurungnya, atau {QUOTES}.",
        True,
    ),
    (
        "found character '\\t'",
        "Tab tidak dapat dipakai untuk menjorokkan baris. Ganti dengan spasi.",
        False,
    ),
    (
        "cannot start any token",
        f"Teks tidak dapat dimulai dengan tanda ini. {QUOTES[0].upper()}{QUOTES[1:]}.",
        False,
    ),
    (
        "expected <block end>",
        "Baris ini tidak sejajar dengan yang di atasnya, atau tanda kutipnya berhenti di tengah "
        "teks. Samakan jumlah spasi di depannya, atau apit seluruh teksnya.",
        False,
    ),
    (
        "found unexpected end of stream",
        "Tanda kutip yang dibuka di sini tidak ditutup.",
        True,
    ),
    (
        "sequence entries are not allowed",
        "Butir `- ` tidak dapat berdiri di baris kuncinya. Tulis di baris sendiri di bawahnya.",
        False,
    ),
    (
        "found unknown escape",
        "Garis miring terbalik mempunyai arti khusus di antara tanda kutip \". Pakai '…'.",
        False,
    ),
    (
        "expected the node content",
        f"Kurung penutup atau koma ini tidak mempunyai pembuka. Hapus, atau {QUOTES}.",
        False,
    ),
    (
        "found another document",
        "Satu naskah memuat satu SOP saja. Hapus baris `---` dan yang sesudahnya.",
        False,
    ),
    (
        "expected '<document start>'",
        "Satu naskah memuat satu SOP saja. Hapus baris `...` dan yang sesudahnya.",
        False,
    ),
)
OTHERWISE = (
    "Baris ini tidak dapat dibaca. Periksa jumlah spasi di depannya, kurung, dan tanda kutipnya. "
)


class _Refused(yaml.MarkedYAMLError):
    """Something YAML allows and a pack does not; `problem` is already a sentence."""


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses anchors, aliases, tags and endless nesting."""

    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None):
            problem = "Tanda `&` dan `*` (jangkar dan alias YAML) tidak dipakai di sini."
            self._refuse(f"{problem} {IF_TEXT}", event)
        if getattr(event, "tag", None):
            problem = "Tanda `!` di depan isi (tanda YAML) tidak dipakai di sini."
            self._refuse(f"{problem} {IF_TEXT}", event)
        if self.depth >= MOST_NESTED:
            self._refuse("Isinya bersarang terlalu dalam. Adakah kurung yang berlebih?", event)
        self.depth += 1
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    @staticmethod
    def _refuse(problem: str, event: Any) -> None:
        raise _Refused(None, None, problem, event.start_mark)


def compose(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The root node of the text; none, with the reason, where it is no YAML or empty."""
    if odd := _odd_spaces(text, file):
        return None, odd
    try:
        root = _root(text)
    except _Refused as refused:
        return None, [_unread(text, file, _line(refused.problem_mark), refused.problem or "")]
    except yaml.MarkedYAMLError as fault:
        line, words = _worded(fault)
        return None, [_unread(text, file, line, words + _curly(text, line))]
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        message = "Ada tanda di baris ini yang tidak dapat dibaca. Hapus dan ketik ulang barisnya."
        return None, [_unread(text, file, line, message)]
    if root is None:
        return None, [Finding(file, 1, Level.ERROR, "Naskah ini masih kosong.")]
    return root, cut_texts(root, text, file)


def _odd_spaces(text: str, file: str) -> list[Finding]:
    """Lines that are indented by spaces which the eye does not tell from ordinary ones."""
    message = "Baris ini diawali spasi istimewa, biasanya dari Word. Hapus spasi di depannya dan"
    return [
        _unread(text, file, number, f"{message} ketik ulang.")
        for number, line in enumerate(text.split("\n"), 1)
        if ODD_SPACE.match(line)
    ]


def _curly(text: str, line: int) -> str:
    """A sentence more where somebody set a text in the quotes of Word."""
    lines = text.split("\n")
    if line > len(lines) or CURLY.search(lines[line - 1]) is None:
        return ""
    return ' Kutip “ ” dari Word bukan tanda kutip di sini: ketik ".'


@lru_cache(maxsize=32)
def _root(text: str) -> Node | None:
    """The root node; nobody changes it. A pack is read by lint, import, publishing and its page."""
    return yaml.compose(text, Loader=_Loader)


def _unread(text: str, file: str, line: int, message: str) -> Finding:
    """An error on a line that there is, with the step that is being written there."""
    lines = text.split("\n")
    line = min(line, len(lines))
    above = (found[1] for one in reversed(lines[:line]) if (found := ROW.match(one)))
    row = next(above, None)
    return Finding(file, line, Level.ERROR, message, f"Langkah {row}" if row else "")


def _worded(fault: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line and the sentence for what the parser says."""
    for beginning, words, began in PROBLEMS:
        if beginning in (fault.problem or ""):
            mark = fault.context_mark if began else None
            return _line(mark or fault.problem_mark), words
    return _line(fault.problem_mark or fault.context_mark), OTHERWISE + IF_TEXT


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark is not None else 1


def line_of(node: Node) -> int:
    """The line on which a node begins."""
    return _line(node.start_mark)


def cut_texts(root: Node, text: str, file: str) -> list[Finding]:
    """Warnings where `Loket #3` was cut at the `#`, which begins a comment."""
    lines = text.split("\n")
    found = []
    for node in scalars(root):
        mark = node.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        if node.style is None and re.match(r" #\S", rest):
            message = f"Teks terpotong pada `#`; yang terbaca hanya «{node.value}». Bila `#` bagian"
            message += f" dari teks, {QUOTES}."
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
