"""Whatever the rules refuse, the screen can say in words."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import backoffice
from backoffice.errors import NotAllowed, Refusal
from backoffice.text import init_app
from views.wording import FIELD, PAGE, word, word_field

ROOT = Path(backoffice.__file__).parent


def refusals() -> set[type[Refusal]]:
    """Every kind of refusal that any rule can raise."""
    for module in pkgutil.walk_packages([str(ROOT)], "backoffice."):
        importlib.import_module(module.name)
    found, todo = set(), [Refusal]
    while todo:
        kind = todo.pop()
        found.add(kind)
        todo += kind.__subclasses__()
    return found


def words_of(node: ast.expr | None) -> Iterator[str]:
    """The texts an expression may stand for: "a", or "a" if … else "b"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from words_of(node.body)
        yield from words_of(node.orelse)


def field_codes(tree: ast.AST, names: set[str]) -> Iterator[str]:
    """The codes put above fields: in a refusal, in `faults[…] =`, or returned by a `…_fault`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            yield from codes_of_call(node, names)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("faults["):
            yield from words_of(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name.endswith("_fault"):
            for one in ast.walk(node):
                yield from words_of(one.value) if isinstance(one, ast.Return) else ()


def codes_of_call(call: ast.Call, names: set[str]) -> Iterator[str]:
    """The codes in Incomplete({field: code}) and Unfit(code)."""
    name, first = ast.unparse(call.func).rpartition(".")[2], call.args[0]
    if name == "Unfit":
        yield from words_of(first)
    elif name in names and isinstance(first, ast.Dict):
        for value in first.values:
            yield from words_of(value)
    elif name in names and isinstance(first, ast.DictComp):
        yield from words_of(first.value)


@pytest.fixture
def indonesian() -> Iterator[None]:
    app = Flask("words")
    init_app(app)
    with app.test_request_context():
        yield


def test_every_refusal_of_the_rules_has_its_sentence() -> None:
    codes = {kind.code for kind in refusals()}

    assert {"stale", "not_allowed", "wrong_login"} <= codes
    assert codes - PAGE.keys() == set()


def test_every_code_above_a_field_has_its_sentence() -> None:
    names = {kind.__name__ for kind in refusals()}
    codes = {
        code
        for path in ROOT.rglob("*.py")
        for code in field_codes(ast.parse(path.read_text(encoding="utf-8")), names)
    }

    assert {"required", "note_required", "attachment_macro", "password_short"} <= codes
    assert codes - FIELD.keys() == set()


@pytest.mark.usefixtures("indonesian")
def test_a_refusal_is_said_in_indonesian_with_its_values() -> None:
    class Waiting(Refusal):
        code = "too_many_tries"

    assert word(Waiting(seconds=8)) == "Terlalu banyak percobaan. Tunggu 8 detik, lalu coba lagi."
    assert word(NotAllowed()).startswith("SOP tidak memberi Anda tindakan ini")


@pytest.mark.usefixtures("indonesian")
def test_a_code_that_nobody_worded_still_says_that_nothing_changed() -> None:
    class Unheard(Refusal):
        code = "unheard_of"

    assert "Tidak ada yang berubah" in word(Unheard())
    assert word_field("unheard_of") == "Periksa lagi isian ini."
