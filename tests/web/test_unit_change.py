"""A case goes to another bidang: every old link of the bidang that had it leads nowhere at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from backoffice import storage
from backoffice.workflow import disposing
from backoffice.workflow.disposing import Order
from backoffice.workflow.engine import command
from models import Attachment, Disposition, Duty, Letter, LetterState, Office, User, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.factories import actor, after, make_case, post_of, user_of
from tests.unpacking import said
from tests.web.stage import CASE_VIEWS, INSIDE, TEXT, Stage, first
from tests.web.test_rights_matrix import ask, changed, screens

# Screens on which no case ever stands for anybody: the rights matrix looks at them.
STRUCTURE = (
    *("account", "bidang", "cuti", "hari-libur", "instansi", "jabatan", "mandat"),
    *("pelaksana", "pemangku", "pengguna", "persiapan", "sop", "static", "berkas"),
    *("permintaan-data", "proposal-qurban", "mulai", "panduan"),
)


def of_cases(rule: Rule) -> bool:
    """Whether a complaint might stand on that screen."""
    return rule.endpoint.partition(".")[0] not in STRUCTURE


class Moving(Stage):
    """A complaint before the Kabid of Rehsos, of which a Kasi of his has to report."""

    def __init__(self, app: Flask, office: Office) -> None:
        self.app, self.office = app, office
        self.story = walking.Story(
            unit="rehsos",
            columns={"subject": f"Perihal {INSIDE}", "summary": f"Uraian {INSIDE}"},
            party={"name": f"Fitri {INSIDE}", "address": f"Jalan {INSIDE}"},
        )
        self.case = make_case(office, "pengaduan", "disposisi-bidang", story=self.story)
        keys = {"ani": "petugas-pelayanan", "citra": "kadis"}
        self.users: dict[str, User] = {one: user_of(office, key) for one, key in keys.items()}
        files = app.extensions["settings"].files
        storage.keep(files, sha256(TEXT.encode()).hexdigest(), TEXT.encode())
        self.attach(self.case, user_of(office, "kabid-rehsos"))
        db.session.add(
            Letter(
                office=office,
                case=self.case,
                kind="surat-balasan",
                state=LetterState.DRAFT,
                fields={"penerima": "Fitri", "hal": f"Hal {INSIDE}", "isi": f"Isi {INSIDE}"},
                drafted_at=factories.NOW,
            )
        )
        db.session.commit()
        self.give()
        self.targets = dict(self.find())
        db.session.commit()

    def give(self) -> None:
        """The Kabid disposes to one Kasi and tells the other; his own words stay his to read."""
        to, told = (
            post_of(self.office, f"kasi-rehsos-{one}").id for one in ("anak", "disabilitas")
        )
        order = Order(to=(to,), lead=to, information=(told,), instructions="Mohon diperiksa")
        with command(self.case.id) as case:
            kabid = actor(self.office, "kabid-rehsos")
            disposing.give(case, actor=kabid, now=after(case, 1), order=order)

    def find(self) -> Iterator[tuple[str, int]]:
        """The rows of the case, and the desk from which it goes to the other bidang."""
        yield "susunan", post_of(self.office, "kabid-rehsos").id
        yield "surat", first(Letter, Letter.case_id == self.case.id)
        yield (
            "disposisi",
            first(
                Disposition,
                sa.and_(Disposition.case_id == self.case.id, Disposition.duty == Duty.REPORT),
            ),
        )
        yield "scan", 1
        yield "attachment", first(Attachment, Attachment.name == f"{INSIDE}.txt")

    def move(self) -> None:
        """Back to the Kepala Dinas, and from him to the other bidang."""
        walking.act(self.case.id, "return", now=after(self.case), story=self.story)
        other = walking.Story(unit="linjamsos")
        walking.act(self.case.id, "forward", now=after(self.case, 20), story=other)


@pytest.fixture
def stage(app: Flask, sekadau: Office) -> Moving:
    app.config["NOW"] = lambda: factories.NOW + timedelta(days=1)
    return Moving(app, sekadau)


def test_every_link_that_showed_the_case_to_the_old_bidang_shows_nothing_once_it_has_gone(
    app: Flask, stage: Moving
) -> None:
    clients = {}
    for post in ("kabid-rehsos", "kasi-rehsos-anak"):
        stage.users[post] = user_of(stage.office, post)
        clients[post] = stage.as_role(post)
    links = [(rule, method) for rule, method in screens(app) if of_cases(rule)]
    for client in clients.values():
        assert showing(stage, client, links) >= {
            "admin.index",
            "pengaduan.attachment",
            "pengaduan.details_view",
            "pengaduan.export_view",
            "pengaduan.index_view",
            "pengaduan.letter",
            "disposisi.index_view",
            "surat.details_view",
            "surat.index_view",
            "surat.word",
        }

    stage.move()

    before = stage.snapshot()
    for post, client in clients.items():
        for rule, method in links:
            answer = ask(stage, client, rule, method)
            where = (post, rule.endpoint, method)
            assert INSIDE.encode() not in said(answer), where
            slug, _dot, page = rule.endpoint.partition(".")
            its_own = (slug, page) in (("disposisi", "details_view"), ("surat", "details_view"))
            if page in ("attachment", "letter") or its_own or (slug, page) == ("surat", "word"):
                assert answer.status_code == 404, where
            chosen_none = page in ("action_view", "letters_view")  # says so and changes nothing
            if method == "POST" and slug in (*CASE_VIEWS, "surat") and not chosen_none:
                assert answer.status_code in (404, 409, 422), where
        for address in (f"/cari/?q={stage.case.number}", "/cari/?q=KENARI", "/"):
            assert INSIDE not in client.get(address).text
    assert changed(before, stage.snapshot()) == {}


def showing(stage: Moving, client: OfficeClient, links: Iterable[tuple[Rule, str]]) -> set[str]:
    """The screens that show the case now."""
    gets = [rule for rule, method in links if method == "GET"]
    return {one.endpoint for one in gets if INSIDE.encode() in said(ask(stage, client, one, "GET"))}


def test_what_the_old_bidang_was_to_report_ends_with_the_view(stage: Moving) -> None:
    stage.move()
    rows = db.session.scalars(
        sa.select(Disposition).where(Disposition.case_id == stage.case.id).order_by(Disposition.id)
    )
    open_rows = [one.to_post.key for one in rows if one.ended_at is None]
    assert open_rows == ["kabid-linjamsos"]
    desks = [one.post.key for one in stage.case.assignments if one.left_at is None]
    assert desks == ["kabid-linjamsos"]
