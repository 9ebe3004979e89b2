"""The letters that are drafted in a case.

What is typed is suggested from the answers of the same name in the forms of the case, so that an
SOP feeds its letters by naming its fields.
"""

from __future__ import annotations

from dataclasses import replace

from backoffice.text import _l

from .kind_fields import (
    ADDRESS,
    ADVICE,
    AS_OF,
    BASIS,
    CHRONOLOGY,
    CONSIDERED,
    COPIES,
    ENCLOSURES,
    END,
    FURTHER,
    GOODS_GIVEN,
    HEAD,
    LETTER,
    MISSING,
    NATURE,
    NEXT,
    ONE_A_LINE,
    OPENING,
    ORIGINALS,
    OUTCOME,
    PLACE,
    POSITION,
    REASONS,
    RECIPIENT,
    REPORTED,
    SENDER,
    SENT,
    SOURCE,
    SUBJECT,
    TEXT,
    VERIFIED,
    WITNESS,
)
from .letter_kind import LetterKind

DRAFTED = (
    LetterKind(
        key="surat-balasan",
        title="Surat balasan",
        about="Jawaban kantor atas pengaduan, permintaan, atau permohonan.",
        fields=(*HEAD, TEXT, *END),
        more=LETTER,
    ),
    LetterKind(
        key="surat-pengembalian-berkas",
        title="Surat pengembalian berkas",
        about="Berkas yang belum lengkap dikembalikan, dengan apa yang kurang.",
        fields=(*HEAD, MISSING, FURTHER, *END),
        more=LETTER,
    ),
    LetterKind(
        key="surat-pemberitahuan",
        title="Surat pemberitahuan",
        about="Pengaduan atau permohonan tidak dapat ditindaklanjuti, dengan alasannya.",
        fields=(*HEAD, REASONS, BASIS, FURTHER, *END),
        more=LETTER,
    ),
    LetterKind(
        key="surat-klarifikasi",
        title="Surat klarifikasi",
        about="Penjelasan kepada masyarakat atau pihak terkait atas laporan yang tidak benar.",
        fields=(
            *HEAD,
            REPORTED,
            VERIFIED,
            replace(TEXT, label=_l("Clarification")),
            *END,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="surat-rekomendasi",
        title="Surat rekomendasi",
        about="Rekomendasi pejabat kepada pejabat lain atau instansi lain tentang suatu berkas.",
        fields=(
            RECIPIENT,
            BASIS,
            CONSIDERED,
            replace(TEXT, label=_l("What is recommended"), help=ONE_A_LINE),
            *END,
        ),
        more=LETTER,
        by_drafter=True,
    ),
    LetterKind(
        key="surat-tindak-lanjut",
        title="Surat tindak lanjut",
        about="Apa yang telah dilakukan atas suatu pengaduan, hasilnya, dan langkah berikutnya.",
        fields=(
            *HEAD,
            replace(TEXT, label=_l("What was done"), help=ONE_A_LINE),
            OUTCOME,
            NEXT,
            *END,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="surat-pengantar-data",
        title="Surat pengantar data",
        about="Daftar data atau dokumen yang diserahkan, dengan tanda terima bagi yang mengirim.",
        fields=(
            RECIPIENT,
            ADDRESS,
            SENT,
            SOURCE,
            AS_OF,
            COPIES,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="laporan-penanganan",
        title="Laporan penanganan pengaduan",
        about="Kronologi, penanganan, hasil, dan rekomendasi, bagi pihak yang terkait.",
        fields=(
            SUBJECT,
            BASIS,
            CHRONOLOGY,
            replace(TEXT, label=_l("How it was handled"), help=ONE_A_LINE),
            replace(OUTCOME, required=True),
            ADVICE,
            COPIES,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="nota-dinas",
        title="Nota dinas",
        about="Di dalam pemerintah daerah: berbagi pengetahuan dari suatu berkas kepada atasan.",
        fields=(
            RECIPIENT,
            SENDER,
            NATURE,
            ENCLOSURES,
            SUBJECT,
            OPENING,
            TEXT,
            *END,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="berita-acara-serah-terima",
        title="Berita acara serah terima",
        about="Penyerahan barang atau bantuan dari pihak pertama kepada pihak kedua.",
        fields=(
            replace(RECIPIENT, label=_l("Received by (second party)")),
            POSITION,
            ADDRESS,
            PLACE,
            GOODS_GIVEN,
            ORIGINALS,
            WITNESS,
        ),
        more=LETTER,
    ),
)
SIDED = (  # those with the head of a surat dinas, which has two layouts
    "surat-balasan",
    "surat-pengembalian-berkas",
    "surat-pemberitahuan",
    "surat-klarifikasi",
    "surat-tindak-lanjut",
)
