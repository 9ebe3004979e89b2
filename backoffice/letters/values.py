"""What an office, a case and its signer put into a letter: the names a template may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice import text
from backoffice.workflow import routing
from backoffice.workflow.versions import definition_of
from models import (
    Attachment,
    Case,
    CaseEvent,
    EventKind,
    Letter,
    LetterMark,
    MarkKind,
    Office,
    Party,
    Post,
    db,
)

from .cleaning import Row, Value, clean
from .signing import Signer, head_of, signature, signer_of

UNNUMBERED = "………"
TYPED = (
    "penerima",
    "alamat_penerima",
    "sifat",
    "lampiran",
    "hal",
    "pembuka",
    "isi",
    "penutup",
    "tembusan",
)
# Every name a letter may ask for; None stands for a field, a tuple for the columns of a list.
LETTER_NAMES: dict[str, tuple[str, ...] | None] = {
    **dict.fromkeys(("pemerintah", "alamat_instansi", "kontak_instansi", "tempat")),
    **dict.fromkeys(("nomor_surat", "tanggal_surat", "nomor_berkas", "tanggal_berkas")),
    **dict.fromkeys(TYPED),
    **dict.fromkeys(("ttd_an", "ttd_ub", "ttd_jabatan", "ttd_nama", "ttd_pangkat", "ttd_nip")),
    "kop": ("baris",),
    "isi": ("paragraf",),
    "tembusan": ("nomor", "nama"),
}
RECEIPT_NAMES: dict[str, tuple[str, ...] | None] = {
    **dict.fromkeys(("pemerintah", "alamat_instansi", "kontak_instansi", "tempat")),
    **dict.fromkeys(("nomor_berkas", "nomor_antrian", "nomor_luar")),
    **dict.fromkeys(("layanan", "perihal", "diterima_pada")),
    **dict.fromkeys(("diterima_dari", "alamat_pemohon", "telepon_pemohon", "batas_waktu")),
    **dict.fromkeys(("tanggal", "petugas_jabatan", "petugas_nama")),
    "kop": ("baris",),
    "kelengkapan": ("nomor", "nama", "keterangan"),
}
GOVERNMENT = re.compile(
    r"^(?:pemerintah\s+)?(?:daerah\s+)?(?:kota|kabupaten|provinsi)?\s*", re.IGNORECASE
)
RECIPIENTS = ("applicant", "reporter", "representative", "victim")


def values_for(letter: Letter, signer: Post | None = None) -> dict[str, Value]:
    """Every value of a letter; a typed field nobody filled is None, so that it is refused.

    `signer`: the post that will sign. Without it: whoever approved, else the post the SOP names.
    """
    fields = {key: _typed(letter.fields.get(key)) for key in TYPED}
    office, case = letter.office, letter.case
    return {
        **letterhead(office),
        **fields,
        **signature(_signer(letter, signer)),
        "nomor_surat": letter.number or UNNUMBERED,
        "tanggal_surat": _letter_date(letter),
        "nomor_berkas": case.number,
        "tanggal_berkas": text.plain_date(received_on(case)),
        "penerima": without_prefix(fields["penerima"], "yth"),
        "alamat_penerima": without_prefix(fields["alamat_penerima"], "di"),
        "sifat": fields["sifat"] or "Biasa",
        "lampiran": fields["lampiran"] or "-",
        "isi": [{"paragraf": one} for one in lines(fields["isi"])] or None,
        "tembusan": _copies(fields["tembusan"]),
    }


def receipt_values(case: Case) -> dict[str, Value]:
    """Every value of a tanda terima, as things stood when the case got its number."""
    event, party = _intake(case), sender(case)
    zone = case.office.timezone
    at = event.happened_at if event else case.opened_at
    return {
        **letterhead(case.office),
        "nomor_berkas": case.number or "belum diberi nomor",
        "nomor_antrian": case.queue_number,
        "nomor_luar": ", ".join(one.number for one in case.references),
        "layanan": definition_of(case).title,
        "perihal": case.subject or "-",
        "diterima_pada": f"{text.long_moment(at, zone)} {text.zone_name(zone)}",
        "diterima_dari": party.name if party and party.name else "Tidak menyebutkan nama",
        "alamat_pemohon": (party.address if party else "") or "-",
        "telepon_pemohon": (party.telephone if party else "") or "-",
        "batas_waktu": text.long_date(_local(case.due_at, case.office)) if case.due_at else "",
        "tanggal": text.plain_date(_local(at, case.office)),
        "petugas_jabatan": event.post.title if event else "Petugas",
        "petugas_nama": event.user.name if event else UNNUMBERED,
        "kelengkapan": _received(case),
    }


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


def sender(case: Case) -> Party | None:
    """Who asked the office, and so gets its letters and receipts."""
    known = (case.party(role) for role in RECIPIENTS)
    return next((party for party in known if party is not None), None)


def received_on(case: Case) -> date:
    """The day the case came in, by the office's calendar."""
    return case.received_on or _local(case.opened_at, case.office)


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


