"""The register of outgoing letters: every number has its row, none twice, none missing."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import Any

import pytest
from sqlalchemy import func, select, text

from backoffice.app import create_app
from backoffice.config import Settings
from backoffice.database import begin_write
from backoffice.errors import Refusal
from backoffice.letters import drafting, register
from backoffice.letters.register import Wanted
from models import EntryState, Letter, Office, RegisterEntry, db
from tests import factories
from tests.factories import NOW

LONG = bool(os.environ.get("PARAF_TEST_LONG"))
HANDS, EACH = (8, 500) if LONG else (2, 12)


def entries() -> list[tuple[int, str, str, str]]:
    """Place, suffix, number and state of every row."""
    rows = db.session.scalars(
        select(RegisterEntry).order_by(RegisterEntry.year, RegisterEntry.n, RegisterEntry.suffix)
    )
    return [(one.n, one.suffix, one.number, one.state.value) for one in rows]


@pytest.mark.sqlite
def test_reserved_void_and_inserted_numbers_stay_in_the_book(ambon: Office) -> None:
    clerk = factories.actor(ambon, "kabag")
    letter = Wanted(classification="400.8.2.3", unit="KESRA", subject="Undangan")
    register.take(ambon, letter, actor=clerk, now=NOW)
    two = register.reserve(ambon, 2, reason="Surat di kertas", actor=clerk, now=NOW)
    register.use(two[0].id, letter, now=NOW)
    register.void(two[1].id, reason="Tidak jadi dikirim", now=NOW)
    for _ in range(2):
        register.insert(two[0].id, letter, actor=clerk, now=NOW)
    assert entries() == [
        (1, "", "400.8.2.3/1/KESRA", "used"),
        (2, "", "400.8.2.3/2/KESRA", "used"),
        (2, "a", "400.8.2.3/2.a/KESRA", "used"),
        (2, "b", "400.8.2.3/2.b/KESRA", "used"),
        (3, "", "3", "void"),
    ]
    assert register.gaps(ambon.id, 2026) == []


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{klasifikasi}/{urut}/{unit}", "000.8.3.4/1/UMUM"),
        ("{klasifikasi}/{urut:03}/{unit}/{bulan_romawi}/{tahun}", "000.8.3.4/001/UMUM/I/2026"),
        ("B-{urut}/{bulan}/{tahun}", "B-1/01/2026"),
    ],
)
def test_a_number_is_written_as_the_office_writes_it(
    ambon: Office, pattern: str, number: str
) -> None:
    ambon.numbers = {**ambon.numbers, "letter": pattern}
    wanted = Wanted(classification="000.8.3.4", unit="UMUM")
    entry = register.take(ambon, wanted, actor=factories.actor(ambon, "kabag"), now=NOW)
    assert entry.number == number


@pytest.mark.sqlite
def test_a_new_year_begins_with_one_at_midnight_of_the_office(ambon: Office) -> None:
    clerk = factories.actor(ambon, "kabag")
    midnight = datetime(2026, 12, 31, 15, tzinfo=UTC)  # 00:00 WIT on 1 January 2027
    for moment in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(days=1)):
        register.take(ambon, Wanted(), actor=clerk, now=moment)
    rows = db.session.execute(
        select(RegisterEntry.year, RegisterEntry.n).order_by(RegisterEntry.id)
    ).all()
    assert [tuple(one) for one in rows] == [(2026, 1), (2027, 1), (2027, 2)]


@pytest.mark.sqlite
def test_what_is_used_is_not_used_again_and_void_wants_a_reason(ambon: Office) -> None:
    clerk = factories.actor(ambon, "kabag")
    entry = register.take(ambon, Wanted(subject="Surat"), actor=clerk, now=NOW)
    refused: list[Any] = [
        lambda: register.use(entry.id, Wanted(subject="Lain"), now=NOW),
        lambda: register.void(entry.id, reason="  ", now=NOW),
        lambda: register.insert(entry.id, Wanted(), actor=clerk, now=NOW),
        lambda: register.reserve(ambon, 0, reason="Kertas", actor=clerk, now=NOW),
        lambda: register.reserve(ambon, 51, reason="Kertas", actor=clerk, now=NOW),
        lambda: register.reserve(ambon, 1, reason="", actor=clerk, now=NOW),
    ]
    for one in refused:
        with pytest.raises(Refusal):
            one()
    assert entries() == [(1, "", "1", "used")]


@pytest.mark.letters
def test_approval_takes_the_number_and_taking_it_back_voids_it(dukcapil: Office) -> None:
    case = factories.make_case(dukcapil, "pengaduan-kecil", "pemeriksaan")
    letter = drafting.current_letter(case)
    assert letter is not None
    assert letter.number is None
    head = factories.actor(dukcapil, "kadis")
    drafting.approve(letter, actor=head, now=NOW)
    assert letter.number == "000.8.3.4/1"
    drafting.take_back_approval(letter, reason="Persetujuan ditarik kembali", now=NOW)
    assert letter.number is None
    drafting.approve(letter, actor=head, now=NOW)
    assert letter.number == "000.8.3.4/2"
    assert entries() == [(1, "", "000.8.3.4/1", "void"), (2, "", "000.8.3.4/2", "used")]


def approving(settings: Settings, office_id: int, letter_ids: list[int], hand: int) -> None:
    """One process: approve letter after letter over New Year, and give up one in ten midway."""
    with create_app(settings, TESTING=True).app_context():
        head = factories.actor(db.session.get_one(Office, office_id), "kadis")
        for n, letter_id in enumerate(letter_ids):
            begin_write()
            letter = db.session.get_one(Letter, letter_id)
            day = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC) + timedelta(
                seconds=n - len(letter_ids) // 2
            )
            drafting.approve(letter, actor=head, now=day)
            if (n + hand) % 10 == 0:
                db.session.rollback()
            else:
                db.session.commit()


@pytest.mark.slow
def test_many_hands_over_new_year_give_no_number_twice_and_lose_none(
    settings: Settings, dukcapil: Office
) -> None:
    case = factories.make_case(dukcapil, "pengaduan-kecil", "pemeriksaan")
    first = drafting.current_letter(case)
    assert first is not None
    letters = [
        Letter(
            office=dukcapil, case=case, kind=first.kind, fields=dict(first.fields), drafted_at=NOW
        )
        for _ in range(HANDS * EACH)
    ]
    db.session.add_all(letters)
    db.session.commit()
    ids, office_id = [one.id for one in letters], dukcapil.id
    db.session.remove()
    spawning = get_context("spawn")
    hands = [
        spawning.Process(target=approving, args=(settings, office_id, ids[n::HANDS], n))
        for n in range(HANDS)
    ]
    for one in hands:
        one.start()
    for one in hands:
        one.join(600)
    assert [one.exitcode for one in hands] == [0] * HANDS
    kept = sum((n + hand) % 10 != 0 for hand in range(HANDS) for n in range(EACH))
    query = "SELECT year, n FROM register_entries ORDER BY year, n"
    found = [tuple(row) for row in db.session.execute(text(query))]
    years = {year: [n for y, n in found if y == year] for year in (2026, 2027)}
    assert len(found) == kept
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in years.values())
    assert all(years.values())
    numbered = select(func.count()).where(Letter.number.is_not(None))
    assert db.session.scalar(numbered) == kept
    assert EntryState.VOID.value not in {one[3] for one in entries()}
