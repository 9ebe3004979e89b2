"""What a new letter begins with, kind by kind: sentences a drafter may keep or change.

Where a form of the case has an answer under the name of a field, that answer is suggested.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from backoffice.text import plain_date
from backoffice.workflow.versions import definition_of
from models import Case, Kind

from .facts import (
    amount_of,
    answers_of,
    case_values,
    chosen_labels,
    last_note,
    last_reason,
    local_day,
    received_on,
    record_words,
    recorded,
    records_of,
    sender,
)
from .kinds import RIGHT
from .signing import head_of
from .spelling import counted

HONORIFICS = ("sdr", "sdri", "saudara", "saudari", "bapak", "ibu", "yth", "pimpinan", "ketua")
THANKS = "atas perhatian Saudara diucapkan terima kasih."
CLOSING = f"Demikian disampaikan, {THANKS}"
MATTERS = {
    Kind.COMPLAINT: "pengaduan",
    Kind.DATA_REQUEST: "permintaan data",
    Kind.AID_PROPOSAL: "permohonan bantuan",
    Kind.GENERAL: "permohonan",
}
REFUSED = {
    Kind.COMPLAINT: "tidak dapat ditindaklanjuti",
    Kind.DATA_REQUEST: "tidak dapat dipenuhi",
    Kind.AID_PROPOSAL: "tidak dapat dikabulkan",
    Kind.GENERAL: "tidak dapat dikabulkan",
}


@dataclass(frozen=True, slots=True)
class About:
    """A case as its letters speak of it."""

    case: Case

    @property
    def matter(self) -> str:
        """What it is: pengaduan, permintaan data …"""
        return MATTERS[Kind(self.case.kind)]

    @property
    def subject(self) -> str:
        """Its subject, to be put behind what it is; empty where nobody wrote one."""
        return f" tentang {self.case.subject}" if self.case.subject else ""

    @property
    def number(self) -> str:
        """Its number, to be put behind what it is."""
        return f" nomor {self.case.number}" if self.case.number else ""

    @property
    def dated(self) -> str:
        """Number and day."""
        return f"{self.number} tanggal {plain_date(received_on(self.case))}"

    @property
    def yours(self) -> str:
        """The whole of it, to its sender."""
        return f"{self.matter} Saudara{self.dated}"


def suggest(case: Case, kind: str) -> dict[str, str]:
    """What is suggested for the fields of a letter of that kind; others begin empty."""
    made = SUGGESTIONS.get(kind.removesuffix(RIGHT), _reply)
    return {**_head(case), **recorded(case), **made(About(case))}


def _head(case: Case) -> dict[str, str]:
    party = sender(case)
    return {
        "penerima": addressee(party.name if party else ""),
        "alamat_penerima": (party.address if party else "") or "Tempat",
        "sifat": "Biasa",
        "lampiran": "-",
        "penutup": CLOSING,
    }


def addressee(name: str) -> str:
    """The name as a letter addresses it, with the Sdr. that it may lack."""
    if not name:
        return ""
    first = name.split()[0].strip(".").lower()
    return name if first in HONORIFICS else f"Sdr. {name}"


def _reply(about: About) -> dict[str, str]:
    return {
        "hal": f"Jawaban atas {about.matter}{about.subject}",
        "pembuka": f"Sehubungan dengan {about.yours}, "
        "bersama ini disampaikan hal-hal sebagai berikut.",
    }


def _returned(about: About) -> dict[str, str]:
    return {
        "lampiran": "1 (satu) berkas",
        "hal": f"Pengembalian berkas {about.matter}{about.subject}",
        "pembuka": f"Sehubungan dengan {about.yours}, setelah diperiksa berkas tersebut belum "
        "dapat diproses karena belum lengkap, yaitu:",
        "kekurangan": last_reason(about.case),
        "isi": "Bersama surat ini berkas dimaksud dikembalikan untuk dilengkapi. Berkas yang telah "
        "lengkap dapat disampaikan kembali kepada kami dengan menyebutkan nomor tersebut di atas.",
    }


def _refused(about: About) -> dict[str, str]:
    cannot = REFUSED[Kind(about.case.kind)]
    return {
        "hal": f"Pemberitahuan {about.matter} {cannot}",
        "pembuka": f"Sehubungan dengan {about.yours}{about.subject}, dengan hormat diberitahukan "
        f"bahwa setelah dilakukan penelaahan, {about.matter} tersebut {cannot} dengan alasan "
        "sebagai berikut:",
        "alasan": last_reason(about.case),
        "isi": "Apabila Saudara berkeberatan atau mempunyai bukti baru, keberatan dapat "
        "disampaikan secara tertulis kepada kami dengan menyebutkan nomor tersebut di atas.",
    }


def _clarified(about: About) -> dict[str, str]:
    return {
        "hal": f"Klarifikasi atas {about.matter}{about.subject}",
        "pembuka": f"Sehubungan dengan {about.matter}{about.dated} yang kami terima, setelah "
        "dilakukan verifikasi bersama ini disampaikan klarifikasi sebagai berikut.",
        "pokok": about.case.summary or about.case.subject or "",
        "hasil_verifikasi": last_note(about.case),
        "penutup": f"Demikian klarifikasi ini disampaikan untuk menjadi maklum, {THANKS}",
    }


def _recommended(about: About) -> dict[str, str]:
    head = head_of(about.case.office_id)
    return {
        "penerima": head.title if head is not None else "",
        "dasar": f"{about.matter.capitalize()}{about.dated}{about.subject}",
        "penutup": "Demikian rekomendasi ini dibuat untuk dipergunakan sebagaimana mestinya.",
    }


def _followed_up(about: About) -> dict[str, str]:
    return {
        "hal": f"Tindak lanjut {about.matter}{about.subject}",
        "pembuka": f"Menindaklanjuti {about.yours}, bersama ini disampaikan hal-hal yang telah "
        "dilakukan sebagai berikut:",
    }


def _data(about: About) -> dict[str, str]:
    lines = recorded(about.case).get("uraian") or f"Data yang diminta{about.subject}"
    return {"uraian": "\n".join(f"{one}; 1 (satu) berkas" for one in lines.splitlines())}


def _reported(about: About) -> dict[str, str]:
    at = {one.id: one.happened_at for one in about.case.events}
    done = [
        f"{plain_date(local_day(at[one.event_id], about.case.office))}: {form.title}"
        for form, one in records_of(about.case)
    ]
    return {
        "hal": f"{about.matter.capitalize()}{about.subject}",
        "dasar": f"{about.matter.capitalize()}{about.dated}{about.subject}",
        "kronologi": about.case.summary or "",
        "isi": "\n".join(done),
    }


def _noted(about: About) -> dict[str, str]:
    said = [
        f"{field.label}: {' '.join(words.split())}"
        for form, record in records_of(about.case)
        for field, words in record_words(form, record)
        if field.type in ("text", "long_text")
    ]
    return {
        "penerima": "",
        "hal": f"Hasil penanganan {about.matter}{about.subject}",
        "pembuka": f"Bersama ini dilaporkan hasil penanganan {about.matter}{about.dated} sebagai "
        "bahan masukan dan berbagi pengetahuan.",
        "isi": "\n".join(said),
        "penutup": "Demikian dilaporkan, mohon arahan lebih lanjut.",
    }


def _handed_over(about: About) -> dict[str, str]:
    party, known = sender(about.case), recorded(about.case)
    return {
        "penerima": known.get("penerima") or (party.name if party else ""),
        "alamat_penerima": party.address if party else "",
        "barang": goods_of(about.case),
        "rangkap": "2 (dua)",
    }


def goods_of(case: Case) -> str:
    """What the case is about as a row of goods: the product, what was chosen, how many."""
    chosen: list[str] = []
    number, unit = None, ""
    for field, value in answers_of(case):
        if field.type == "choice":
            chosen += chosen_labels(field, value)
        elif field.type == "number":
            number, unit = amount_of(field, value), unit_of(field.label)
    named = definition_of(case).product or str(case_values(case)["perihal"])
    what = f"{named} ({', '.join(chosen)})" if chosen else named
    return f"{what}; {how_many(number, unit)}".rstrip("; ")


def unit_of(label: str) -> str:
    """Jumlah dimohon (ekor): ekor."""
    return label.rsplit("(", 1)[1].rstrip(") ") if label.rstrip().endswith(")") else ""


def how_many(number: Decimal | None, unit: str) -> str:
    """2 (dua) ekor."""
    if number is None or number != int(number):
        return ""
    return f"{counted(int(number))} {unit}".strip()


SUGGESTIONS: dict[str, Callable[[About], dict[str, str]]] = {
    "surat-balasan": _reply,
    "surat-pengembalian-berkas": _returned,
    "surat-pemberitahuan": _refused,
    "surat-klarifikasi": _clarified,
    "surat-rekomendasi": _recommended,
    "surat-tindak-lanjut": _followed_up,
    "surat-pengantar-data": _data,
    "laporan-penanganan": _reported,
    "nota-dinas": _noted,
    "berita-acara-serah-terima": _handed_over,
}
