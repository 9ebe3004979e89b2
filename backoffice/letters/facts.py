"""What a case says of itself in its letters: number, subject, who asked, what was answered.

What the SOP marks as private is never put into a letter by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from backoffice import text
from backoffice.workflow.belongings import Filled, belongings_of
from backoffice.workflow.definition import Field, RecordForm
from backoffice.workflow.routing import standing_events
from backoffice.workflow.versions import definition_of
from models import Case, Office, Party

from .cleaning import Row, Value
from .spelling import in_words, money_in_words

RECIPIENTS = ("applicant", "reporter", "representative", "victim")
NAMELESS = "Tidak menyebutkan nama"
CHANNELS = {
    "datang": "datang sendiri",
    "media_sosial": "media sosial",
    "media_massa": "media massa",
    "kotak_aduan": "kotak aduan",
    "sms": "SMS",
    "email": "pos-el",
    "lapor": "SP4N-LAPOR!",
}


def case_values(case: Case) -> dict[str, Value]:
    """What every letter of a case may say of it."""
    party = sender(case)
    return {
        "nomor_berkas": case.number or "",
        "tanggal_berkas": text.plain_date(received_on(case)),
        "perihal": case.subject or "",
        "layanan": definition_of(case).title,
        "saluran": CHANNELS.get(case.channel or "", case.channel or ""),
        "nama_pemohon": party.name if party and party.name else NAMELESS,
        "alamat_pemohon": (party.address if party else "") or "-",
        "telepon_pemohon": (party.telephone if party else "") or "-",
        "isian": list(_answer_rows(case)),
    }


def sender(case: Case) -> Party | None:
    """Who asked the office, and so gets its letters and receipts."""
    known = (case.party(role) for role in RECIPIENTS)
    return next((party for party in known if party is not None), None)


def received_on(case: Case) -> date:
    """The day the case came in, by the office's calendar."""
    return case.received_on or local_day(case.opened_at, case.office)


def local_day(moment: datetime, office: Office) -> date:
    """The day of a moment, by the office's calendar."""
    return moment.astimezone(ZoneInfo(office.timezone)).date()


def answers_of(case: Case) -> Iterator[tuple[Field, Any]]:
    """What the SOP asked and the case knows, in the order of the SOP."""
    for field in definition_of(case).fields:
        value = (case.answers or {}).get(field.key)
        if not field.private and value not in (None, "", []):
            yield field, value


def records_of(case: Case) -> Iterator[tuple[RecordForm, Filled]]:
    """The newest filling of every form of the case, in the order in which they were filled."""
    forms = {one.key: one for one in definition_of(case).records}
    filled = belongings_of(case.id).records
    newest = {one.key: n for n, one in enumerate(filled) if one.key in forms}
    for n in sorted(newest.values()):
        yield forms[filled[n].key], filled[n]


def recorded(case: Case) -> dict[str, str]:
    """What the forms of the case say under each name; the newest form counts."""
    found: dict[str, str] = {}
    for form, record in records_of(case):
        found |= {field.key: words for field, words in record_words(form, record)}
    return found


def record_words(form: RecordForm, record: Filled) -> Iterator[tuple[Field, str]]:
    """The answers of one form that are not private, in words."""
    for field in form.fields:
        words = answer_words(field, record.values.get(field.key))
        if words and not field.private and field.type != "table":
            yield field, words


def answer_words(field: Field, value: Any) -> str:
    """An answer as a letter writes it; empty where there is none, or where it is a table."""
    if value in (None, "", []) or field.type == "table":
        return ""
    match field.type:
        case "yes_no":
            return "Ya" if value else "Tidak"
        case "choice" | "choices":
            return ", ".join(chosen_labels(field, value))
        case "money":
            return text.money(Decimal(str(value)))
        case "number":
            return text.number(Decimal(str(value)))
        case "date":
            return text.plain_date(date.fromisoformat(str(value)))
        case "datetime":
            at = datetime.fromisoformat(str(value))
            return f"{text.long_date(at.date())} pukul {at:%H.%M}"
    return str(value)


def chosen_labels(field: Field, value: Any) -> list[str]:
    """The words of what was chosen, in the order of the form."""
    keys = value if isinstance(value, list) else [value]
    return [one.label for one in field.options if one.key in keys]


def amount_of(field: Field, value: Any) -> Decimal | None:
    """The number that was answered, where it is one."""
    if field.type not in ("number", "money") or value in (None, ""):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _answer_rows(case: Case) -> Iterator[Row]:
    for field, value in answers_of(case):
        words = answer_words(field, value)
        if words:
            yield {"label": field.label, "nilai": words, "terbilang": _spelled(field, value)}


def _spelled(field: Field, value: Any) -> str:
    amount = amount_of(field, value)
    if amount is None:
        return ""
    if field.type == "money":
        return money_in_words(amount)
    return in_words(int(amount)) if amount == int(amount) else ""


def last_reason(case: Case) -> str:
    """What was written when the case was last returned or refused."""
    return _newest_note(case, "return", "reject")


def last_note(case: Case) -> str:
    """What was last written on its way."""
    return _newest_note(case)


def _newest_note(case: Case, *actions: str) -> str:
    events = [one for one in standing_events(case) if not actions or one.action in actions]
    return next((one.note.strip() for one in reversed(events) if one.note.strip()), "")
