"""The monthly report, counted on paper first.

The office works Monday to Friday 08.00-12.00 and 13.00-16.00 WIB; from 19 to 23 January 2026 (as in
Ramadan) 08.30-12.00 and 12.30-15.00; 1 and 16 January are days off. `terima` takes 1 jam, `balas`
2 hari kerja. All hours below are WIB; a month begins and ends at midnight there, 17.00 UTC.

    akta     30 Dec 09.00, terima -09.30, balas -2 Jan 10.00: finished on time, begun last month
    balik    5 Jan 08.00, terima -10.00 late, balas -6 Jan 10.00, returned, terima -10.30,
             balas -7 Jan 09.00: finished late
    malam    31 Dec 23.30: of December; at terima, due 2 Jan 09.00, to this day: late
    fajar    1 Jan 06.30 (31 Dec 23.30 UTC): of January; terima -2 Jan 08.45, balas -5 Jan 09.00
    akhir    31 Jan 23.30: of January; at terima, due 2 Feb 09.00: remains, not late yet
    besok    1 Feb 06.30 (31 Jan 23.30 UTC): of February
    batal    12 Jan 08.00, void 09.30 with the step overdue
    tarik    29 Dec 08.00, terima -09.00, balas, withdrawn 13 Jan 10.00
    gabung   14 Jan 08.00, joined to `induk` at 08.30
    induk    13 Jan 08.00, terima -08.50, balas due 15 Jan 16.00, to this day: late
    buku     taken over as finished: 5 Jan to 20 Jan, no step known
    alih     taken over at balas 22 Jan 08.00, came 1 Dec; finished 23 Jan 08.00, nothing late
    janji    19 Jan 08.30, promised for 27 Jan 16.00, terima -09.00, balas -28 Jan 10.00: late
    libur    15 Jan 14.30, terima -15.00, balas -19 Jan 09.00: finished on time, turned down
    rahasia  6 Jan, confidential: counted by nobody but its desk
    lama     finished 30 Dec on time: of December

January, the whole office: begun akta malam tarik alih = 4; came balik fajar akhir batal gabung
induk buku janji libur = 9; finished akta balik fajar buku alih janji libur = 7, of these on time
akta fajar libur = 3, late balik janji = 2, unknown buku alih = 2; left otherwise 1 + 1 + 1;
remaining malam akhir induk = 3 = 4 + 9 - 7 - 3, of these late malam induk = 2.

terima: balik 120 and 30 minutes, fajar 45, induk 50, janji 30, libur 30: the middle of 30 30 30 45
50 120 is 37 and a half; one late. balas: akta 5 h 30 + 7 h + 2 h = 870; balik 420 and 330; fajar
6 h 15 + 1 h = 435; alih 360; janji 5 h 30 + 4 x 6 h + 14 h + 2 h = 2730; libur 1 h + 30 min = 90:
the middle of 90 330 360 420 435 870 2730 is 420; none late.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from backoffice.actor import Person, person_of
from backoffice.figures.counting import Flow
from backoffice.figures.period import MonthMalformed, MonthToCome, Span, period_of
from backoffice.figures.sheet import Sheet, sheet_of
from models import (
    Case,
    CaseEvent,
    EventKind,
    Holiday,
    Post,
    ProcedureVersion,
    Status,
    VersionState,
    db,
)
from tests.town import Town

NOW = datetime(2026, 2, 10, 2, 0, tzinfo=UTC)
SOP = """\
code: kilat
title: Pengaduan kilat
kind: complaint
number_code: ADU
outcomes:
  - {key: selesai, label: Selesai}
  - {key: tolak, label: Ditolak}
steps:
  - key: terima
    row: 1
    activity: Petugas menerima
    actor: petugas
    time: 1 jam
    transitions:
      - {action: forward, label: Teruskan, to: balas}
  - key: balas
    row: 2
    activity: Petugas membalas
    actor: petugas
    time: 2 hari kerja
    transitions:
      - {action: close, label: Tutup, to: {end: selesai}}
      - {action: return, label: Kembalikan, to: terima, note: required}
