"""What an office, a case and its signer put into a letter, by the names a template may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from backoffice import text
from backoffice.workflow import routing
from backoffice.workflow.versions import definition_of
from models import Case, Letter, LetterMark, MarkKind, Office, Post

from . import marks
from .cleaning import Row, Value, clean
from .facts import case_values, local_day
from .kind_fields import FIELDS, LetterField
from .kinds import kind_of
from .signing import Signer, head_of, signature, signer_of
from .spelling import day_names

UNNUMBERED = "………"
# Where a letter may be looked up, which only one that was issued may.
UNISSUED: dict[str, Value] = {"kode_surat": None, "alamat_periksa": None}
GOVERNMENT = re.compile(
    r"^(?:pemerintah\s+)?(?:daerah\s+)?(?:kota|kabupaten|provinsi)?\s*", re.IGNORECASE
)
PARAFS = {"initial": MarkKind.INITIAL, "coordinate": MarkKind.COORDINATE}
COORDINATION = "{} (koordinasi)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a letter beside its text. `dated` None: the day is left open."""

    signer: Signer = field(default_factory=Signer)
    number: str | None = None
    dated: date | None = None
    written: date
    parafs: tuple[Row, ...] = ()


def values_for(
    letter: Letter,
    signer: Post | None = None,
    *,
    konsep: bool = False,
    now: datetime | None = None,
) -> dict[str, Value]:
    """Every value of a letter; a typed field nobody filled is None, so that it is refused.

    `signer`: the post that will sign. Without it: whoever approved, else the post the SOP names.
    `konsep`: with the box for the initials, as the paper goes round before it is signed.
    `now`: who holds the post then signs what nobody has approved; else who held it when the
    text was saved.
    """
    at = letter.approved_at
    facts = Facts(
        signer=_signer(letter, signer, now or _saved_at(letter)),
        number=letter.number,
        dated=local_day(at, letter.office) if at is not None else None,
        written=local_day(_saved_at(letter), letter.office),
        parafs=tuple(_parafs(letter)) if konsep else (),
    )
    return text_values(letter.case, letter.fields, facts)


def text_values(case: Case, fields: Mapping[str, Any], facts: Facts) -> dict[str, Value]:
    """Every value of a letter of the case, with these texts in its fields."""
    typed = {key: _typed(fields.get(key)) for key in FIELDS}
    return {
        **letterhead(case.office),
        **case_values(case),
        **{key: _shaped(one, typed[key]) for key, one in FIELDS.items()},
        **signed_by(facts.signer),
        **_of_day(facts),
        "nomor_surat": facts.number or UNNUMBERED,
        **UNISSUED,
        "paraf": facts.parafs,
        "penerima": without_prefix(typed["penerima"], "yth"),
        "alamat_penerima": without_prefix(typed["alamat_penerima"], "di"),
        "sifat": typed["sifat"] or "Biasa",
        "lampiran": typed["lampiran"] or "-",
        "dari": typed["dari"] or facts.signer.title or UNNUMBERED,
        "tempat_acara": typed["tempat_acara"] or case.office.title,
    }


def proposal_values(
    case: Case, kind: str, fields: Mapping[str, Any], *, now: datetime
) -> dict[str, Value]:
    """The same for a paper nobody drafts in the case: what is not known is left open by dots."""
    given = {**fields}
    for one in kind_of(kind).fields:
        if one.required and not lines(given.get(one.key)):
            given[one.key] = UNNUMBERED * 4
    post = signing_post(case)
    facts = Facts(
        signer=signer_of(post, now) if post is not None else Signer(),
        dated=local_day(now, case.office),
        written=local_day(now, case.office),
    )
    return text_values(case, given, facts)


def letterhead(office: Office) -> dict[str, Value]:
    """Kop and place of an office."""
    contacts = (f"{one.get('label', '')} {one.get('value', '')}" for one in office.contacts)
    return {
        "pemerintah": office.government.upper(),
        "kop": [{"baris": line.upper()} for line in office.name],
        "alamat_instansi": office.address,
        "kontak_instansi": " · ".join(one.strip() for one in contacts),
        "tempat": GOVERNMENT.sub("", office.government) or office.government,
    }


