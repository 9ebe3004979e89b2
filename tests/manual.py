"""docs/pack.md as its readers see it: its tables, its SOPs, and the office that its tables make."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from backoffice.workflow.office_definition import (
    CATEGORIES,
    OfficePack,
    PostPack,
    RolePack,
    UnitPack,
)
from views.office import FIVE_DAYS

PAGE = Path(__file__).parents[1] / "docs" / "pack.md"
Row = dict[str, str]


@cache
def text() -> str:
    """The whole page."""
    return PAGE.read_text(encoding="utf-8")


def chapter(heading: str) -> str:
    """What stands under a heading (of any depth), up to the next one."""
    found = re.search(
        rf"^#+ (?:[0-9.]+ )?{re.escape(heading)}(?: \([^\n]*\))?\n(.*?)(?=^#|\Z)",
        text(),
        re.DOTALL | re.MULTILINE,
    )
    assert found is not None, heading
    return found[1]


def sops() -> list[str]:
    """The SOPs that the page prints: the smallest, and the whole example."""
    return re.findall(r"^```yaml\n(.*?)^```$", text(), re.DOTALL | re.MULTILINE)


def rows(heading: str, number: int = 0) -> list[Row]:
    """A table under a heading: the cells of each row by the words above them."""
    tables = re.findall(r"(?:^\|.*\|\n)+", chapter(heading), re.MULTILINE)
    head, _rule, *lines = [cells(line) for line in tables[number].splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


def cells(line: str) -> list[str]:
    """The cells of one line of a table."""
    return [one.strip() for one in line.strip().strip("|").split("|")]


def quoted(words: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", words)


def keys(heading: str, number: int = 0) -> list[str]:
    """The keys in the first column of a table: `draft: <surat>` is draft."""
    first = [next(iter(row.values())) for row in rows(heading, number)]
    return [one.partition(":")[0] for cell in first for one in quoted(cell)]


def office() -> OfficePack:
    """The office as somebody who types these tables has it."""
    (kop,) = rows("Instansi")
    return OfficePack(
        key=kop["Kunci"],
        name=(kop["Nama, satu sampai tiga baris kop"],),
        government=kop["Pemerintah daerah"],
        address=kop["Alamat"],
        contacts=(),
        timezone="Asia/Jakarta",
        hours={day: tuple(spans) for day, spans in FIVE_DAYS.items()},
        special_hours=(),
        numbers={},
        statements=(),
        categories=CATEGORIES,
        units=tuple(
            UnitPack(key=row["Kunci dalam SOP"], name=row["Nama"]) for row in rows("Bidang")
        ),
        roles=tuple(
            RolePack(
                key=row["Kunci dalam SOP"],
                title=row["Nama dalam SOP"],
                outside=row["Di luar instansi"] == "ya",
            )
            for row in rows("Pelaksana dalam SOP")
        ),
        posts=tuple(post(row) for row in rows("Jabatan")),
    )


def post(row: Row) -> PostPack:
    """A post of the table, with the keys of its unit and role."""
    units = {one["Nama"]: one["Kunci dalam SOP"] for one in rows("Bidang")}
    roles = {one["Nama dalam SOP"]: one["Kunci dalam SOP"] for one in rows("Pelaksana dalam SOP")}
    return PostPack(
        key="-".join(row["Jabatan"].casefold().split()),
        title=row["Jabatan"],
        unit=units.get(row["Bidang"]),
        under="-".join(row["Atasan"].casefold().split()) or None,
        roles=(roles[row["Pelaksana dalam SOP"]],),
    )
