"""A part of a template as a program: texts that stand, and what each letter puts between them.

`backoffice.letters.building` makes it once from the XML; running it joins strings and knows
nothing of XML any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from .cleaning import Row, Value, Values, is_empty, written, written_each

PARAGRAPH, TABLE, OTHER = "p", "tbl", "sdt"
NO_ROW: Row = {}


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """Where a value is printed; `tag`, `place` and `sentence` are for whoever must mend it."""

    name: str
    column: str | None
    prefix: str
    tag: str
    place: str
    sentence: str


class Filling:
    """One letter being filled: its values, and what was found missing on the way."""

    __slots__ = ("_texts", "drawing", "missing", "pictures", "values")

    def __init__(self, values: Values, pictures: Mapping[str, bytes | None], drawing: int) -> None:
        self.values = values
        self.pictures = pictures
        self.missing: list[Slot] = []
        self.drawing = drawing  # the number the last picture of the file got
        self._texts: dict[tuple[str, str], str] = {}

    def text(self, slot: Slot, row: Row) -> str:
        """What stands in the slot; nothing, and a note of it, where nobody gave the value."""
        if slot.column is not None:
            value: Value = row.get(slot.column)
            return written(value, slot.prefix) if isinstance(value, str) else self._lacks(slot)
        key = (slot.name, slot.prefix)
        known = self._texts.get(key)
        if known is None:
            value = self.values.get(slot.name)
            if not isinstance(value, str):
                return self._lacks(slot)
            known = self._texts[key] = written(value, slot.prefix)
        return known

    def rows(self, name: str) -> Sequence[Row]:
        """The rows of a list; none where it is none."""
        value = self.values.get(name)
        return () if value is None or isinstance(value, str) else value

    def _lacks(self, slot: Slot) -> str:
        self.missing.append(slot)
        return ""


class Node(Protocol):
    """A piece of a program."""

    def run(self, filling: Filling, row: Row, out: list[str]) -> None:
        """Write it for one letter."""


Piece = str | Slot | Node
Flow = tuple[Piece, ...]


def run(flow: Flow, filling: Filling, row: Row, out: list[str]) -> None:
    """Write one piece after the other."""
    for piece in flow:
        if isinstance(piece, str):
            out.append(piece)
        elif isinstance(piece, Slot):
            out.append(filling.text(piece, row))
        else:
            piece.run(filling, row, out)


def is_still(flow: Flow) -> bool:
    """Whether it is the same in every letter."""
    return all(isinstance(piece, str) for piece in flow)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The number of a picture in what repeats: no two of a file may have the same."""

    def run(self, filling: Filling, row: Row, out: list[str]) -> None:
        """The next one."""
        filling.drawing += 1
        out.append(str(filling.drawing))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row or paragraph for each row of a list."""

    name: str
    flow: Flow

    def run(self, filling: Filling, row: Row, out: list[str]) -> None:
        """Every row; rows of nothing but texts and columns are put together at one go."""
        rows = filling.rows(self.name)
        slots = [one for one in self.flow if isinstance(one, Slot) and one.column is not None]
        columns = [slot.column or "" for slot in slots]
        cells = [one.get(column) for one in rows for column in columns]
        if not slots or None in cells or not all(map(_is_flat, self.flow)):
            for one in rows:
                run(self.flow, filling, one, out)
        elif rows:
            form = "".join(self._form(filling)) * len(rows)
            texts = cast("list[str]", cells)
            out.append(form % tuple(written_each(texts, slots[0].prefix)))

    def _form(self, filling: Filling) -> Iterator[str]:
        """One row with `%s` for each column."""
        for piece in self.flow:
            if isinstance(piece, Slot) and piece.column is not None:
                yield "%s"
            else:
                text = filling.text(piece, NO_ROW) if isinstance(piece, Slot) else str(piece)
                yield text.replace("%", "%%")


def _is_flat(piece: Piece) -> bool:
    return isinstance(piece, str | Slot)


Condition = tuple[str, str | None]  # a field or a list, or a list and its column


@dataclass(frozen=True, slots=True)
class Gap:
    """What makes a paragraph go: one of these is empty, or one of these pictures is missing."""

    drops: tuple[Condition, ...] = ()
    pictures: tuple[str, ...] = ()

    def is_open(self, filling: Filling, row: Row) -> bool:
        """Whether it makes no sense in this letter."""
        for name, column in self.drops:
            if is_empty(row.get(column) if column is not None else filling.values.get(name)):
                return True
        return any(filling.pictures.get(name) is None for name in self.pictures)


@dataclass(frozen=True, slots=True)
class TableRow:
    """When nothing is left of a table row. `list`: the one for each of whose rows it is there.

    `gaps`: of everything that stands in it; none where something in it always stays.
    """

    list: str | None
    gaps: tuple[Gap, ...]

    def is_gone(self, filling: Filling, row: Row) -> bool:
        """Whether everything in it goes, in one row of its list."""
        return bool(self.gaps) and all(one.is_open(filling, row) for one in self.gaps)

    def leaves_nothing(self, filling: Filling, row: Row) -> bool:
        """The same for every row of its list."""
        rows = (row,) if self.list is None else filling.rows(self.list)
        return all(self.is_gone(filling, one) for one in rows)


@dataclass(frozen=True, slots=True)
class Line:
    """A table row that goes when all that stands in it goes."""

    flow: Flow
    rule: TableRow

    def run(self, filling: Filling, row: Row, out: list[str]) -> None:
        """The row, if something is left of it."""
        if not self.rule.is_gone(filling, row):
            run(self.flow, filling, row, out)


@dataclass(frozen=True, slots=True)
class Solid:
    """Blocks that are in every letter, with what stands between them."""

    flow: Flow
    first: str | None  # the kind of its first block, of its last
    last: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or table that is not in every letter.

    `gap`: what makes it go. `repeats`: the list of a paragraph that is there once for each row.
    `rows`: a table that goes when nothing is left of all these. `stays`: it is emptied rather than
    dropped; of a paragraph that is emptied `left` is what is left.
    """

    kind: str
    flow: Flow
    gap: Gap = Gap()
    repeats: str | None = None
    rows: tuple[TableRow, ...] = ()
    stays: bool = False
    left: str = ""

    def goes(self, filling: Filling, row: Row) -> bool:
        """Whether it is not there in this letter."""
        if self.rows:
            return all(one.leaves_nothing(filling, row) for one in self.rows)
        if self.repeats is not None:
            return all(self.gap.is_open(filling, one) for one in filling.rows(self.repeats))
        return self.gap.is_open(filling, row)

    def run(self, filling: Filling, row: Row, out: list[str]) -> None:
        """Itself; a repeating paragraph once for each row in which it makes sense."""
        if self.repeats is None:
            run(self.flow, filling, row, out)
            return
        for one in filling.rows(self.repeats):
            if not self.gap.is_open(filling, one):
                run(self.flow, filling, one, out)


