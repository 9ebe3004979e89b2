"""Every kind of page as a picture, on a desk and on a phone: `make pictures`.

The demo offices at a fixed moment, in a folder that goes away afterwards; one person after the
other logs in and looks at the pages of the day. All pictures lie in `build/pictures`; those that
README.md and docs/panduan.md show are made small and go to `docs/pictures`.
"""

from __future__ import annotations

import logging
import re
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from backoffice import schema
from backoffice.app import create_app
from backoffice.config import Settings
from backoffice.database import make_engine
from models import User, db
from seed import demo
from tests.browser.leaving import follow
from tests.client import OfficeClient
from tests.conftest import CHROMIUM, CHROMIUM_ARGS

ROOT = Path(__file__).parents[2]
MADE, SHOWN = ROOT / "build" / "pictures", ROOT / "docs" / "pictures"
NOW = datetime(2026, 1, 14, 10, 20, tzinfo=ZoneInfo("Asia/Jakarta"))  # a Wednesday
DESK, PHONE = 1280, 390  # pixels
HEIGHTS = {DESK: 860, PHONE: 844}
COLOURS = 96  # of a picture that is shown; a page has few
LONGEST = 2400  # pixels of a picture that is made; nobody looks at more


@dataclass(frozen=True)
class Stop:
    """A page to look at: who opens which address, which links are followed, what is unfolded."""

    name: str
    who: str
    path: str
    clicks: tuple[str, ...] = ()
    unfolds: str = ""


CASE = (".rows .what > a",)
ROW = (".list .main a",)
RETURNED = ".rows a:has-text('Nama anak pada akta kelahiran')"
SKIP = ".walk > a:last-child"
STOPS = (
    Stop("masuk", "", "/masuk"),
    Stop("loket-kotak-kerja", "customer-service.dukcapil", "/"),
    Stop("loket-catat", "customer-service.dukcapil", "/pengaduan/new/", unfolds=".counter summary"),
    Stop("loket-daftar", "customer-service.dukcapil", "/pengaduan/"),
    Stop("petugas-kotak-kerja", "petugas-pengaduan.dukcapil", "/"),
    Stop("petugas-berkas", "petugas-pengaduan.dukcapil", "/", CASE),
    Stop("petugas-surat", "petugas-pengaduan.dukcapil", "/surat/"),
    Stop("surat-perjalanan", "petugas-pengaduan.dukcapil", "/surat/?flt0_keadaan=sent", ROW),
    Stop("petugas-cari", "petugas-pengaduan.dukcapil", "/cari?q=ADU"),
    Stop("kasubbag-kotak-kerja", "kasubbag-umum.dukcapil", "/"),
    Stop("kasubbag-berkas", "kasubbag-umum.dukcapil", "/", CASE),
    Stop("kepala-kotak-kerja", "kadis.dukcapil", "/"),
    Stop("kepala-berkas", "kadis.dukcapil", "/", (RETURNED,)),
    Stop("kepala-periksa", "kadis.dukcapil", "/periksa/", (SKIP, SKIP)),
    Stop("kepala-daftar", "kadis.dukcapil", "/pengaduan/"),
    Stop("laporan-bulanan", "kadis.dukcapil", "/laporan-bulanan/"),
    Stop("susunan-kantor", "kadis.dukcapil", "/susunan-kantor/"),
    Stop("disposisi", "kabid-rehsos.sekadau", "/disposisi/"),
    Stop("kabid-berkas", "kabid-rehsos.sekadau", "/", CASE),
    Stop("sekadau-kepala", "kadis.sekadau", "/", CASE),
    Stop("rekapan", "kasubbag-keagamaan.kesra", "/rekapan/"),
    Stop("rekapan-isi", "kasubbag-kesra.kesra", "/rekapan/", ROW),
    Stop("tim-pendapat", "kasubbag-umum.kesra", "/"),
    Stop("satpol-kotak-kerja", "petugas-layanan.satpol", "/"),
    Stop("sampang-kotak-kerja", "admin-pengaduan.sampang", "/"),
    Stop("persiapan", "administrator.dukcapil", "/persiapan/"),
    Stop("mulai", "administrator.dukcapil", "/mulai-di-tengah-tahun/"),
    Stop("instansi", "administrator.dukcapil", "/instansi/", ROW),
    *(
        Stop(f"{slug}{end}", "administrator.dukcapil", f"/{slug}/", clicks)
        for slug in ("sop", "bidang", "pelaksana", "jabatan", "pengguna", "pemangku", "hari-libur")
        for end, clicks in (("", ()), ("-isi", ROW))
    ),
    Stop("pengguna-baru", "administrator.dukcapil", "/pengguna/new/"),
    Stop("sop-baru", "administrator.dukcapil", "/sop/new/"),
    Stop("paket", "administrator.dukcapil", "/instansi/pack/?id=1"),
    Stop("bantuan", "customer-service.dukcapil", "/bantuan/"),
    Stop("ganti-sandi", "administrator.dukcapil", "/ganti-sandi"),
    Stop("tidak-ada", "administrator.dukcapil", "/tidak-ada"),
    Stop("surat-masuk", "kasubbag-umum.dukcapil", "/surat-masuk/"),
    Stop("surat-masuk-isi", "kasubbag-umum.dukcapil", "/surat-masuk/", ROW),
    Stop("buku-agenda", "kasubbag-umum.dukcapil", "/buku-agenda/"),
    Stop("buku-agenda-isi", "kasubbag-umum.dukcapil", "/buku-agenda/", ROW),
    Stop("klasifikasi", "kasubbag-umum.dukcapil", "/klasifikasi/"),
    Stop("banyak-surat", "petugas-pengaduan.dukcapil", "/pengaduan/letters/"),
    Stop("permintaan-surat", "petugas-pengaduan.dukcapil", "/pekerjaan/"),
    Stop("kop", "administrator.dukcapil", "/instansi/kop/?id=1"),
    Stop("naskah-surat", "administrator.dukcapil", "/naskah-surat/"),
    Stop("naskah-surat-isi", "administrator.dukcapil", "/naskah-surat/surat-balasan/"),
    Stop("sistem-instansi", "sistem", "/instansi/"),
    Stop("sistem-dirikan", "sistem", "/instansi/new/"),
    Stop("sistem-impor", "sistem", "/instansi/import/"),
)


