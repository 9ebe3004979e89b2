"""An office nobody here has heard of: founded, set up and set to work through its pages alone.

What is typed stands in docs/pack.md: its tables page by page, under the words of the boxes on
these pages, and its SOP. The cases go down every way of that SOP to an end, whatever it says.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import accounts
from backoffice.workflow.definition import GIVES_UP, OPINION, Procedure, Transition
from backoffice.workflow.engine import available_transitions
from backoffice.workflow.pack import read_procedure
from backoffice.workflow.team import awaited
from models import Case, Duty, Holiday, Notice, Office, Status, User, db
from seed import walking
from tests import manual
from tests.client import OfficeClient
from tests.factories import NOW, after
from tests.forms import fields_of, ticked_on
from tests.posting import posted
from views.rows import SLUGS

SECRET = "enam burung di kabel"


def sop_text() -> str:
    """The SOP that the office types on its page."""
    return manual.sops()[1]


# What somebody types wrongly, and on which line the page says so.
SLIPS = (
    ("actor: lurah", "actor: lura"),
    ("to: pengambilan", "to: pengambilann"),
    ("action: reject", "action: tolak"),
)
PAGES = {
    "Bidang": "/bidang/new/",
    "Pelaksana dalam SOP": "/pelaksana/new/",
    "Jabatan": "/jabatan/new/",
}


class Clock:
    """The office's clock: it goes on by itself, so that nobody presses twice at one moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Hands:
    """One person at a browser."""

    def __init__(self, app: Flask, username: str, password: str) -> None:
        client = app.test_client()
        assert isinstance(client, OfficeClient)
        self.client, self.username = client, username
        self.landed = self.enter(password)

    def enter(self, password: str) -> str:
        """Log in; with a temporary password choose one's own first. Where one is led."""
        data = {"username": self.username, "password": password}
        answer = self.client.post("/masuk", data=data)
        assert answer.status_code == 302
        place = self.client.get(answer.location)
        if place.status_code == 200:
            return str(answer.location)
        assert place.location.startswith("/ganti-sandi")
        chosen = {"old": password, "new": SECRET, "again": SECRET}
        answer = self.client.post(place.location, data=chosen)
        assert answer.status_code == 302
        return str(answer.location)

    def see(self, address: str) -> str:
        """A page; who was away for long logs in anew."""
        answer = self.client.get(address)
        if answer.status_code == 302 and answer.location.startswith("/masuk"):
            self.enter(SECRET)
            answer = self.client.get(address)
        assert answer.status_code == 200, address
        return answer.text

    def finds(self, address: str) -> bool:
        """Whether there is such a page for this person."""
        self.see("/")
        return self.client.get(address).status_code == 200

    def fill(self, address: str, /, **typed: Any) -> Any:
        """A form as it is shown, with something typed; a choice is named by its words."""
        page = self.see(address)
        chosen = {
            name: choice(page, name, value[0]) if isinstance(value, tuple) else value
            for name, value in typed.items()
        }
        answer = self.client.post(address, data=fields_of(page) | ticked_on(page) | chosen)
        assert answer.status_code in (200, 302), answer.text
        return answer

    def type(self, address: str, row: Mapping[str, str]) -> Any:
        """One row of the manual: what stands under each word goes into the box of that word."""
        page = self.see(address)
        boxes = boxes_on(page)
        assert set(row) <= set(boxes), set(row) - set(boxes)
        typed: dict[str, Any] = {}
        for words, value in row.items():
            name, sort = boxes[words]
            if value:
                typed[name] = (value,) if sort == "choice" else "y" if sort == "tick" else value
        return self.fill(address, **typed)


def boxes_on(page: str) -> dict[str, tuple[str, str]]:
    """The boxes of a form by their words: name, and whether one types, chooses or ticks."""
    found = {}
    for name, words in re.findall(r'<label for="([^"]+)">([^<]+?)\s*<span class="opt"', page):
        chosen = re.search(rf'<select[^>]*name="{name}"', page) is not None
        found[html.unescape(words)] = (name, "choice" if chosen else "text")
    for name, words in re.findall(r'<span class="label" id="([^"]+)-label">([^<]+?)\s*<', page):
        found[html.unescape(words)] = (name, "choice")
    tick = r'<label class="tick"><input[^>]*name="([^"]+)"[^>]*><span>([^<]+)</span>'
    for name, words in re.findall(tick, page):
        found[html.unescape(words)] = (name, "tick")
    return found


def choice(page: str, name: str, words: str) -> str:
    """The value of a choice in a select or among boxes, by its words."""
    if not words:
        return ""
    box = rf'name="{name}"[^>]*value="([^"]+)"[^>]*>\s*<label[^>]*>{re.escape(html.escape(words))}<'
    option = rf'<option[^>]*value="([^"]+)"[^>]*>{re.escape(html.escape(words))}</option>'
    found = re.search(box, page)
    if found is None:
        field = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
        assert field is not None, name
        found = re.search(option, field[0])
    assert found is not None, (name, words)
    return found[1]