"""


def wib(text: str) -> datetime:
    """`01-05 08:00` of 2026, `12-30 09:00` of 2025, by the office's clock."""
    year = 2025 if text.startswith("12") else 2026
    local = datetime.strptime(f"{year}-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    return local - timedelta(hours=7)


Stay = tuple[str, str, str | None, str]  # step, entered, left, due


class Books:
    """The office of the paper above."""

    def __init__(self) -> None:
        self.town = Town()
        office = self.town.office
        office.hours = {"mon-fri": ["08:00-12:00", "13:00-16:00"]}
        short = {"mon-fri": ["08:30-12:00", "12:30-15:00"]}
        office.special_hours = [{"from": "2026-01-19", "to": "2026-01-23", "hours": short}]
        for day in (1, 16):
            db.session.add(Holiday(office=office, day=date(2026, 1, day), name="Libur"))
        self.town.director.capabilities = ["see_office"]
        self.unit = self.town.desk.unit = self.town.unit("seksi")
        self.clerk = self.town.post("lain", self.town.director)
        self.sop = self.version(SOP)
        self.secret = self.version(SOP.replace("kilat", "senyap"), confidential=True)
        self.author = self.town.user("ani", self.town.desk)
        self.town.user("budi", self.clerk)  # or the director would stand in and see its cases
        self.fill()
        db.session.commit()

    def version(self, text: str, **more: Any) -> ProcedureVersion:
        """A published SOP."""
        code, title = (line.split(": ")[1] for line in text.splitlines()[:2])
        made = ProcedureVersion(
            office=self.town.office, code=code, title=title, version=1, kind="complaint",
            state=VersionState.PUBLISHED, source_text=text,
            sha256=sha256(text.encode()).hexdigest(), **more,
        )  # fmt: skip
        db.session.add(made)
        return made

    def case(self, opened: str, *stays: Stay, at: Post | None = None, **more: Any) -> Case:
        """A case with the stays of its story; with `closed` it ended then."""
        values = {"sop": self.sop, "step": stays[-1][0] if stays else "balas", **more}
        closed = values.pop("closed", None)
        if closed is not None:
            ended = {"status": Status.CLOSED, "outcome": "selesai", "closed_at": wib(closed)}
            values = {**ended, **values}
        case = self.town.case(opened_at=wib(opened), **values)
        for step, entered, left, due in stays:
            self.town.assign(
                case, at or self.clerk, step=step, entered_at=wib(entered),
                left_at=wib(left) if left else None, due_at=wib(due),
            )  # fmt: skip
        return case

    def fill(self) -> None:
        """The list above, in its order."""
        case, desk, unit = self.case, self.town.desk, self.unit
        case(
            "12-30 09:00", ("terima", "12-30 09:00", "12-30 09:30", "12-30 10:00"),
            ("balas", "12-30 09:30", "01-02 10:00", "01-02 16:00"),
            closed="01-02 10:00", at=desk, unit=unit, channel="surat",
        )  # fmt: skip
        back = case(
            "01-05 08:00", ("terima", "01-05 08:00", "01-05 10:00", "01-05 09:00"),
            ("balas", "01-05 10:00", "01-06 10:00", "01-07 16:00"),
            ("terima", "01-06 10:00", "01-06 10:30", "01-06 11:00"),
            ("balas", "01-06 10:30", "01-07 09:00", "01-08 16:00"),
            closed="01-07 09:00", at=desk, unit=unit, channel="datang",
        )  # fmt: skip
        # Somebody else might have acted at its first step, too: it is one stay all the same.
        self.town.assign(
            back, self.town.head, step="terima", entered_at=wib("01-05 08:00"),
            left_at=wib("01-05 08:05"), due_at=wib("01-05 09:00"),
        )  # fmt: skip
        case("12-31 23:30", ("terima", "12-31 23:30", None, "01-02 09:00"), channel="datang")
        case(
            "01-01 06:30", ("terima", "01-01 06:30", "01-02 08:45", "01-02 09:00"),
            ("balas", "01-02 08:45", "01-05 09:00", "01-06 16:00"), closed="01-05 09:00",
        )  # fmt: skip
        case("01-31 23:30", ("terima", "01-31 23:30", None, "02-02 09:00"))
        case("02-01 06:30", ("terima", "02-01 06:30", None, "02-02 09:00"))
        self.fill_otherwise_left()
        self.fill_hard_to_judge()

    def fill_otherwise_left(self) -> None:
        """Void, withdrawn, joined, and the one that goes on."""
        case = self.case
        case(
            "01-12 08:00", ("terima", "01-12 08:00", "01-12 09:30", "01-12 09:00"),
            closed="01-12 09:30", status=Status.VOID, outcome=None,
        )  # fmt: skip
        case(
            "12-29 08:00", ("terima", "12-29 08:00", "12-29 09:00", "12-29 09:00"),
            ("balas", "12-29 09:00", "01-13 10:00", "12-31 16:00"),
            closed="01-13 10:00", status=Status.WITHDRAWN, outcome=None,
        )  # fmt: skip
        main = case(
            "01-13 08:00", ("terima", "01-13 08:00", "01-13 08:50", "01-13 09:00"),
            ("balas", "01-13 08:50", None, "01-15 16:00"),
        )  # fmt: skip
        case(
            "01-14 08:00", ("terima", "01-14 08:00", "01-14 08:30", "01-14 09:00"),
            closed="01-14 08:30", outcome=None, joined_to_id=main.id,
        )  # fmt: skip

    def fill_hard_to_judge(self) -> None:
        """Taken over, promised as a whole, over a holiday, confidential, of the month before."""
        case, desk = self.case, self.town.desk
        for taken in (
            case("01-05 08:00", closed="01-20 10:00"),
            case(
                "12-01 08:00", ("balas", "01-22 08:00", "01-23 08:00", "01-26 16:00"),
                closed="01-23 08:00",
            ),
        ):  # fmt: skip
            event = CaseEvent(
                case=taken, seq=1, kind=EventKind.TAKEN_OVER, step="balas", user=self.author,
                post=desk, recorded_at=NOW, happened_at=taken.opened_at,
            )  # fmt: skip
            db.session.add(event)
        case(
            "01-19 08:30", ("terima", "01-19 08:30", "01-19 09:00", "01-19 09:30"),
            ("balas", "01-19 09:00", "01-28 10:00", "01-30 16:00"),
            closed="01-28 10:00", due_at=wib("01-27 16:00"),
        )  # fmt: skip
        case(
            "01-15 14:30", ("terima", "01-15 14:30", "01-15 15:00", "01-15 15:30"),
            ("balas", "01-15 15:00", "01-19 09:00", "01-20 15:00"),
            closed="01-19 09:00", outcome="tolak",
        )  # fmt: skip
        case("01-06 08:00", ("terima", "01-06 08:00", None, "01-06 09:00"), sop=self.secret)
        case(
            "12-30 08:00", ("balas", "12-30 08:00", "12-30 15:00", "01-02 16:00"),
            closed="12-30 15:00",
        )  # fmt: skip


@pytest.fixture
def books(app: Flask, session: Session) -> Books:
    """The office of the paper."""
    return Books()


def sheet(books: Books, post: Post, month: str = "2026-01", span: str = "") -> Sheet:
    """The report of a month as the holder of a post reads it on 10 February."""
    name = f"pembaca-{post.key}-{month}-{span}"
    reader: Person = person_of(books.town.user(name, post), NOW)
    period = period_of(month, span, zone="Asia/Jakarta", now=NOW)
    return sheet_of(reader, books.town.office, period)


def test_january_comes_out_as_it_was_counted_on_paper(books: Books) -> None:
    found = sheet(books, books.town.director)

    assert found.total == Flow(
        begun=4, came=9, finished=7, on_time=3, late=2, joined=1, withdrawn=1, void=1,
        remaining=3, overdue=2,
    )  # fmt: skip
    assert found.taken_over == 2
    assert found.by_unit[books.unit.id] == Flow(begun=1, came=1, finished=2, on_time=1, late=1)
    assert found.by_channel["datang"] == Flow(
        begun=1, came=1, finished=1, late=1, remaining=1, overdue=1
    )
    assert found.outcomes == {(books.sop.id, "selesai"): 6, (books.sop.id, "tolak"): 1}
    assert found.hidden == ["Pengaduan senyap"]
    assert set(found.by_version) == {books.sop.id}
    months = [(one.month.month, one.came, one.finished, one.on_time, one.late)
              for one in found.months[-2:]]  # fmt: skip
    assert months == [(12, 5, 1, 1, 0), (1, 9, 7, 3, 2)]

    received, answered = found.steps[books.sop.id, "terima"], found.steps[books.sop.id, "balas"]
    assert (received.visits, received.on_time, received.late) == (6, 5, 1)
    assert received.median == timedelta(minutes=37)
    assert sorted(time // timedelta(minutes=1) for time in answered.times) == [
        90, 330, 360, 420, 435, 870, 2730,
    ]  # fmt: skip
    assert (answered.median, answered.late) == (timedelta(minutes=420), 0)


def test_who_leads_a_unit_counts_the_unit_and_a_desk_what_came_to_it(books: Books) -> None:
    unit, desk = sheet(books, books.town.head), sheet(books, books.clerk)

    assert unit.total == Flow(begun=1, came=1, finished=2, on_time=1, late=1)
    # All but akta, balik and buku, and the confidential one that lies there and is late.
    assert (desk.total.begun, desk.total.came, desk.total.finished) == (3, 8, 4)
    assert (desk.total.remaining, desk.total.overdue) == (4, 3)


def test_february_begins_with_what_january_left_and_a_quarter_is_both(books: Books) -> None:
    month = sheet(books, books.town.director, "2026-02")
    quarter = sheet(books, books.town.director, "2026-02", Span.QUARTER)

    assert month.period.running
    assert month.total == Flow(begun=3, came=1, remaining=4, overdue=4)
    assert (quarter.total.begun, quarter.total.came, quarter.total.finished) == (4, 10, 7)
    assert quarter.total.remaining == 4


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-1", "0001-01", "9999-12", "januari", "2026-01-01"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(MonthMalformed):
        period_of(text, "", zone="Asia/Jakarta", now=NOW)


def test_a_month_begins_by_the_clock_of_the_office() -> None:
    just_before = datetime(2026, 2, 28, 16, 59, tzinfo=UTC)
    for zone, begun in (("Asia/Jakarta", False), ("Asia/Jayapura", True)):
        if begun:
            assert period_of("2026-03", "", zone=zone, now=just_before).running
        else:
            with pytest.raises(MonthToCome):
                period_of("2026-03", "", zone=zone, now=just_before)
