"""Every page for every job: axe-core finds nothing, nothing is wider than the screen, all is large
enough to press. See `tests.browser.looking` for how a page is looked at.

The pages of the rights matrix come first, each as who sees most of it; then the pages that differ
from job to job and from step to step; then the answers that are pages: a refused form, a list to
be confirmed, a case that went on without one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from backoffice import access, incoming
from backoffice.incoming import Arrival
from backoffice.letters import drafting, kept, many
from backoffice.workflow.engine import command
from models import Case, Job, JobState, Office, Recapitulation, User, db
from seed import walking
from tests import factories
from tests.browser.leaving import follow
from tests.browser.looking import enter, faults, faults_here
from tests.web.dispositions import Round, to
from tests.web.stage import ROLES, Stage
from tests.web.test_rights_matrix import screens, table

pytestmark = pytest.mark.browser
LONG = "Permohonan keterangan " + "yang sudah diminta berkali-kali " * 12
WORD = "Kependudukandanpencatatansipilkabupaten" * 3


@pytest.fixture(autouse=True)
def noon(app: Flask) -> None:
    """The cases have a morning behind them, which the monthly report tells."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=3)


def pages_of(stage: Stage) -> list[tuple[str, str]]:
    """Every page of the product: as whom, and where; people in the order of the matrix."""
    expected, found = table(), []
    clients = {role: stage.as_role(role) for role in ROLES}
    for rule, method in screens(stage.app):
        answered = expected[rule.endpoint, method]
        role = next((one for one in reversed(ROLES) if answered[one] == 200), "")
        if method == "GET" and role:
            answer = clients[role].get(stage.address(rule))
            if answer.mimetype == "text/html":
                found.append((role, stage.address(rule)))
            answer.close()
    return sorted(found, key=lambda one: ROLES.index(one[0]))


def test_every_page_as_whoever_sees_most_of_it(
    page: Any, app: Flask, dukcapil: Office, ambon: Office, live_server: str
) -> None:
    stage = Stage(app, dukcapil, ambon)
    pages = [*pages_of(stage), ("eka", "/naskah-surat/surat-balasan/")]  # with a version
    found, before = [], ""
    for role, path in pages:
        if role != before:
            enter(page, app, stage.users.get(role), live_server)
        before = role
        found += [f"{role} {one}" for one in faults(page, path)]

    assert "\n".join(found) == ""
    assert len(pages) > 55


class Visit:
    """One browser in which the people of several offices look at their pages in turn."""

    def __init__(self, page: Any, app: Flask, address: str) -> None:
        self.page, self.app, self.address = page, app, address
        self.found: list[str] = []

    def see(self, user: User | None, *paths: str) -> None:
        """Somebody opens these pages."""
        enter(self.page, self.app, user, self.address)
        for path in paths:
            self.found += [f"{user.name if user else ''} {one}" for one in faults(self.page, path)]

    def here(self) -> None:
        """The page that is open."""
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.found += [f"{self.page.url}: {one}" for one in faults_here(self.page)]

    def press(self, name: str) -> None:
        """Press the button of that name in the page."""
        follow(self.page.locator("main").get_by_role("button", name=name, exact=True).first)


@pytest.fixture
def visit(page: Any, app: Flask, live_server: str) -> Visit:
    """Nobody has come yet."""
    return Visit(page, app, live_server)


def where(case: Case, slug: str = "pengaduan") -> str:
    """The address of a case."""
    return f"/{slug}/details/?id={case.id}"