def password_on(page: str) -> str:
    """The temporary password that a page shows."""
    found = re.search(r'class="password">([^<]+)<', page)
    assert found is not None
    return found[1]


@pytest.fixture
def clock(app: Flask) -> Clock:
    """Monday morning."""
    app.config["NOW"] = Clock(NOW)
    made: Clock = app.config["NOW"]
    return made


def found_office(app: Flask) -> Hands:
    """The system administrator founds the office; its administrator logs in."""
    accounts.create_system_admin("sistem", "Administrator Sistem", SECRET)
    root = Hands(app, "sistem", SECRET)
    assert root.landed == "/instansi/"
    (kop,) = manual.rows("Instansi")
    answer = root.type("/instansi/new/", kop)
    eka = Hands(app, f"admin.{kop['Kunci']}", password_on(answer.text))
    assert eka.landed == "/persiapan/"
    return eka


def set_up(app: Flask, eka: Hands) -> dict[str, Hands]:
    """Letterhead, units, roles, posts, people, holders, holidays; everybody by name."""
    office = db.session.scalars(sa.select(Office.id)).one()
    eka.type(f"/instansi/edit/?id={office}", {"Kontak": "Telepon: 0800-0000-012"})
    for heading, address in PAGES.items():
        for row in manual.rows(heading):
            eka.type(address, row)
    own = choice(eka.see("/pemangku/new/"), "post", "Administrator Aplikasi")
    top = next(row["Jabatan"] for row in manual.rows("Jabatan") if not row["Atasan"])
    eka.type(f"/jabatan/edit/?id={own}", {"Atasan": top})
    eka.fill("/hari-libur/new/", day="2026-11-10", name="Hari jadi kota")
    passwords = {}
    for row in manual.rows("Pengguna"):
        page = eka.type("/pengguna/new/", row | {"Boleh masuk": "ya"}).text
        passwords[row["Nama pengguna"]] = password_on(page)
    for row in manual.rows("Pemangku jabatan"):
        eka.type("/pemangku/new/", row)
    return {name: Hands(app, name, password) for name, password in passwords.items()}


def write_sop(eka: Hands) -> None:
    """Type the SOP with slips first, mend it, publish it."""
    for right, wrong in SLIPS:
        text = sop_text().replace(right, wrong, 1)
        line = next(n for n, one in enumerate(text.split("\n"), 1) if wrong in one)
        data = {"source_text": text, "do": "check"}
        page = eka.client.post("/sop/new/", data=data).text
        assert f"baris {line}" in page, (wrong, line)
        assert fields_of(page)["source_text"].rstrip() == text.rstrip()
    answer = eka.client.post("/sop/new/", data={"source_text": text, "do": "save"})
    draft = answer.location.rpartition("=")[2]
    refused = eka.client.post(
        f"/sop/publish/?id={draft}", data=fields_of(eka.see(f"/sop/publish/?id={draft}"))
    )
    assert refused.status_code == 422
    address = f"/sop/edit/?id={draft}"
    typed = fields_of(eka.see(address)) | {"source_text": sop_text(), "do": "save"}
    assert eka.client.post(address, data=typed).status_code == 302
    assert "Kantor belum dapat bekerja" in eka.see("/persiapan/")
    eka.fill(f"/sop/publish/?id={draft}")


# -- every way to an end ---------------------------------------------------------------------


def walks(sop: Procedure) -> Iterator[list[str]]:
    """Ways from the first step to an end, until every way out of every step was among them."""
    missing = {(step.key, key) for step in sop.steps for key in ways_out(sop, step.key)}
    while missing:
        step, key = min(missing, key=lambda one: (len(route(sop, one[0])), one))
        keys = [*route(sop, step), key, *to_an_end(sop, step, key)]
        missing -= set(passed(sop, keys))
        yield keys


def ways_out(sop: Procedure, step: str) -> list[str]:
    """The keys of the ways out of a step, with the one for who waits in vain."""
    waits = sop.step(step).gives_up
    given_up = [GIVES_UP] if waits is not None and waits.to is not None else []
    return [*(way.key for way in sop.step(step).transitions), *given_up]


def route(sop: Procedure, goal: str) -> list[str]:
    """The shortest way to a step."""
    return walking.path(sop, sop.first.key, goal)


def target(sop: Procedure, step: str, key: str) -> str | None:
    """The step to which a way leads; none at an end."""
    way, waits = sop.step(step).transition(key), sop.step(step).gives_up
    if way is not None:
        return way.to.step
    assert waits is not None
    assert waits.to is not None
    return waits.to.step


def to_an_end(sop: Procedure, step: str, key: str) -> list[str]:
    """The shortest way on to any end."""
    waiting: list[tuple[str | None, list[str]]] = [(target(sop, step, key), [])]
    for at, keys in waiting:
        if at is None:
            return keys
        waiting += [
            (target(sop, at, way.key), [*keys, way.key]) for way in sop.step(at).transitions
        ]
    raise AssertionError("lint promises an end")


