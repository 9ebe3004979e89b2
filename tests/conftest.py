"""The office of the tests: two databases, an application, a client, a browser."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session
from werkzeug.serving import make_server

from backoffice.config import Settings
from models import Office, db
from tests import factories, products, servers
from tests.client import OfficeClient
from tests.web import scenes

# What the machine cannot have is named, never skipped in silence: "postgresql,browser".
SKIP = set(os.environ.get("PARAF_TEST_SKIP", "").replace(",", " ").split())
# Fixtures that need a staffed database.
OFFICES = {"dukcapil", "sekadau", "ambon", "satpol", "sampang"}
# Debian's Chromium; the one that has no windows to draw takes half the time.
WINDOWLESS, WINDOWED = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
CHROMIUM = os.environ.get("CHROMIUM", WINDOWLESS if Path(WINDOWLESS).exists() else WINDOWED)
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# So do the folders of pytest, and what Chromium and LibreOffice keep while they run.
os.environ["TMPDIR"] = tempfile.tempdir = str(servers.quick_folder())

# A busy machine is no fault of the office.
hypothesis.settings.register_profile("office", deadline=None)
hypothesis.settings.load_profile("office")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that need rows run on both databases, unless marked `sqlite`; a browser sees one."""
    if "database" not in metafunc.fixturenames:
        return
    one = metafunc.definition.get_closest_marker("sqlite") or "page" in metafunc.fixturenames
    names = ["sqlite"] if one else ["sqlite", "postgresql"]
    skip = pytest.mark.skip("named in PARAF_TEST_SKIP")
    params = [pytest.param(name, marks=[skip] if name in SKIP else []) for name in names]
    metafunc.parametrize("database", params, indirect=True)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What stands now stands to the end; it need not be looked through for rubbish again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The rows of one SOP share what they begin with, and so come one after the other."""
    scenes.together(items)


@pytest.fixture(scope="session")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> servers.SQLite:
    """The file every SQLite test starts from."""
    return servers.SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[servers.PostgreSQL]:
    """A real PostgreSQL; the tests fail without one."""
    with servers.postgresql(servers.quick_folder()) as server:
        yield server


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of this test's own, staffed where an office is asked."""
    server = request.getfixturevalue(f"{request.param}_server")
    with server.fresh(staffed=bool(OFFICES & set(request.fixturenames))) as url:
        yield url


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """A demo installation whose passwords cost nothing."""
    return servers.settings_of(database, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The product. Forms need no token here; a test about tokens sets WTF_CSRF_ENABLED.

    It is the one of the test before, as it was when it was made: a test that adds an address to
    it or changes its screens makes one of its own.
    """
    with products.borrowed(settings) as app:
        yield app


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Any]]:
    """The rows, inside an application context."""
    with app.app_context():
        yield db.session


@pytest.fixture
def dukcapil(session: scoped_session[Any]) -> Office:
    """The Disdukcapil with its complaints of every scale."""
    return factories.office_of("disdukcapil")


@pytest.fixture
def sekadau(session: scoped_session[Any]) -> Office:
    """The Dinas Sosial Sekadau with its requests for data and its complaints."""
    return factories.office_of("dinsos-sekadau")


@pytest.fixture
def ambon(session: scoped_session[Any]) -> Office:
    """The Bagian Kesra Ambon with its qurban aid and its complaints."""
    return factories.office_of("kesra-ambon")


@pytest.fixture
def satpol(session: scoped_session[Any]) -> Office:
    """The Satpol PP with its direct and its indirect complaints."""
    return factories.office_of("satpol-pp")


@pytest.fixture
def sampang(session: scoped_session[Any]) -> Office:
    """The Dinas Sosial Sampang with its confidential complaints of families."""
    return factories.office_of("dinsos-sampang")


@pytest.fixture
def client(app: Flask) -> OfficeClient:
    """A browser in which nobody has logged in yet; `app.test_client()` is another one."""
    made = app.test_client()
    assert isinstance(made, OfficeClient)
    return made


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address at which the product answers a real browser."""
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium; the tests fail without it."""
    if "browser" in SKIP:
        pytest.skip("named in PARAF_TEST_SKIP")
    if not Path(CHROMIUM).exists():
        pytest.fail(f"there is no Chromium at {CHROMIUM}: install it, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, live_server: str) -> Iterator[Any]:
    """A window on the product; afterwards no script failed and the policy stopped nothing."""
    context = chromium.new_context(
        base_url=live_server,
        locale="id-ID",
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",  # a page that glides to its end keeps every click waiting
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
    )
    yield page
    context.close()
    assert complaints == []