def _local(moment: datetime, office: Office) -> date:
    return moment.astimezone(ZoneInfo(office.timezone)).date()


def _letter_date(letter: Letter) -> str:
    """The day of approval; a draft leaves the day open, as one does on paper."""
    if letter.approved_at is not None:
        return text.plain_date(_local(letter.approved_at, letter.office))
    month = text.plain_date(_local(_saved_at(letter), letter.office)).split(" ", 1)[1]
    return f"…… {month}"


def _saved_at(letter: Letter) -> datetime:
    return letter.revisions[-1].saved_at if letter.revisions else letter.drafted_at


def _copies(value: str | None) -> list[Row]:
    names = lines(value)
    return [{"nomor": f"{n}.", "nama": name} for n, name in enumerate(names, start=1)]


def _signer(letter: Letter, post: Post | None) -> Signer:
    mark = _approval(letter)
    if post is None and mark is not None:
        return signer_of(mark.post, mark.at, mark.user)
    post = post or _signing_post(letter.case)
    if post is None:
        return Signer()
    return signer_of(post, _saved_at(letter))


def _approval(letter: Letter) -> LetterMark | None:
    marks = [one for one in letter.marks if one.kind == MarkKind.APPROVE]
    return marks[-1] if marks and letter.approved_at is not None else None


def _signing_post(case: Case) -> Post | None:
    """The post to which the SOP gives the approval; else the head of the office."""
    steps = definition_of(case).steps
    signing = (step for step in steps if any(way.has("approve_letter") for way in step.transitions))
    roles = (role for step in signing for role in step.actors)
    posts = (post for role in roles for post in routing.resolve(case, role))
    return next(posts, None) or head_of(case.office_id)


def _intake(case: Case) -> CaseEvent | None:
    """The event that gave the number, or the first one; none where a paper register tells it."""
    numbering = (one for one in case.events if one.recorded_at == case.numbered_at)
    found = next(numbering, next(iter(case.events), None))
    return None if found is not None and found.kind == EventKind.TAKEN_OVER else found


def _received(case: Case) -> list[Row]:
    """What the SOP requires, to be ticked by hand, and the files that came with the case."""
    asked = [(name, "☐ ada   ☐ belum ada") for name in definition_of(case).requirements]
    query = select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    until = case.numbered_at
    files = [
        (one.label or one.name, "diterima")
        for one in db.session.scalars(query)
        if until is None or one.uploaded_at <= until
    ]
    return _numbered((*asked, *files))


def _numbered(rows: Iterable[tuple[str, str]]) -> list[Row]:
    return [
        {"nomor": f"{n}.", "nama": name, "keterangan": remark}
        for n, (name, remark) in enumerate(rows, start=1)
    ]
