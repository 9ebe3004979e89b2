"""What differs from office to office is data: no rule and no page knows an SOP or office by name.

The names are read from the shipped packs: codes of SOPs, keys of offices and of steps. Looked
through are the literals of the code, of templates and of scripts; what a docstring tells as an
example decides nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("backoffice", "models", "views")
# Words of our own that some pack uses too: where, which, and what it means there.
OURS = {
    ("backoffice/app.py", "paraf"): "the product",
    ("backoffice/working.py", "paraf"): "the product",
    ("views/__init__.py", "paraf"): "the product",
    ("backoffice/letters/building.py", "paraf"): "the product",
    ("backoffice/letters/catalogue.py", "kelengkapan"): "a list in letter templates",
    ("backoffice/letters/catalogue.py", "paraf"): "a list in letter templates",
    ("backoffice/letters/catalogue.py", "pertimbangan"): "a field of letter templates",
    ("backoffice/letters/disposition_sheet.py", "lembar-disposisi"): "a paper",
    ("backoffice/letters/meeting_papers.py", "paraf"): "a list in letter templates",
    ("backoffice/letters/kind_fields.py", "paraf"): "a list in letter templates",
    ("backoffice/letters/kind_fields.py", "pertimbangan"): "a field of letter templates",
    ("backoffice/letters/paper_kinds.py", "kelengkapan"): "a list in letter templates",
    ("backoffice/letters/kinds.py", "lembar-disposisi"): "a paper",
    ("backoffice/letters/papers.py", "kelengkapan"): "a list in letter templates",
    ("backoffice/letters/papers.py", "paraf"): "a list in letter templates",
    ("backoffice/letters/specimens.py", "pertimbangan"): "a field of letter templates",
    ("backoffice/letters/suggesting.py", "pengaduan"): "what a letter is about, by kind of cases",
    ("backoffice/letters/values.py", "paraf"): "a list in letter templates",
    ("views/complaint.py", "pengaduan"): "the address of a kind of cases",
    ("views/data_request.py", "permintaan-data"): "the address of a kind of cases",
    ("views/rows.py", "pengaduan"): "the address of a kind of cases",
    ("views/rows.py", "permintaan-data"): "the address of a kind of cases",
    ("views/disposition.py", "disposisi"): "the address of a screen",
    ("views/disposition.py", "lembar-disposisi"): "a paper",
    ("views/meeting.py", "rapat"): "the address of a screen",
    ("views/templates/case/meetings.html", "rapat"): "the place on the page",
    ("views/templates/letter/_sending.html", "pengiriman"): "the place on the page",
    ("views/templates/disposition/tree.html", "disposisi"): "the place on the page",
    ("views/recapitulation.py", "rekapan"): "the address of a screen",
    ("views/monthly.py", "laporan"): "the name of a screen",
}


def names() -> set[str]:
    """Everything by which a shipped pack could be known."""
    found = set()
    for office in sorted((ROOT / "seed" / "offices").iterdir()):
        found.add(yaml.safe_load((office / "office.yaml").read_text("utf-8"))["key"])
        for path in sorted((office / "procedures").glob("*.yaml")):
            sop = yaml.safe_load(path.read_text("utf-8"))
            found |= {sop["code"], *(step["key"] for step in sop["steps"])}
    return found


def sources() -> Iterator[Path]:
    """Code, templates and scripts."""
    for room in ROOMS:
        for kind in ("py", "html", "js"):
            yield from sorted((ROOT / room).rglob(f"*.{kind}"))


def literals(path: Path) -> Iterator[str]:
    """The quoted words of a file."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        for pair in re.findall(r"'([^'\n]*)'|\"([^\"\n]*)\"", text):
            yield "".join(pair)
        return
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def named(literal: str, known: set[str]) -> set[str]:
    """The names in a literal: the whole of it, or within it one that can be nothing else."""
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", literal))
    return {one for one in known if one == literal or ("-" in one and one in words)}


@pytest.fixture(scope="module")
def found() -> set[tuple[str, str]]:
    """File and name, for every literal that is one."""
    known = names()
    return {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sources()
        for literal in literals(path)
        for name in named(literal, known)
    }


def test_no_rule_and_no_page_names_an_sop_an_office_or_a_step(found: set[tuple[str, str]]) -> None:
    assert found - set(OURS) == set()


def test_no_word_is_excused_that_stands_nowhere(found: set[tuple[str, str]]) -> None:
    assert set(OURS) - found == set()


def test_a_name_would_be_found() -> None:
    known = {"pengaduan-umum", "arahan"}
    assert named("arahan", known) == {"arahan"}
    assert named("Beri arahan", known) == set()
    assert named("step == pengaduan-umum", known) == {"pengaduan-umum"}
    assert named("pengaduan-umum-lain", known) == set()
