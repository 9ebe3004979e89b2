"""A day off that is announced late moves what is due; what was left keeps the moment it had."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from backoffice.workflow.recount import recount
from models import Assignment, Holiday, Office, db
from tests.factories import make_case


def local(desk: Assignment, office: Office) -> str:
    assert desk.due_at is not None
    return desk.due_at.astimezone(ZoneInfo(office.timezone)).strftime("%d %H.%M")


def test_a_holiday_that_is_added_moves_what_was_due_on_it(dukcapil: Office) -> None:
    # On the desk Senin 12 Januari 2026 for 1 hari kerja: Selasa 13; with Selasa off: Rabu 14.
    desk = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan").assignments[-1]
    assert local(desk, dukcapil) == "13 16.30"
    db.session.add(Holiday(office=dukcapil, day=date(2026, 1, 13), name="Cuti bersama"))
    db.session.flush()
    assert recount(dukcapil.id) == 1
    assert local(desk, dukcapil) == "14 16.30"


def test_without_a_change_nothing_moves(dukcapil: Office, sekadau: Office) -> None:
    for code, step in (("pengaduan-umum", "pengiriman"), ("pengaduan-besar", "pengiriman")):
        make_case(dukcapil, code, step)
    make_case(sekadau, "permintaan-data", "pertimbangan")
    assert (recount(dukcapil.id), recount(sekadau.id)) == (0, 0)