def test_the_pages_of_each_job_in_an_office(visit: Visit, dukcapil: Office) -> None:
    story = walking.Story(columns={"subject": LONG}, party={"name": WORD})
    stand = {
        "customer-service": factories.make_case(dukcapil, "pengaduan-umum"),
        "petugas-pengaduan": factories.make_case(dukcapil, "pengaduan-menengah", "penyusunan"),
        "kasubbag-umum": factories.make_case(dukcapil, "pengaduan-kecil", "arahan", story=story),
        "sekretaris": factories.make_case(dukcapil, "pengaduan-umum", "pemeriksaan"),
        "kadis": factories.make_case(dukcapil, "pengaduan-menengah", "pemeriksaan", story=story),
    }
    clerk = factories.actor(dukcapil, "customer-service")
    arrived = Arrival(received_on=factories.NOW.date(), sender=WORD[:200], subject=LONG[:500])
    letter = incoming.register(arrived, actor=clerk, now=factories.NOW)
    nobody = factories.make_user("tanpa-jabatan", office=dukcapil)
    db.session.commit()
    for post, case in stand.items():
        visit.see(factories.user_of(dukcapil, post), "/", where(case))
    visit.see(factories.user_of(dukcapil, "kadis"), "/periksa/", "/pengaduan/", "/tidak-ada")
    visit.see(factories.user_of(dukcapil, "customer-service"), where(stand["kadis"]), "/surat/")
    visit.see(
        factories.user_of(dukcapil, "kasubbag-umum"),
        f"/surat-masuk/details/?id={letter.id}",
        "/surat-masuk/new/",
        f"/rapat/new/?id={stand['kasubbag-umum'].id}",
    )
    visit.see(factories.user_of(dukcapil, "administrator"), "/", where(stand["kadis"]))
    visit.see(nobody, "/", "/pengaduan/")

    assert "\n".join(visit.found) == ""


def test_the_pages_of_teams_lists_and_families(
    visit: Visit, ambon: Office, sekadau: Office, satpol: Office, sampang: Office
) -> None:
    team = factories.make_case(ambon, "pengaduan", "analisis")
    factories.make_case(ambon, "bantuan-qurban", "rekapan")
    recap = db.session.scalar(db.select(Recapitulation.id).order_by(Recapitulation.id.desc()))
    member, keagamaan, kabag = (
        factories.user_of(ambon, one) for one in ("kasubbag-umum", "kasubbag-keagamaan", "kabag")
    )
    visit.see(member, where(team))
    visit.see(keagamaan, f"/rekapan/details/?id={recap}")
    visit.see(kabag, where(team), "/proposal-qurban/")
    data = factories.make_case(sekadau, "permintaan-data", "disposisi-bidang")
    visit.see(factories.user_of(sekadau, "kabid-rehsos"), "/", where(data, "permintaan-data"))
    visit.see(factories.user_of(sekadau, "petugas-pelayanan"), "/permintaan-data/new/")
    visit.see(factories.user_of(satpol, "petugas-piket"), "/", "/pengaduan/new/")
    family = factories.make_case(sampang, "pengaduan-puspaga")
    visit.see(factories.user_of(sampang, "petugas-sekretariat"), "/pengaduan/new/", where(family))

    assert "\n".join(visit.found) == ""


def test_the_answers_that_are_pages(visit: Visit, dukcapil: Office) -> None:
    head = factories.post_of(dukcapil, "kadis")
    head.capabilities = [*access.CAPABILITIES]
    db.session.commit()  # opening a case begins a transaction of its own
    draft = factories.make_case(dukcapil, "pengaduan-menengah", "penyusunan")
    letter = factories.make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    db.session.commit()
    page = visit.page
    page.goto("/masuk")
    page.get_by_label("Nama pengguna").fill("siapa")
    page.get_by_label("Kata sandi").fill("salah sama sekali")
    visit.press("Masuk")
    visit.here()

    visit.see(factories.user_of(dukcapil, "customer-service"))
    page.goto("/pengaduan/new/")
    visit.press("Catat pengaduan baru")
    visit.here()

    visit.see(factories.user_of(dukcapil, "petugas-pengaduan"))
    page.goto(where(draft))
    visit.press("Serahkan surat balasan untuk diperiksa")
    visit.here()

    visit.see(factories.user_of(dukcapil, "kadis"))
    page.goto("/pengaduan/")
    page.locator("[data-row]").first.check()
    follow(page.locator("#bulk button[name=action]").first)
    visit.here()
    for path in ("/jabatan/new/", "/pengguna/new/", "/pemangku/new/"):
        page.goto(path)
        visit.press("Simpan")
        visit.here()
    page.goto(where(letter))
    db.session.rollback()  # what it has read is old by now
    db.session.get_one(Case, letter.id).version += 1
    db.session.commit()
    visit.press("Setujui dan tanda tangani")
    visit.here()

    assert "\n".join(visit.found) == ""


