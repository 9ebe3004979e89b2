"""The one search box: how words are made, and which cases have all of them.

The words are made here and not by a database, so that both databases find the same cases: SQLite's
FTS5 and PostgreSQL's tsvector only keep them. Every word asked for must begin a word of the case;
four digits or more may also end a telephone number. Names, telephones and numbers from outside are
told alike here and nowhere else (`name_of`, `telephones_of`, `reference_of`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from models import Case, Letter

LONGEST_WORD = 60
MOST_WORDS = 12
CAP = 1000  # newest hits that are looked at; the scope is applied to these
SHORTEST_TELEPHONE = 6  # fewer digits are an extension or a slip of the pen
SHORTEST_END = 4  # digits by whose end a telephone is found
BACKWARDS = "qx"  # begins the word that is a telephone read from its end; nobody types it

# A telephone as people write it: +62 812-3456-789, (0911) 345678, 0812.3456.789.
TELEPHONE = re.compile(r"(?<!\w)(?:\+?62|\(?0)[\d().\s-]{6,}\d(?!\w)")
BETWEEN_TELEPHONES = re.compile(r"[^\d+().\s-]+")
# Written out, so that the planner recognises the expression of the index.
WORDS: sa.ColumnClause[Any] = sa.literal_column(
    "array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))"
)

# How each database writes: all of, one of, a word that begins so, a whole word.
SIGNS = {
    "sqlite": (" AND ", " OR ", '"{}"*', '"{}"'),
    "postgresql": (" & ", " | ", "'{}':*", "'{}'"),
}


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in order: folded, letters and digits only."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in _words(text)))


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(one if one.isalnum() else " " for one in folded).split()


def name_of(text: str) -> str:
    """A name as it is compared: `SITI  Aminah, S.Pd.` is `siti aminah s pd`."""
    return " ".join(_words(text))


def reference_of(text: str) -> str:
    """A number from outside as it is compared: `005/12/Umum` is `00512umum`."""
    return "".join(_words(text))


def telephone_of(text: str) -> str:
    """A telephone number as one word that begins with 0, however it was written."""
    digits = "".join(one for one in unicodedata.normalize("NFKC", text) if one in "0123456789")
    return f"0{digits[2:].lstrip('0')}" if digits.startswith("62") else digits


def telephones_of(text: str) -> list[str]:
    """Every telephone number of a text such as `0812 3456 789 / (0911) 345678 (rumah)`."""
    pieces = BETWEEN_TELEPHONES.split(unicodedata.normalize("NFKC", text))
    found = (telephone_of(one) for one in pieces)
    return [one for one in dict.fromkeys(found) if len(one) >= SHORTEST_TELEPHONE]


def search_text_of(case: Case) -> str:
    """What a case is found by: numbers, subject, people, their telephones, letters.

    NIK and addresses are not in it: nobody fishes for a person by them.
    """
    parts = [case.number, case.queue_number, case.subject, *_letter_numbers(case)]
    parts += [party.name for party in case.parties]
    for party in case.parties:
        parts += _telephone_words(party.telephone)
    for one in case.references:
        parts += [one.number, reference_of(one.number)]
    return " ".join(words_of(" ".join(filter(None, parts))))


def _telephone_words(text: str) -> Iterator[str]:
    """Each telephone forwards and backwards: an index finds beginnings only."""
    for one in telephones_of(text):
        yield one
        yield BACKWARDS + one[::-1]


def hits(
    query: str, session: Session, *, office_id: int | None = None, cap: int = CAP
) -> sa.Select[int]:
    """A select of the ids of the newest cases that have every word of `query`, at most `cap`.

    A query without a word finds nothing. Who may see them is not asked here.
    """
    every, either, begins, _whole = SIGNS[session.get_bind().dialect.name]
    groups = (
        either.join(begins.format(one) for one in _alternatives(word))
        for word in query_words(query)
    )
    return _newest(every.join(f"({group})" for group in groups), session, office_id, cap)


def hits_of_any(
    groups: Iterable[Sequence[str]], session: Session, *, office_id: int, cap: int
) -> sa.Select[int]:
    """The same for cases that have all words of at least one of `groups`, each a whole word."""
    every, either, _begins, whole = SIGNS[session.get_bind().dialect.name]
    patterns = (every.join(whole.format(one[:LONGEST_WORD]) for one in group) for group in groups)
    return _newest(either.join(f"({one})" for one in patterns if one), session, office_id, cap)


def query_words(query: str) -> list[str]:
    """The words somebody looks for; a telephone number counts as one."""
    joined = TELEPHONE.sub(lambda found: f" {telephone_of(found[0])} ", query)
    return words_of(joined)[:MOST_WORDS]


def _alternatives(word: str) -> list[str]:
    """How a case may have a word that is asked for: digits also as the end of a telephone."""
    found = [word]
    if word.isascii() and word.isdigit() and len(word) >= SHORTEST_END:
        found.append(BACKWARDS + word[::-1])
        if word.startswith("0"):  # somebody wrote 62: a number from outside may begin so
            found.append(f"62{word[1:]}")
    return found


def _newest(pattern: str, session: Session, office_id: int | None, cap: int) -> sa.Select[int]:
    """The newest cases that answer a pattern, at most `cap`; an empty one finds nothing."""
    if session.get_bind().dialect.name == "sqlite":
        # The index gives its rows in order, so the newest are found without reading the rest.
        index = sa.table("case_search", sa.column("rowid", sa.Integer), sa.column("case_search"))
        key: Any = index.c.rowid
        answers = index.c.case_search.op("MATCH")(pattern)
        found = sa.select(key.label("id")).join_from(index, Case, Case.id == key)
    else:
        key, answers = Case.id, WORDS.op("@@")(sa.cast(pattern, _TsQuery()))
        found = sa.select(key)
    found = found.where(answers if pattern else sa.false()).order_by(key.desc()).limit(cap)
    return found if office_id is None else found.where(Case.office_id == office_id)


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