@dataclass(frozen=True, slots=True)
class Box:
    """What holds blocks of which some may go: a cell, a text box, a header, the body.

    Where a cell or section needs a paragraph, or two tables would touch, the paragraph stays
    and is empty.
    """

    pieces: tuple[Solid | Block, ...]

    def run(self, filling: Filling, row: Row, out: list[str]) -> None:
        """The blocks that are there."""
        before: str | None = None
        for n, piece in enumerate(self.pieces):
            if isinstance(piece, Solid):
                run(piece.flow, filling, row, out)
                before = piece.last or before
            elif not piece.goes(filling, row):
                piece.run(filling, row, out)
                before = piece.kind
            elif piece.kind == PARAGRAPH and not self._lets_go(n, before, filling, row):
                out.append(piece.left)
                before = PARAGRAPH

    def _lets_go(self, at: int, before: str | None, filling: Filling, row: Row) -> bool:
        """Not a section's own paragraph, not the last of a cell, not what keeps tables apart."""
        block = self.pieces[at]
        if isinstance(block, Block) and block.stays:
            return False
        after = self._after(at, filling, row)
        if after is None:
            return before == PARAGRAPH
        return before is None or PARAGRAPH in (before, after)

    def _after(self, at: int, filling: Filling, row: Row) -> str | None:
        """The kind of the next block; a table without rows is no neighbour."""
        for piece in self.pieces[at + 1 :]:
            if isinstance(piece, Solid):
                if piece.first is not None:
                    return piece.first
            elif not (piece.rows and piece.goes(filling, row)):
                return piece.kind
        return None
