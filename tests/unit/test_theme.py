"""The look: one stylesheet, one script, one sprite, all small, all tokens, nothing forgotten."""

from __future__ import annotations

import gzip
import re
from itertools import chain
from pathlib import Path

import flask_admin
import pytest

import views
from views.icons import STATIC, asset, icon

ROOM = Path(views.__file__).parent
TEMPLATES = ROOM / "templates"
CSS = (STATIC / "paraf.css").read_text(encoding="utf-8")
SPRITE = (STATIC / "icons.svg").read_text(encoding="utf-8")
TOKENS = {  # the colours and sizes of the look
    "ink": "#12355b",
    "ink-dark": "#0b2440",
    "ink-soft": "#e6eef7",
    "blue": "#1452a0",
    "blue-dark": "#0d3d7c",
    "paper": "#f4f3ef",
    "line": "#dcd9d1",
    "line-strong": "#747a83",
    "text": "#18212b",
    "text-2": "#4a535f",
    "late": "#9c1c1c",
    "late-bg": "#fdecea",
    "today": "#764300",
    "today-bg": "#fff0d1",
    "later": "#1a4b77",
    "later-bg": "#e8f1f9",
    "wait": "#51446b",
    "wait-bg": "#f0edf6",
    "done": "#175c34",
    "done-bg": "#e3f3e8",
    "mark": "#fff7d6",
    "focus": "#0b57d0",
}


@pytest.mark.parametrize(
    ("name", "budget"), [("paraf.css", 36_000), ("paraf.js", 2_600), ("icons.svg", 3_300)]
)
def test_what_a_page_loads_stays_small(name: str, budget: int) -> None:
    assert (STATIC / name).stat().st_size <= budget


def test_all_of_it_together_weighs_less_than_a_photograph() -> None:
    whole = b"".join((STATIC / one).read_bytes() for one in ("paraf.css", "paraf.js", "icons.svg"))

    assert len(gzip.compress(whole)) <= 12_000


@pytest.mark.parametrize(("token", "value"), TOKENS.items())
def test_the_colours_are_those_of_the_paper(token: str, value: str) -> None:
    assert f"--{token}:{value};" in CSS.replace("}", ";")


def test_no_rule_has_a_colour_of_its_own() -> None:
    rules = CSS[CSS.index("*,::before") :]

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules) == []


def test_every_token_that_a_rule_names_is_there() -> None:
    given = set(re.findall(r"(--[a-z0-9-]+):", CSS))

    assert set(re.findall(r"var\((--[a-z0-9-]+)", CSS)) - given == set()


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in chain(STATIC.iterdir(), TEMPLATES.rglob("*.html")):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert re.findall(r"https?://|\burl\(|@import|@font-face", text) == [], path


def test_no_page_has_a_style_or_a_script_within() -> None:
    forbidden = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|data:|<script(?! src)", re.I)
    for path in TEMPLATES.rglob("*.html"):
        assert forbidden.findall(path.read_text(encoding="utf-8")) == [], path


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'id="([a-z]+)"', SPRITE))
    asked = {
        name
        for path in chain(TEMPLATES.rglob("*.html"), ROOM.rglob("*.py"))
        for name in re.findall(r"\bicon\(\"([a-z]+)\"", path.read_text(encoding="utf-8"))
    }

    assert {"late", "today", "later", "wait", "done", "info"} <= drawn
    assert asked - drawn == set()


def test_an_icon_is_hidden_from_who_listens_and_its_address_follows_its_content() -> None:
    assert 'aria-hidden="true"' in icon("late")
    assert f'href="{asset("icons.svg")}#late"' in icon("late")
    assert icon("late") is icon("late")


def test_every_template_that_flask_admin_may_ask_for_is_ours() -> None:
    theirs = Path(flask_admin.__file__).parent / "templates" / "bootstrap4" / "admin"
    left_out = {"static.html", "rediscli", "file", "modals"}  # screens and pop-ups we do not have
    wanted = {
        path.relative_to(theirs)
        for path in theirs.rglob("*.html")
        if not left_out & set(path.relative_to(theirs).parts)
    }

    assert {path for path in wanted if not (TEMPLATES / "admin" / path).exists()} == set()