def test_the_page_of_a_letter_from_the_draft_to_the_scan(visit: Visit, dukcapil: Office) -> None:
    story = walking.Story(
        columns={"subject": LONG}, letter={"hal": LONG, "penerima": WORD, "tembusan": WORD}
    )
    draft = factories.make_case(dukcapil, "pengaduan-umum", "penandatanganan", story=story)
    ready = factories.make_case(dukcapil, "pengaduan-umum", "pengiriman", story=story)
    sent = factories.make_case(dukcapil, "pengaduan-umum", "penerimaan", story=story)
    with command(draft.id) as locked:
        changed, by = {"isi": WORD}, factories.actor(dukcapil, "petugas-pengaduan")
        now = factories.after(locked)
        drafting.save_draft_letter(locked, "surat-balasan", changed, actor=by, now=now)
    pages = [f"/surat/details/?id={kept.letters_of(one.id)[0].id}" for one in (draft, ready, sent)]
    visit.see(factories.user_of(dukcapil, "petugas-pengaduan"), *pages, "/surat/")
    visit.see(factories.user_of(dukcapil, "customer-service"), pages[1])
    visit.see(factories.user_of(dukcapil, "kadis"))
    visit.page.goto(pages[1])
    visit.press("Unggah pindaian")
    visit.here()  # refused

    assert "\n".join(visit.found) == ""


def test_the_pages_that_found_an_office(visit: Visit, dukcapil: Office) -> None:
    root = User(username="root", name="Root", password_hash="!", system_admin=True)
    root.must_change_password = False
    empty = Office(key="baru", name=["Dinas Baru"], government="Kota Baru", timezone="Asia/Jakarta")
    db.session.add_all([root, empty])
    db.session.commit()
    visit.see(root, "/", f"/instansi/details/?id={empty.id}")
    visit.see(root, f"/instansi/administrator/?id={empty.id}", "/bantuan/")
    visit.page.goto("/instansi/new/")
    visit.press("Dirikan instansi")
    visit.here()

    assert "\n".join(visit.found) == ""


def test_the_pages_of_a_disposition_on_both_desks(
    visit: Visit, app: Flask, sampang: Office
) -> None:
    round_ = Round(app, sampang)
    visit.see(factories.user_of(sampang, "kadis"), round_.address)
    visit.press("Beri disposisi")
    visit.here()  # refused
    typed = {"instructions": LONG, "deadline_on": "2026-01-14"}
    round_.give("kadis", "kabid-pppa", ["kabid-rehsos"], **typed)
    round_.give("kabid-pppa", "petugas-puspaga", instructions=WORD)
    round_.press("kabid-rehsos", "report", to(sampang, "kabid-rehsos"), report=LONG)
    round_.wait(days=7)
    row = to(sampang, "petugas-puspaga")
    visit.see(factories.user_of(sampang, "kabid-pppa"), "/", round_.address, "/disposisi/")
    visit.see(
        factories.user_of(sampang, "kadis"), "/", round_.address, f"/disposisi/sheet/?id={row.id}"
    )

    assert "\n".join(visit.found) == ""


def test_letters_at_once_however_far_they_are(visit: Visit, dukcapil: Office) -> None:
    # A page that looks again by itself would do so while it is looked at.
    still = "const real = setTimeout; setTimeout = (act, ms) => ms === 3000 ? 0 : real(act, ms)"
    visit.page.add_init_script(still)
    head = factories.user_of(dukcapil, "kadis")
    case = factories.make_case(dukcapil, "pengaduan-menengah", "penyusunan")
    actor = factories.actor(dukcapil, "kadis")
    job = many.ask([case.id], "tanda-terima", "print", actor=actor, now=factories.NOW)
    db.session.commit()
    job_id = job.id
    broken = {"case": case.id, "number": case.number, "of": "complaint", "code": many.BROKEN}
    for state, failed in (
        (JobState.QUEUED, []),  # and nobody is at work
        (JobState.RUNNING, [broken]),
        (JobState.DONE, [broken]),  # nothing could be made
        (JobState.FAILED, [{"reason": LONG}]),
    ):
        row = db.session.get_one(Job, job_id)
        row.state, row.faults, row.seen_at, row.ended_at = state, failed, *[factories.NOW] * 2
        db.session.commit()
        visit.see(head, f"/pekerjaan/details/?id={job_id}")
    visit.see(head, "/pekerjaan/", "/pengaduan/letters/")
    assert "\n".join(visit.found) == ""
