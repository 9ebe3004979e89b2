"""Where something stands in an SOP, in the words of whoever has the paper beside it."""

from __future__ import annotations

MOST = 48  # letters of an activity, enough to find the row on the paper


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head = text[:most]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:/") + "…"


def of_step(row: str | None, activity: str) -> str:
    """Langkah 6 (Kepala Dinas memeriksa surat)."""
    number = f"Langkah {shortened(row, 10)}" if row else "Langkah tanpa nomor"
    return f"{number} ({shortened(activity, MOST)})" if activity else number


def of_way(label: str) -> str:
    """tombol «Setujui»."""
    return f"tombol «{shortened(label, MOST)}»" if label else "jalan keluar"


def of_field(label: str) -> str:
    """Isian «Luas»."""
    return f"Isian «{shortened(label, MOST)}»" if label else "Isian"


def of_record(title: str) -> str:
    """Formulir «Notulen»."""
    return f"Formulir «{shortened(title, MOST)}»" if title else "Formulir"


def of_outcome(label: str) -> str:
    """Hasil akhir «Ditolak»."""
    return f"Hasil akhir «{shortened(label, MOST)}»" if label else "Hasil akhir"
