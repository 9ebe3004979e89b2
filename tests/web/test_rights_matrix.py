"""Every screen, every method, every role: what it answers, what it never tells, what it changes.

`rights.txt` has one line for each address and method: the status for each role, in the order of
`ROLES`. Ani took the case in, budi passed it on, citra has it; fajar is a section head of the
same office without the case, eka administers the office, dewi heads another one with every
capability, root is the system administrator, nobody has an account and no post.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from models import Office
from tests import factories
from tests.client import OfficeClient
from tests.web.stage import CASE_VIEWS, INSIDE, ROLES, STAFF, Stage

Key = tuple[str, str]
TABLE = Path(__file__).with_name("rights.txt")
MAY_SEE_THE_CASE = ("ani", "budi", "citra")
# Posting these with nothing but the key does what they say: they are pressed last, one by one.
DOES = {
    ("cuti.end", "POST"),
    ("mandat.delete_view", "POST"),
    ("naskah-surat.activate", "POST"),
    ("account.logout", "POST"),
    ("account.logout_everywhere", "POST"),
    ("hari-libur.delete_view", "POST"),
    ("instansi.drop_logo", "POST"),
    ("klasifikasi.delete_view", "POST"),
    ("pengguna.reset", "POST"),
    ("surat-masuk.archive", "POST"),
}


def table() -> dict[Key, dict[str, int]]:
    """The lines of the table."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            endpoint, method, *statuses = line.split()
            found[endpoint, method] = dict(zip(ROLES, map(int, statuses), strict=True))
    return found


def screens(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address of the product with every method it knows."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.endpoint):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


@pytest.fixture
def stage(app: Flask, dukcapil: Office, ambon: Office) -> Stage:
    """The office with its case, on the day of the factories."""
    app.config["NOW"] = lambda: factories.NOW
    return Stage(app, dukcapil, ambon)


def ask(stage: Stage, client: OfficeClient, rule: Rule, method: str) -> TestResponse:
    """Try an address with the row that belongs to it."""
    row = str(stage.targets["disposisi"])  # of the case, for who may see that
    data = {"id": str(stage.target(rule.endpoint)), "row": row} if method == "POST" else None
    answer = client.open(stage.address(rule), method=method, data=data)
    answer.get_data()
    answer.close()  # a file that was sent
    return answer


@pytest.mark.sqlite
def test_no_screen_is_missing_from_the_table_and_none_is_there_in_vain(app: Flask) -> None:
    assert {(rule.endpoint, method) for rule, method in screens(app)} == set(table())


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_answers_this_role_as_the_table_says_and_a_refusal_changes_nothing(
    app: Flask, stage: Stage, role: str
) -> None:
    expected = table()
    client = stage.as_role(role)
    before = stage.snapshot()
    wrong = {}
    for rule, method in screens(app):
        key = (rule.endpoint, method)
        if key in DOES and expected[key][role] < 400:
            continue
        answer = ask(stage, client, rule, method)
        if answer.status_code != expected[key][role]:
            wrong[key] = (answer.status_code, expected[key][role])
        if role not in MAY_SEE_THE_CASE:
            assert INSIDE.encode() not in answer.data, key
        if role != "eka":
            assert STAFF.encode() not in answer.data, key
    assert wrong == {}
    assert changed(before, stage.snapshot()) == {}


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows that are new or not as they were, by table."""
    found = {name: sorted({*before[name]} ^ {*after[name]}) for name in before}
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize("key", sorted(DOES))
def test_what_a_button_does_it_does_for_whom_the_table_says(
    app: Flask, stage: Stage, key: Key
) -> None:
    rule = next(rule for rule, method in screens(app) if (rule.endpoint, method) == key)
    for role, status in table()[key].items():
        if status < 400:
            stage.restore()
            assert ask(stage, stage.as_role(role), rule, "POST").status_code == status, role


def test_no_button_works_without_a_token(app: Flask, stage: Stage) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    before = stage.snapshot()
    for role in ("citra", "eka"):
        client = stage.as_role(role)
        for rule, method in screens(app):
            if method == "POST":
                assert ask(stage, client, rule, method).status_code == 400, rule.endpoint
    assert changed(before, stage.snapshot()) == {}


def test_a_case_of_one_kind_is_not_found_under_another(app: Flask, stage: Stage) -> None:
    client = stage.as_role("citra")
    for slug in CASE_VIEWS:
        status = client.get(f"/{slug}/details/?id={stage.case.id}").status_code
        assert (slug, status) == (slug, 200 if slug == "pengaduan" else 404)
