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
from backoffice.search import hits, query_words, telephone_of, words_of
from models import Case, Complaint, Kind, Office, ProcedureVersion, VersionState

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


def some_text(dice: random.Random, most: int) -> str:
    parts = [dice.choice(SYLLABLES) + dice.choice([*MARKS, "", ""]) for _ in range(most)]
    return "".join(parts[: dice.randint(1, most)])


@pytest.mark.slow
def test_both_databases_find_the_same_cases_for_a_thousand_queries(
    sqlite_server: Any, postgresql_server: Any, tmp_path: Path
) -> None:
    dice = random.Random(20260113)
    texts = [some_text(dice, 12) for _ in range(400)]
    queries = [some_text(dice, 3) for _ in range(1000)]
    answers = []
    for server in (sqlite_server, postgresql_server):
        with server.fresh(tmp_path) as url:
            engine = make_engine(url)
            with Session(engine) as session:
                rows(session, texts)
                answers.append([found(session, query) for query in queries])
            engine.dispose()

    assert answers[0] == answers[1]
    assert sum(bool(ids) for ids in answers[0]) > 500
    assert all(ids == sorted(ids, reverse=True) for ids in answers[0])
