"""The search box finds the same cases on both databases."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backoffice.database import make_engine
from backoffice.search import (
    hits,
    hits_of_any,
    name_of,
    query_words,
    reference_of,
    search_text_of,
    telephone_of,
    telephones_of,
    words_of,
)
from models import (
    Case,
    Complaint,
    Kind,
    Office,
    OutsideReference,
    Party,
    PartyRole,
    ProcedureVersion,
    ReferenceKind,
    VersionState,
)

SYLLABLES = ["ka", "ni", "su", "lé", "ßa", "Äm", "bon", "٣", "rw", "05", "2026", "ÇI", "日", "x²"]
MARKS = [" ", " ", "-", "/", ". ", "'", '"', "\t", "_", "*", ":", "&", "|", "́"]


def test_words_are_folded_and_split_at_everything_that_is_no_letter_or_digit() -> None:
    assert words_of("Surat No. 005/ADU-2026  untuk IBU Ani, ibu ani") == [
        "surat", "no", "005", "adu", "2026", "untuk", "ibu", "ani",
    ]  # fmt: skip


def test_a_wide_or_raised_digit_is_the_digit() -> None:
    assert words_of("\uff32\uff50 \uff11\uff12\u00b3") == ["rp", "123"]


@pytest.mark.parametrize("written", ["+62 812-3456-789", "0812 3456 789", "62812.3456.789"])
def test_a_telephone_is_found_however_it_is_written(written: str) -> None:
    assert telephone_of(written) == "08123456789"
    assert query_words(f"ani {written}") == ["ani", "08123456789"]


def test_a_zero_after_the_country_code_is_not_part_of_the_number() -> None:
    assert telephone_of("+62 (0) 812-3456-789") == "08123456789"


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("0812 3456 789 / (0911) 345678", ["08123456789", "0911345678"]),
        ("0812-3456-789 (istri), +62 812 3456 789", ["08123456789"]),
        ("021-5551234 ext. 12", ["0215551234"]),
        ("tidak ada", []),
        ("-", []),
        ("12345", []),
    ],
)
def test_every_telephone_of_a_line_is_one_number(written: str, numbers: list[str]) -> None:
    assert telephones_of(written) == numbers


def test_names_and_numbers_from_outside_are_compared_without_case_and_gaps() -> None:
    assert name_of("SITI  Aminah,\tS.Pd.") == name_of("Siti Aminah S Pd") == "siti aminah s pd"
    assert reference_of("005 / 12/Umum-2026") == reference_of("005/12/UMUM/2026")
    assert reference_of("12/12/2026") != reference_of("12/2026")


def test_a_case_number_is_no_telephone() -> None:
    assert query_words("ADU-2026-0031") == ["adu", "2026", "0031"]


def rows(session: Session, texts: list[str]) -> None:
    office = Office(key="dukcapil", name=["Dinas"], government="Kota", timezone="Asia/Jakarta")
    session.add(office)
    session.flush()
    sop = ProcedureVersion(
        office_id=office.id, code="umum", version=1, state=VersionState.PUBLISHED, title="Umum",
        kind="complaint", source_text="", sha256="0" * 64,
    )  # fmt: skip
    session.add(sop)
    session.flush()
    shared: dict[str, Any] = {
        "office_id": office.id, "procedure_version_id": sop.id, "step": "receive",
        "status": "open", "kind": Kind.COMPLAINT, "opened_at": datetime(2026, 1, 5, tzinfo=UTC),
        "version": 1, "answers": {}, "chosen": {},
    }  # fmt: skip
    session.execute(
        sa.insert(Case), [shared | {"search_text": " ".join(words_of(text))} for text in texts]
    )
    session.commit()


@pytest.fixture
def one_case(session: Any) -> Session:
    rows(session, ["ADU-2026-0031 KTP hilang Siti Aminah 08123456789"])
    return session


def found(session: Session, query: str) -> list[int]:
    return list(session.scalars(hits(query, session)))


@pytest.mark.parametrize(
    "query",
    ["0031", "adu-2026-0031", "siti am", "KTP hil", "+62 812-3456", "081234", "aminah siti"],
)
def test_every_word_is_a_beginning_in_any_order(one_case: Session, query: str) -> None:
    assert found(one_case, query) == [1]


@pytest.mark.parametrize("query", ["", "  ", "--", "minah", "siti budi", "ktp hilangnya", "' OR 1"])
def test_a_word_the_case_does_not_have_finds_nothing(one_case: Session, query: str) -> None:
    assert found(one_case, query) == []


def test_a_case_is_found_by_its_new_words_and_no_longer_by_the_old(one_case: Session) -> None:
    case = one_case.get(Complaint, 1)
    assert case is not None
    case.search_text = "kartu keluarga"
    one_case.commit()

    assert found(one_case, "kartu") == [1]
    assert found(one_case, "ktp") == []


def test_another_offices_cases_are_not_looked_at(one_case: Session) -> None:
    assert one_case.scalars(hits("ktp", one_case, office_id=2)).all() == []


def told(*telephones: str, references: tuple[str, ...] = ()) -> str:
    """The search text of a case with these telephones and numbers from outside."""
    roles = list(PartyRole)
    case = Complaint(
        parties=[
            Party(role=roles[n], name="Ani", telephone=one) for n, one in enumerate(telephones)
        ],
        references=[OutsideReference(kind=ReferenceKind.OTHER, number=one) for one in references],
    )
    return search_text_of(case)


def test_a_telephone_is_found_by_four_of_its_last_digits_or_more(session: Any) -> None:
    rows(session, [told("+62 812-3456-789"), told("0812 0000 000")])
    for end in ("6789", "56789", "3456789", "8123456789", "08123456789", "ani 6789"):
        assert found(session, end) == [1], end
    for part in ("789", "345678", "45679", "2345"):
        assert found(session, part) == [], part


def test_a_number_from_outside_is_found_in_its_parts_and_as_a_whole(session: Any) -> None:
    rows(session, [told(references=("005/12/Umum/2026", "6212345678")), told()])
    for query in ("005/12/Umum/2026", "00512umum", "umum 005", "6212345678"):
        assert found(session, query) == [1], query
    assert found(session, "12345678") == []


def test_a_telephone_or_a_whole_name_finds_every_case_that_has_one_of_them(session: Any) -> None:
    texts = [told("0812 3456 789"), "siti aminah", "siti aminahwati", "aminah"]
    rows(session, texts)
    groups = [["08123456789"], ["siti", "aminah"]]
    assert session.scalars(hits_of_any(groups, session, office_id=1, cap=9)).all() == [2, 1]
    assert session.scalars(hits_of_any(groups, session, office_id=1, cap=1)).all() == [2]
    assert session.scalars(hits_of_any(groups, session, office_id=2, cap=9)).all() == []
    assert session.scalars(hits_of_any([], session, office_id=1, cap=9)).all() == []


def some_text(dice: random.Random, most: int) -> str:
    parts = [dice.choice(SYLLABLES) + dice.choice([*MARKS, "", ""]) for _ in range(most)]
    return "".join(parts[: dice.randint(1, most)])


@pytest.mark.slow
def test_both_databases_find_the_same_cases_for_a_thousand_queries(
    sqlite_server: Any, postgresql_server: Any, tmp_path: Path
) -> None:
    dice = random.Random(20260113)
    ends = ["2026", "0505", "05052026"]
    texts = [f"{some_text(dice, 12)} {told('0812' + dice.choice(ends))}" for _ in range(400)]
    queries = [some_text(dice, 3) for _ in range(900)]
    queries += [f"{some_text(dice, 1)} {dice.choice([*ends, '5050', '62812'])}" for _ in range(100)]
    answers = []
    for server in (sqlite_server, postgresql_server):
        with server.fresh() as url:
            engine = make_engine(url)
            with Session(engine) as session:
                rows(session, texts)
                answers.append([found(session, query) for query in queries])
            engine.dispose()

    assert answers[0] == answers[1]
    assert sum(bool(ids) for ids in answers[0]) > 500
    assert all(ids == sorted(ids, reverse=True) for ids in answers[0])
