"""Ringkasan: what is known of a case, each datum with its label, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from backoffice.text import _, long_date, money, number
from backoffice.workflow.definition import Field, Procedure
from backoffice.workflow.vocabulary import COLUMNS
from models import Case, Party, PartyRole
from views import labels
from views.former import fields_of
from views.times import Tag


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a summary; `sub` stands smaller below."""

    label: str
    value: str
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled form: lembar data, notulen."""

    title: str
    facts: tuple[Fact, ...]


def facts_of(case: Case, procedure: Procedure) -> list[Fact]:
    """People, columns and fields of a case that are filled, in the order of the paper."""
    numbers = [Fact(str(labels.REFERENCES[one.kind]), one.number) for one in case.references]
    own = answers(case.answers, fields_of(case, procedure))
    return [*people(case.parties), *columns(case), *numbers, *own]


def people(parties: Iterable[Party]) -> Iterator[Fact]:
    """Who is who."""
    for party in parties:
        label = str(labels.PARTIES[party.role])
        if party.anonymous:
            yield Fact(label, _("Anonymous"), _("Nobody can be told the outcome."))
            continue
        name = ", ".join(one for one in (party.name, party.address) if one)
        more = [
            _("NIK/identity %(n)s", n=party.identity) if party.identity else "",
            _("Telephone %(n)s", n=party.telephone) if party.telephone else "",
            party.email,
        ]
        yield Fact(label, name, " · ".join(one for one in more if one))


def columns(case: Case) -> Iterator[Fact]:
    """The columns that are filled; the subject is the heading of the page already."""
    for name in COLUMNS:
        value = getattr(case, name)
        if name == "subject" or value in (None, ""):
            continue
        shown = (
            long_date(value) if isinstance(value, date) else labels.word(case.office, name, value)
        )
        yield Fact(str(labels.COLUMNS[name]), shown)


def answers(given: Mapping[str, Any], fields: Iterable[Field]) -> Iterator[Fact]:
    """The answers to what only this SOP asks."""
    for one in fields:
        value = given.get(one.key)
        if value not in (None, "", []):
            yield Fact(one.label, in_words(one, value))


def sheet(title: str, values: Mapping[str, Any], fields: Iterable[Field]) -> Sheet:
    """A record's form as it was filled."""
    return Sheet(title, tuple(answers(values, fields)))


def in_words(field: Field, value: Any) -> str:
    """An answer as a person reads it."""
    options = {one.key: one.label for one in field.options}
    match field.type:
        case "choice":
            return options.get(str(value), str(value))
        case "choices":
            return ", ".join(options.get(str(one), str(one)) for one in value)
        case "yes_no":
            return _("Yes") if value in (True, "true") else _("No")
        case "date" | "datetime":
            return _moment(str(value))
        case "money" | "number":
            return _amount(field.type, value)
        case "table":
            return "\n".join(_table_row(field, row) for row in value)
    return str(value)


def _table_row(field: Field, row: Mapping[str, Any]) -> str:
    cells = (
        f"{one.label}: {in_words(one, row[one.key])}"
        for one in field.columns
        if row.get(one.key) not in (None, "", [])
    )
    return "; ".join(cells)


def _moment(text: str) -> str:
    try:
        if "T" not in text:
            return long_date(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{long_date(moment.date())}, {moment:%H.%M}"


def _amount(kind: str, value: Any) -> str:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return money(amount) if kind == "money" else number(amount)


def status_tag(case: Case, procedure: Procedure) -> Tag | None:
    """How a case ended, or none while it lives."""
    if case.is_live:
        return None
    label = labels.ending_of(case)
    if case.outcome:
        label = procedure.outcome(case.outcome).label
    return Tag("done", label)


def applicant_word(case: Case) -> str:
    """What the SOP's citizen is called here: Pengadu or Pemohon."""
    role = PartyRole.REPORTER if case.kind == "complaint" else PartyRole.APPLICANT
    return str(labels.PARTIES[role])