def passed(sop: Procedure, keys: list[str]) -> Iterator[tuple[str, str]]:
    """The ways that a walk takes, each with its step."""
    at: str | None = sop.first.key
    for key in keys:
        assert at is not None
        yield at, key
        at = target(sop, at, key)


class Walker:
    """Runs cases through the pages, each as its people would."""

    def __init__(self, sop: Procedure, people: dict[str, Hands], clock: Clock) -> None:
        self.sop, self.people, self.clock = sop, people, clock
        self.slug = SLUGS[sop.kind]
        self.count = 0

    def run(self, keys: list[str]) -> Case:
        """One case down these ways."""
        self.count += 1
        story = walking.Story(
            columns={"subject": f"Peminjaman ke-{self.count}", "queue_number": f"A-{self.count}"},
            party={"name": f"Fitri Ke-{self.count}", "telephone": f"0800-{self.count:04}"},
        )
        story = walking.fitted(self.sop, keys, story, start=self.sop.first.key)
        case_id = self.open(story)
        for key in keys:
            self.act(case_id, key, story)
        self.tell(case_id)
        return fresh(case_id)

    def open(self, story: walking.Story) -> int:
        """Whoever may opens a case on the page of new ones."""
        address = f"/{self.slug}/new/"
        hands = next(one for one in self.people.values() if one.finds(address))
        answer = hands.fill(address, **dict(story.columns))
        return int(answer.location.rpartition("=")[2])

    def act(self, case_id: int, key: str, story: walking.Story) -> None:
        """Press the button on the page of the case, once everybody was told and heard."""
        self.tell(case_id)
        while awaited(fresh(case_id)):
            self.press(case_id, OPINION, story)
        if key == GIVES_UP:
            self.clock.now += timedelta(days=30)
        self.press(case_id, key, story)

    def press(self, case_id: int, key: str, story: walking.Story) -> None:
        """The form of one way, filled in with what it asks for."""
        case = fresh(case_id)
        self.clock.now = max(self.clock.now, after(case))
        duty = Duty.OPINION if key == OPINION else Duty.RESPONSIBLE
        actor = walking.actor_at(case, self.clock.now, duty=duty)
        way = next(one for one in self.offered(case, actor) if one.key == key)
        hands, data = self.people[actor.user.username], posted(case, way, actor, story)
        address = f"/{self.slug}/step/{key}/"
        assert address in hands.see(f"/{self.slug}/details/?id={case_id}")
        answer = hands.client.post(f"{address}?id={case_id}", data={"id": str(case_id), **data})
        assert answer.status_code == 302, (key, answer.text)

    def offered(self, case: Case, actor: Any) -> tuple[Transition, ...]:
        """The ways that the page offers."""
        return available_transitions(case, actor, self.clock.now)

    def tell(self, case_id: int) -> None:
        """Keep every promise to tell somebody."""
        promised = sa.select(Notice.id).where(Notice.case_id == case_id, Notice.told_at.is_(None))
        for notice in list(db.session.scalars(promised)):
            case = fresh(case_id)
            actor = walking.actor_at(case, self.clock.now)
            data = {
                "version": str(case.version), "notice": str(notice), "channel": "telepon",
                "note": "Diberi tahu lewat telepon",
            }  # fmt: skip
            address = f"/{self.slug}/notice/?id={case_id}"
            answer = self.people[actor.user.username].client.post(address, data=data)
            assert answer.status_code == 302, answer.text


def fresh(case_id: int) -> Case:
    """The case as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_new_office_types_its_sop_and_runs_a_case_down_every_branch(
    app: Flask, session: Any, clock: Clock
) -> None:
    eka = found_office(app)
    assert "Kantor belum dapat bekerja" in eka.see("/persiapan/")
    people = set_up(app, eka)
    write_sop(eka)
    page = eka.see("/persiapan/")
    assert "Kantor siap bekerja" in page
    assert "tag late" not in page
    sop, _findings = read_procedure(sop_text(), "naskah")
    assert sop is not None
    walker = Walker(sop, people, clock)
    taken = list(walks(sop))
    ended = [walker.run(keys) for keys in taken]
    assert {way for keys in taken for way in passed(sop, keys)} == {
        (step.key, key) for step in sop.steps for key in ways_out(sop, step.key)
    }
    assert {case.status for case in ended} == {Status.CLOSED}
    assert {case.outcome for case in ended} == {one.key for one in sop.outcomes}
    assert [case.number for case in ended] == [
        f"BALAI-2026-{n:04}" for n in range(1, len(taken) + 1)
    ]
    days = set(db.session.scalars(sa.select(Holiday.day)))
    assert {date(2026, 8, 17), date(2026, 11, 10)} < days
    assert db.session.scalars(sa.select(User).where(User.must_change_password)).all() == []
