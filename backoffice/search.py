"""The one search box: how words are made, and which cases have all of them.

The words are made here and not by a database, so that both databases find the same cases: SQLite's
FTS5 and PostgreSQL's tsvector only keep them. Every word asked for must begin a word of the case.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from models import Case, Letter

LONGEST_WORD = 60
MOST_WORDS = 12
CAP = 1000  # newest hits that are looked at; the scope is applied to these

# A telephone as people write it: +62 812-3456-789, (0911) 345678, 0812.3456.789.
TELEPHONE = re.compile(r"(?<!\w)(?:\+?62|\(?0)[\d().\s-]{6,}\d(?!\w)")
# Written out, so that the planner recognises the expression of the index.
WORDS: sa.ColumnClause[Any] = sa.literal_column(
    "array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))"
)


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in order: folded, letters and digits only."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spaced = "".join(one if one.isalnum() else " " for one in folded)
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in spaced.split()))


def telephone_of(text: str) -> str:
    """A telephone number as one word that begins with 0, however it was written."""
    digits = "".join(one for one in unicodedata.normalize("NFKC", text) if one in "0123456789")
    return f"0{digits[2:]}" if digits.startswith("62") else digits


def search_text_of(case: Case) -> str:
    """What a case is found by: its numbers and subject, its people, their telephones, its letters.

    NIK and addresses are not in it: nobody fishes for a person by them.
    """
    parts = [case.number, case.queue_number, case.subject, *_letter_numbers(case)]
    parts += [party.name for party in case.parties]
    telephones = [telephone_of(party.telephone) for party in case.parties]
    return " ".join(words_of(" ".join(filter(None, [*parts, *telephones]))))


def hits(
    query: str, session: Session, *, office_id: int | None = None, cap: int = CAP
) -> sa.Select[int]:
    """A select of the ids of the newest cases that have every word of `query`, at most `cap`.

    A query without a word finds nothing. Who may see them is not asked here.
    """
    words = query_words(query)
    found = sa.select(Case.id).order_by(Case.id.desc()).limit(cap)
    if office_id is not None:
        found = found.where(Case.office_id == office_id)
    if not words:
        return found.where(sa.false())
    if session.get_bind().dialect.name == "sqlite":
        return found.where(Case.id.in_(_fts5(words)))
    pattern = " & ".join(f"'{word}':*" for word in words)
    return found.where(WORDS.op("@@")(sa.cast(pattern, _TsQuery())))


def query_words(query: str) -> list[str]:
    """The words somebody looks for; a telephone number counts as one."""
    joined = TELEPHONE.sub(lambda found: f" {telephone_of(found[0])} ", query)
    return words_of(joined)[:MOST_WORDS]


def _fts5(words: list[str]) -> sa.Select[Any]:
    index = sa.table("case_search", sa.column("rowid", sa.Integer), sa.column("case_search"))
    pattern = " AND ".join(f'"{word}"*' for word in words)
    return sa.select(index.c.rowid).where(index.c.case_search.op("MATCH")(pattern))


def _letter_numbers(case: Case) -> list[str]:
    session = object_session(case)
    if session is None or case.id is None:
        return []
    asked = sa.select(Letter.number).where(Letter.case_id == case.id, Letter.number.is_not(None))
    return [number for number in session.scalars(asked) if number]


class _TsQuery(sa.types.UserDefinedType[str]):
    """PostgreSQL's own reading of a query, which keeps our words as they are."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "tsquery"
