"""axe-core finds nothing wrong with any kind of page, on a phone or on a desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from flask import Flask

from models import Office, Post, ProcedureVersion, Role, User, db
from tests import factories

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OFFICE = ("/susunan-kantor/", "/susunan-kantor/meja/?id=1", "/laporan-bulanan/")
LISTS = ("/", "/pengaduan/", "/disposisi/", "/surat/", "/tidak-ada")
SETTINGS = ("/sop/", "/instansi/", "/bidang/", "/jabatan/", "/pengguna/", "/pemangku/")


def findings(window: Any, path: str) -> list[str]:
    """What axe-core has against the page at `path`, on a phone and on a desk."""
    found = []
    for width in (390, 1280):
        window.set_viewport_size({"width": width, "height": 900})
        window.goto(path)
        window.evaluate(AXE)
        answer = window.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        found += [
            f"{path} {width}: {one['id']}: {node['html'][:200]}"
            for one in answer["violations"]
            for node in one["nodes"]
        ]
    return found


@pytest.fixture
def everything(app: Flask, dukcapil: Office) -> User:
    """The head, who manages the office as well; cases at their first, third and sixth step."""
    # At noon: the cases have a morning behind them, which the monthly report tells.
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=3)
    head = factories.post_of(dukcapil, "kadis")
    head.capabilities = ["manage_office", "manage_sop", "see_office"]
    for step in (None, "pencatatan", "penyusunan"):
        factories.make_case(dukcapil, "pengaduan-umum", step)
    factories.make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    db.session.commit()
    return factories.user_of(dukcapil, "kadis")


@pytest.fixture
def window(page: Any, app: Flask, everything: User, live_server: str) -> Any:
    """The product in a browser in which the head is logged in."""
    cookie = app.test_client().log_in(everything).get_cookie("paraf")
    assert cookie is not None
    page.context.add_cookies([{"name": "paraf", "value": cookie.value, "url": live_server}])
    return page


def test_the_login_page(page: Any) -> None:
    assert findings(page, "/masuk") == []


def test_lists_and_plain_pages(window: Any) -> None:
    paths = (*LISTS, *OFFICE, *SETTINGS, "/hari-libur/", "/ganti-sandi")

    assert [one for path in paths for one in findings(window, path)] == []


def test_the_case_page_with_a_form_to_fill(window: Any, dukcapil: Office) -> None:
    window.goto("/pengaduan/")
    addresses = window.locator(".list .main a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )

    assert len(addresses) == 4
    assert [one for path in addresses for one in findings(window, path)] == []


def test_forms_and_records_of_the_settings(window: Any, dukcapil: Office) -> None:
    post = db.session.scalars(db.select(Post.id).where(Post.office == dukcapil)).first()
    sop = db.session.scalars(
        db.select(ProcedureVersion.id).where(ProcedureVersion.office == dukcapil)
    ).first()
    role = db.session.scalars(db.select(Role.id).where(Role.office_id == dukcapil.id)).first()
    paths = (
        "/persiapan/",
        "/mulai-di-tengah-tahun/",
        "/sop/new/",
        f"/pelaksana/edit/?id={role}",
        f"/instansi/edit/?id={dukcapil.id}",
        f"/instansi/pack/?id={dukcapil.id}",
        f"/jabatan/edit/?id={post}",
        f"/jabatan/details/?id={post}",
        f"/sop/details/?id={sop}",
        "/pengguna/new/",
    )

    assert [one for path in paths for one in findings(window, path)] == []


def test_the_pages_that_found_an_office(
    page: Any, app: Flask, dukcapil: Office, live_server: str
) -> None:
    root = User(username="root", name="Root", password_hash="!", system_admin=True)
    root.must_change_password = False
    empty = Office(key="baru", name=["Dinas Baru"], government="Kota Baru", timezone="Asia/Jakarta")
    db.session.add_all([root, empty])
    db.session.commit()
    cookie = app.test_client().log_in(root).get_cookie("paraf")
    assert cookie is not None
    page.context.add_cookies([{"name": "paraf", "value": cookie.value, "url": live_server}])
    paths = (
        "/",
        "/instansi/",
        "/instansi/new/",
        "/instansi/import/",
        f"/instansi/details/?id={empty.id}",
        f"/instansi/administrator/?id={empty.id}",
    )

    assert [one for path in paths for one in findings(page, path)] == []
