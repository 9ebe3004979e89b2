"""`make bench`: load an archive, measure, print one table for each size and database."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from backoffice.app import create_app
from backoffice.config import Settings
from bench import pages, stock
from bench.load import load
from bench.measure import Figure, Job, take_turns
from bench.process import say
from models import db
from tests import servers

DATABASES = ("sqlite", "postgresql")
THIRD = 1 / 3
MOST_STATEMENTS, HEAVIEST = 15, 60_000


def main(arguments: list[str] | None = None) -> int:
    """Measure what was asked for; 1 when a list costs, asks or weighs too much."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000])
    parser.add_argument("--database", choices=DATABASES, nargs="+", default=["sqlite"])
    asked = parser.parse_args(arguments)
    kept = True
    for name in asked.database:
        for cases in asked.cases:
            with database(name) as (url, folder):
                kept &= run(name, url, folder, cases)
    return 0 if kept else 1


@contextmanager
def database(name: str) -> Iterator[tuple[str, Path]]:
    """A migrated, empty database, and a folder for files; both go afterwards."""
    with tempfile.TemporaryDirectory(prefix="paraf-bench-") as temporary:
        folder = Path(temporary)
        if name == "sqlite":
            with servers.SQLite(folder).fresh() as url:
                yield url, folder
        else:
            with servers.postgresql() as server, server.fresh() as url:
                yield url, folder


def run(name: str, url: str, folder: Path, cases: int) -> bool:
    """Load, measure, print; whether the lists keep their limits."""
    settings = Settings(
        database_url=url,
        secret_key="for the bench only, and long enough",  # noqa: S106 - it guards nothing
        data_dir=folder,
        hash_time=1,
        hash_memory=8,
    )
    app = create_app(settings, WTF_CSRF_ENABLED=False)
    begin = time.perf_counter()
    with app.app_context():
        load(cases, now=datetime.now(UTC))
    say(f"\n{name}, {cases:,} cases (loaded in {time.perf_counter() - begin:.0f} s)")
    figures = measured(app, stock.make_app(url, pages.OFFICE))
    with app.app_context():
        db.engine.dispose()
    return report(figures)


def measured(app: Flask, other: Flask) -> dict[str, Figure]:
    """Every figure of one archive."""
    head, desk, unit = (pages.browser(app, one) for one in (pages.HEAD, pages.DESK, pages.UNIT))
    foreign = other.test_client()
    with app.app_context():
        case_id, ids = pages.longest_case(), pages.newest_ids()
        waiting = [case.id for case in pages.waiting_cases()]
        bare = {
            "SQL daftar": pages.bare_list(ids),
            "SQL kotak kerja": pages.bare_inbox(pages.DESK),
            "SQL berkas": pages.bare_case(case_id),
            "SQL satu tindakan": pages.bare_action(waiting[0]),
        }
    pages_of = {
        "daftar, kepala dinas": pages.page(head, "/pengaduan/"),
        "daftar, petugas": pages.page(desk, "/pengaduan/"),
        "daftar, kepala bidang": pages.page(unit, "/pengaduan/"),
        "daftar, halaman 20": pages.page(head, "/pengaduan/?page=19"),
        "kotak kerja": pages.page(desk, "/"),
        "berkas": pages.page(head, f"/pengaduan/details/?id={case_id}"),
    }
    stock_of = {
        "Flask-Admin": pages.page(foreign, "/admin/stock/"),
        "Flask-Admin, tuned": pages.page(foreign, "/admin/tuned/"),
    }
    jobs = {name: Job(app, run) for name, run in {**bare, **pages_of}.items()}
    jobs |= {name: Job(other, run) for name, run in stock_of.items()}
    figures = take_turns(jobs, BESIDE)
    figures["satu tindakan"] = pages.act(app, pages.browser(app, pages.CHIEF))
    return figures


LISTS = ("daftar, kepala dinas", "daftar, petugas", "daftar, kepala bidang", "daftar, halaman 20")
BESIDE = {
    **dict.fromkeys((*LISTS, "Flask-Admin", "Flask-Admin, tuned"), "SQL daftar"),
    "kotak kerja": "SQL kotak kerja",
    "berkas": "SQL berkas",
}


def report(figures: dict[str, Figure]) -> bool:
    """Print the table and what was promised."""
    first = figures["Flask-Admin"].cpu
    say(f"{'page':24}{'SQL':>5}{'kB':>8}{'CPU ms':>9}{'bare ms':>9}{'x bare':>8}{'x stock':>9}")
    for figure in figures.values():
        if figure.beside:
            below = figures[figure.beside].cpu
            ratio = f"{figure.cpu / first:9.2f}" if figure.beside == "SQL daftar" else " " * 9
            say(
                f"{figure.name:24}{figure.statements:5}{figure.size / 1000:8.1f}{figure.cpu:9.1f}"
                f"{below:9.2f}{figure.cpu / below:8.0f}{ratio}"
            )
    share = figures[LISTS[0]].cpu / first
    most = max(figures[name].statements for name in LISTS)
    heaviest = max(figures[name].size for name in LISTS)
    say(f"first list page: {share:.2f} of the stock view's CPU (at most {THIRD:.2f} wanted)")
    say(f"lists: at most {most} statements ({MOST_STATEMENTS}), {heaviest:,} bytes ({HEAVIEST:,})")
    return share <= THIRD and most <= MOST_STATEMENTS and heaviest <= HEAVIEST


if __name__ == "__main__":
    sys.exit(main())
