"""Whatever is typed into an SOP, lint answers with lines of it and never falls over."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from backoffice.workflow.definition import Procedure
from backoffice.workflow.lint import lint_source
from backoffice.workflow.lint_office import lint_office
from backoffice.workflow.office_definition import OfficePack
from backoffice.workflow.office_pack import read_office, read_office_source
from backoffice.workflow.pack import read_procedure, read_source

OFFICES = Path(__file__).parents[2] / "seed" / "offices"
SOPS = sorted(OFFICES.glob("*/procedures/*.yaml"))
FOLDERS = sorted(path.parent for path in OFFICES.glob("*/office.yaml"))
WORDS = (
    *("[]", "{}", "[a, b]", "{a: b}", "null", "true", "''", "-1", "1e999", "99999999999999999999"),
    *("\x07", "\x00", "\u2028", "😀", "ß" * 300, "*a", "&a b", "!x", "@x", "a: b", "- a", "'", '"'),
    *("9999 bulan", "0 hari", "1 hari kerja", "{end: selesai}", "{same_as: x}", "any", "[[[]]]"),
)
KEYS = ("😀: 1", "steps: []", "key: a", "[a]: b", "? a", "transitions:", "when: {a: []}", "row: 9")
Change = Callable[[random.Random, list[str]], None]


def drop(chance: random.Random, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines))]


def double(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines.insert(chance.randrange(len(lines)), lines[at])


def swap(chance: random.Random, lines: list[str]) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def indent(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((" ", "  ", "\t", "      ")) + lines[at]


def outdent(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at].replace("  ", "", 1)


def retype(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon}{chance.choice(WORDS)}"


def add(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    spaces = len(lines[at]) - len(lines[at].lstrip())
    lines.insert(at, " " * spaces + chance.choice(KEYS))


def cut(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]


def sprinkle(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    middle = chance.randrange(len(lines[at]) + 1)
    mark = chance.choice("[]{}:#&*!|>'\"%@`,-?\\\x01é")
    lines[at] = lines[at][:middle] + mark + lines[at][middle:]


def borrow(chance: random.Random, lines: list[str]) -> None:
    """The value of another line with the same key: it reads, and may contradict the rest."""
    at = chance.randrange(len(lines))
    key = lines[at].partition(": ")[0]
    lines[at] = chance.choice([one for one in lines if one.partition(": ")[0] == key])


CHANGES: tuple[Change, ...] = (
    drop,
    double,
    swap,
    indent,
    outdent,
    retype,
    add,
    cut,
    sprinkle,
    borrow,
)


def spoiled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        chance.choice((*CHANGES, borrow, borrow))(chance, lines)
        lines = lines or [""]
    return "\n".join(lines)


@cache
def office(folder: Path) -> OfficePack:
    found, findings = read_office((folder / "office.yaml").read_text("utf-8"), "office.yaml")
    assert found is not None, findings
    return found


@cache
def others(folder: Path) -> tuple[Procedure, ...]:
    paths = sorted((folder / "procedures").glob("*.yaml"))
    read = [read_procedure(path.read_text("utf-8"), path.stem)[0] for path in paths]
    return tuple(one for one in read if one is not None)


def lint(path: Path, text: str) -> None:
    folder = path.parent.parent
    source = read_source(text, path.stem)
    found = lint_source(
        source, office(folder), [one for one in others(folder) if one.code != path.stem]
    )
    judge(text, [(one.line, one.message) for one in found], read=source.procedure is not None)


def judge(text: str, found: list[tuple[int, str]], *, read: bool) -> None:
    assert read or found, text
    last = text.count("\n") + 1
    for line, message in found:
        assert 1 <= line <= last, (line, message, text)
        assert message[0].isupper() or message[0] in "`«0123456789", message
        assert message[-1] in ".?`", message


def test_a_spoiled_sop_is_answered_with_lines_of_it() -> None:
    for number, path in enumerate(SOPS):
        for seed in range(3):
            chance = random.Random(f"{number}-{seed}")
            lint(path, spoiled(path.read_text("utf-8"), chance))


def test_a_spoiled_office_is_answered_with_lines_of_it() -> None:
    for folder in FOLDERS:
        text = (folder / "office.yaml").read_text("utf-8")
        for seed in range(8):
            lint_spoiled_office(text, random.Random(seed))


def lint_spoiled_office(text: str, chance: random.Random) -> None:
    text = spoiled(text, chance)
    source = read_office_source(text, "office.yaml")
    found = [(one.line, one.message) for one in lint_office(source)]
    judge(text, found, read=source.office is not None)


@pytest.mark.long
def test_thousands_of_spoiled_sops_are_answered_with_lines_of_them() -> None:
    for seed in range(1_500):
        chance = random.Random(seed)
        path = chance.choice(SOPS)
        lint(path, spoiled(path.read_text("utf-8"), chance))
        lint_spoiled_office((chance.choice(FOLDERS) / "office.yaml").read_text("utf-8"), chance)
