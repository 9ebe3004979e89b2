"""Satu kotak pencarian: case number, letter number, name, telephone; within the scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select

from backoffice import access, search
from backoffice.actor import Person
from backoffice.text import long_date
from backoffice.workflow.versions import procedures_of
from models import Case, db
from views.fields import cleaned
from views.kinds import openable_by
from views.rows import COLUMNS, CaseRow, RowMaker, case_url, office_of, place_words
from views.session import current_person, to_login, utc_now

page = Blueprint("search", __name__)

MOST_SHOWN = 50
LONGEST = 100


@page.route("/cari")
def index() -> ResponseReturnValue:
    """What was found: cases that lie open, and others of which one may know that they are there."""
    person = current_person()
    if person is None:
        return to_login()
    text = cleaned(request.args.get("q"))[:LONGEST]
    found = open_cases(person, text) if text and person.office_id else []
    others = glimpsed(person, text, {row.id for row in found}) if text else []
    return render_template("search.html", text=text, rows=found, others=others)


def open_cases(person: Person, text: str) -> list[CaseRow]:
    """Cases in the scope that have every word, the newest first."""
    hits = search.hits(text, db.session(), office_id=person.office_id).subquery()
    query = (
        select(*COLUMNS)
        .join(hits, hits.c.id == Case.id)  # not `in`: SQLite would read the whole office
        .where(access.sees_case(person))
        .order_by(Case.id.desc())
        .limit(MOST_SHOWN)
    )
    rows = db.session.execute(query).all()
    return RowMaker(person, office_of(person), utc_now()).rows(rows)


def glimpsed(person: Person, number: str, shown: set[int]) -> list[dict[str, Any]]:
    """Number, step and date of the case with exactly this number, for who may look it up.

    Only a whole number finds it: a name or a telephone would tell what the scope hides.
    """
    may = access.glimpses_case(person)
    if openable_by(person):
        may = or_(may, access.looks_up_case(person))
    query = select(*COLUMNS, access.glimpses_case(person).label("mine")).where(
        Case.office_id == person.office_id, Case.number.in_((number, number.upper())), may
    )
    rows = [row for row in db.session.execute(query) if row.id not in shown]
    return looked_up(rows)


def looked_up(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Three facts, and an address only for who once had the case."""
    known = procedures_of({row.procedure_version_id for row in rows})
    return [
        {
            "number": row.number,
            "place": place_words(
                known[row.procedure_version_id],
                known[row.procedure_version_id].step(row.step),
            ),
            "day": long_date(row.received_on) if row.received_on else "",
            "url": case_url(row.id, row.kind) if row.mine else "",
        }
        for row in rows
    ]