def shown_in(*texts: Path) -> set[str]:
    """The pictures that these texts show, without their folder."""
    found: set[str] = set()
    for text in texts:
        found |= set(re.findall(r"\]\([^)]*pictures/([\w-]+)\.png\)", text.read_text("utf-8")))
    return found


@contextmanager
def offices(folder: Path) -> Iterator[Flask]:
    """The demo as it stands at `NOW`, with a system administrator."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'paraf.db'}",
        secret_key="for the pictures only, and long enough",
        data_dir=folder,
        hash_time=1,
        hash_memory=8,
    )
    engine = make_engine(settings.database_url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(settings, TESTING=True, NOW=lambda: NOW)
    app.test_client_class = OfficeClient
    with app.app_context():
        demo.build(NOW)
        root = User(username="sistem", name="Eka Pengelola", password_hash="!", system_admin=True)
        root.must_change_password = False
        db.session.add(root)
        db.session.commit()
        yield app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which a browser finds the offices."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def enter(page: Page, app: Flask, username: str, address: str) -> None:
    """Let somebody be logged in, or nobody."""
    page.context.clear_cookies()
    if not username:
        return
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    client.log_in(db.session.scalars(db.select(User).where(User.username == username)).one())
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": address}])


def photograph(page: Page, stop: Stop, folder: Path) -> None:
    """The page of a stop, in both widths; whole, but not without end."""
    page.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})
    page.goto(stop.path)
    if stop.unfolds:
        page.locator(stop.unfolds).first.click()
    for one in stop.clicks:
        follow(page.locator(one).first)
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        whole = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
        name = folder / f"{stop.name}-{width}.png"
        clip = {"x": 0, "y": 0, "width": width, "height": max(whole, height)}
        page.screenshot(path=name, clip=clip, full_page=True)


def shrink(source: Path, target: Path, *, height: int) -> None:
    """The upper part of a picture, in few colours."""
    with Image.open(source) as picture:
        upper = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, height)))
    target.parent.mkdir(parents=True, exist_ok=True)
    upper.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def look(browser: Browser, app: Flask, stops: Sequence[Stop], folder: Path) -> None:
    """Visit the stops, one person after the other."""
    with served(app) as address:
        page = browser.new_context(base_url=address, locale="id-ID").new_page()
        for stop in stops:
            enter(page, app, stop.who, address)
            photograph(page, stop, folder)
            click.echo(stop.name)


@click.command()
@click.argument("names", nargs=-1)
def main(names: tuple[str, ...]) -> None:
    """Make the pictures, or those of NAMES."""
    stops = [one for one in STOPS if not names or one.name in names]
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for every icon
    MADE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, offices(Path(folder)) as app:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            look(browser, app, stops, MADE)
            browser.close()
        db.session.remove()
        db.engine.dispose()
    for name in sorted(shown_in(ROOT / "README.md", ROOT / "docs" / "panduan.md")):
        made = MADE / f"{name}.png"
        if made.exists():
            width = int(name.rpartition("-")[2])
            shrink(made, SHOWN / f"{name}.png", height=HEIGHTS[width])


if __name__ == "__main__":
    main()