def lines(value: str | None) -> list[str]:
    """What was typed, line by line, without the empty ones."""
    return [one.strip() for one in clean(value or "").split("\n") if one.strip()]


def without_prefix(value: str | None, prefix: str) -> str | None:
    """The text without a "Yth." or "di" that the letter prints by itself."""
    if value is None:
        return None
    return re.sub(rf"^{prefix}\b\.?\s*", "", value, count=1, flags=re.IGNORECASE)


def _typed(value: object) -> str | None:
    cleaned = clean(str(value)).strip() if value is not None else ""
    return cleaned or None


def _shaped(one: LetterField, value: str | None) -> Value:
    """A text as it is; where its lines are rows, those with their numbers.

    A row of several columns is written with semicolons. Nothing at all is None where the letter
    makes no sense without it.
    """
    if not one.columns:
        return value
    rows: list[Row] = []
    for n, line in enumerate(lines(value), start=1):
        columns = one.columns[1:]
        parts = [part.strip() for part in line.split(";", len(columns) - 1)]
        filled = [*parts, *[""] * (len(columns) - len(parts))]
        rows.append({one.columns[0]: f"{n}.", **dict(zip(columns, filled, strict=True))})
    return rows or (None if one.required else [])


def signed_by(signer: Signer) -> dict[str, Value]:
    """The block at the lower right, and the title of the post in ordinary letters."""
    return {**signature(signer), "pejabat": signer.title}


def _of_day(facts: Facts) -> dict[str, Value]:
    """The day of the letter; a draft leaves the day open, as one does on paper."""
    named = day_names(facts.dated or facts.written)
    if facts.dated is not None:
        return {**named, "tanggal_surat": text.plain_date(facts.dated)}
    month = text.plain_date(facts.written).split(" ", 1)[1]
    opened = ("hari", "tanggal_terbilang", "tanggal_angka")
    return {**named, **dict.fromkeys(opened, UNNUMBERED), "tanggal_surat": f"…… {month}"}


def _saved_at(letter: Letter) -> datetime:
    return letter.revisions[-1].saved_at if letter.revisions else letter.drafted_at


def _signer(letter: Letter, post: Post | None, at: datetime) -> Signer:
    mark = _approval(letter)
    if post is None and mark is not None:
        return signer_of(mark.post, mark.at, mark.user)
    if post is None and kind_of(letter.kind).by_drafter and letter.revisions:
        post = _approving(letter.case) or letter.revisions[-1].post
    post = post or signing_post(letter.case)
    if post is None:
        return Signer()
    return signer_of(post, at)


def _approval(letter: Letter) -> LetterMark | None:
    found = [one for one in letter.marks if one.kind == MarkKind.APPROVE]
    return found[-1] if found and letter.approved_at is not None else None


def signing_post(case: Case) -> Post | None:
    """The post to which the SOP gives the approval; else the head of the office."""
    return _approving(case) or head_of(case.office_id)


def _approving(case: Case) -> Post | None:
    return next(_posts_of(case, "approve_letter"), None)


def _posts_of(case: Case, effect: str) -> Iterator[Post]:
    steps = definition_of(case).steps
    doing = (step for step in steps if any(way.has(effect) for way in step.transitions))
    roles = (role for step in doing for role in step.actors)
    return (post for role in roles for post in routing.resolve(case, role))


def _parafs(letter: Letter) -> Iterator[Row]:
    """A line for each post that initials by the SOP: empty for the ink, or the day it did.

    A paraf that fell is empty again. Paraf koordinasi stands below those of the hierarchy.
    """
    held = marks.standing(letter)
    for effect, kind in PARAFS.items():
        mine = {one.post_id: one for one in held if one.kind == kind}
        posts = {one.id: one for one in _posts_of(letter.case, effect)}
        posts |= {one.post.id: one.post for one in mine.values()}
        for post in list(posts.values())[: marks.MOST_IN_HIERARCHY]:
            done = mine.get(post.id)
            day = text.plain_date(local_day(done.at, letter.office)) if done is not None else ""
            said = COORDINATION if kind == MarkKind.COORDINATE else "{}"
            yield {"jabatan": said.format(post.title), "tanda": day}
