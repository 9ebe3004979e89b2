"""Case numbers are read back as they are written, and no counter is ever lowered."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from backoffice import numbers
from models import Office
from tests.town import Town

REGISTER = numbers.case_register("ADU")


def office_with(pattern: str) -> Office:
    """An office that writes its numbers so."""
    return Office(key="contoh", numbers={"case": pattern} if pattern else {})


@pytest.mark.parametrize(
    ("pattern", "number", "read"),
    [
        ("", "ADU-2026-0042", (2026, 42)),
        ("", "adu-2026-42", (2026, 42)),
        ("{urut}/{kode}/{tahun}", "7/ADU/2026", (2026, 7)),
        ("{kode}.{tahun}.{urut:03} ({tahun})", "ADU.2026.007 (2026)", (2026, 7)),
        ("{tahun}{urut:04}{kode}", "20260007ADU", (2026, 7)),
        ("{kode}/{urut}", "ADU/7", (None, 7)),
    ],
)
def test_a_number_of_the_offices_make_tells_its_year_and_its_place(
    pattern: str, number: str, read: tuple[int | None, int]
) -> None:
    assert numbers.read(office_with(pattern), "ADU", number) == read


@pytest.mark.parametrize(
    "number",
    ["DATA-2026-0042", "ADU-26-0042", "ADU-2026-", "ADU-2026-0042a", "045/ADU/I/2026", "", "ADU"],
)
def test_a_number_of_another_make_tells_nothing(number: str) -> None:
    assert numbers.read(office_with(""), "ADU", number) is None


def test_signs_of_a_pattern_are_no_more_than_signs() -> None:
    office = office_with("[{kode}]+{tahun}.{urut}")
    assert numbers.read(office, "ADU", "[ADU]+2026.7") == (2026, 7)
    assert numbers.read(office, "ADU", "[ADU]]2026x7") is None


def test_a_counter_is_raised_and_never_lowered(session: Session) -> None:
    office = Town().office
    assert numbers.last_in(office, REGISTER, 2026) == 0
    assert numbers.raise_to(office, REGISTER, 2026, 41) == 41
    assert numbers.raise_to(office, REGISTER, 2026, 7) == 41
    assert numbers.next_in(office, REGISTER, 2026) == 42
    assert numbers.last_in(office, REGISTER, 2026) == 42
    assert numbers.next_in(office, REGISTER, 2025) == 1
