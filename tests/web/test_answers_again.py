"""What was answered stands in the form again when a step is met a second time, of every sort."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.workflow.answers import storable
from backoffice.workflow.definition import Field, Option
from backoffice.workflow.vocabulary import FIELD_TYPES
from views.fields import plain
from views.pack_fields import field_for

OPTIONS = (Option(key="a", label="Ayam"), Option(key="b", label="Bebek"))
TYPED = {
    "text": ("Balai", "Balai"),
    "long_text": ("Balai\nlantai dua", "Balai\r\nlantai dua"),
    "date": ("2026-12-20", "2026-12-20"),
    "datetime": ("2026-12-20T19:00", "2026-12-20T19:00"),
    "number": ("7", "7"),
    "money": ("500000,50", "500.000,50"),
    "choice": ("b", "b"),
    "choices": ("b", "b"),
    "yes_no": ("false", "false"),
}


def asked(kind: str) -> Field:
    options = OPTIONS if kind.startswith("choice") else ()
    columns = tuple(asked(one) for one in TYPED) if kind == "table" else ()
    return Field(key=kind, label=kind, type=kind, options=options, columns=columns)


def form(kind: str, data: Any = None, typed: dict[str, str] | None = None) -> Any:
    made = type("OneField", (Form,), {"answer": field_for(asked(kind))})
    return made(MultiDict(typed) if typed else None, data={"answer": data})


def shown(html: str, kind: str) -> str:
    """The words by which a page says what was answered."""
    value = TYPED[kind][0]
    if kind.startswith("choice") or kind == "yes_no":
        mark = "checked" if kind == "choices" else "selected"
        return f'{mark} value="{value}"' if mark == "selected" else f"{mark} id"
    return value.replace("\n", "\r\n") if kind == "long_text" else value


pytestmark = pytest.mark.sqlite


def test_every_sort_of_field_is_tried() -> None:
    assert {*TYPED, "table"} == set(FIELD_TYPES)


@pytest.mark.parametrize("kind", TYPED)
def test_an_answer_stands_there_again(app: Flask, kind: str) -> None:
    with app.test_request_context():
        first = form(kind, typed={"answer": TYPED[kind][1]})
        assert first.validate()
        kept = storable(plain(first.answer))
        again = form(kind, data=kept)
        assert plain(again.answer) == plain(first.answer)
        assert shown(str(again.answer()), kind).splitlines()[0] in str(again.answer())


def test_a_row_of_a_table_stands_there_again(app: Flask) -> None:
    with app.test_request_context():
        typed = {f"answer.0.{kind}": value for kind, (_shown, value) in TYPED.items()}
        first = form("table", typed=typed)
        assert first.validate()
        kept = storable(plain(first.answer))
        again = form("table", data=kept)
        assert storable(plain(again.answer)) == kept
        page = str(again.answer())
        assert [kind for kind in TYPED if shown(page, kind).splitlines()[0] not in page] == []
