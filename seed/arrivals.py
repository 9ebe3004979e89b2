"""Invented letters of the demo: who wrote to the office, about what, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice import incoming
from backoffice.actor import Actor, holders, person_of
from backoffice.agenda import REGISTRARS, registrar
from backoffice.incoming import Arrival
from backoffice.workflow.inputs import Upload
from models import Office, Post, db
from seed import orders
from seed.moments import working_ago
from seed.orders import Deed, Given, Recalled, Reported, Seen


@dataclass(frozen=True, kw_only=True)
class Came:
    """A letter that came `hours` working hours ago, and what the office did with it."""

    hours: float
    sender: str
    number: str
    subject: str
    urgency: str = "biasa"
    deeds: tuple[Deed, ...] = ()


# The head gave it to three posts: one passed it on and has reported, one lets it lie, and from
# the third it was taken back before it was read.
ELDERLY = Came(
    hours=60,
    sender="Camat Contoh Hulu",
    number="470/18/KEC",
    subject="Perekaman KTP-el bagi warga lanjut usia",
    deeds=(
        Seen(hours=58, by="kadis"),
        Given(
            hours=58,
            by="kadis",
            lead="kabid-daftar-capil",
            to=("kasubbag-umum", "customer-service"),
            information=("sekretaris",),
            ticks=("koordinasi", "selesaikan"),
            words="Jadwalkan perekaman di rumah warga. Kasubbag menyiapkan kendaraan.",
            over=10,
        ),
        Recalled(
            hours=57.5, by="kadis", of="customer-service", reason="Cukup ditangani Kepala Bidang."
        ),
        Seen(hours=57, by="kabid-daftar-capil"),
        Given(
            hours=55,
            by="kabid-daftar-capil",
            lead="kasi-pendaftaran",
            words="Cocokkan daftar warga dengan lurah, lalu datangi rumahnya.",
            over=20,
        ),
        Seen(hours=54, by="kasi-pendaftaran"),
        Seen(hours=50, by="sekretaris"),
        Reported(
            hours=26,
            by="kasi-pendaftaran",
            text="Sebelas dari dua belas warga sudah direkam; satu orang sedang dirawat.",
        ),
        Reported(
            hours=16,
            by="kabid-daftar-capil",
            text="Perekaman selesai kecuali satu warga, yang didatangi minggu depan.",
        ),
    ),
)
LETTERS = {
    "disdukcapil": (
        ELDERLY,
        Came(
            hours=14,
            sender="Kepala SMA Negeri Contoh",
            number="421/7/SMA",
            subject="Perekaman KTP-el di sekolah",
            urgency="segera",
        ),
    ),
    "dinsos-sekadau": (
        Came(
            hours=30,
            sender="Kepala Desa Contoh",
            number="460/3/DS",
            subject="Permintaan data penerima bantuan",
            deeds=(
                Seen(hours=5, by="kadis"),
                Given(
                    hours=4,
                    by="kadis",
                    lead="kabid-linjamsos",
                    to=("kabid-rehsos",),
                    information=("sekretaris",),
                    ticks=("proses", "pendapat"),
                    words="Siapkan data per dusun. Data penyandang disabilitas dari Rehsos.",
                    due=3,
                ),
            ),
        ),
    ),
    "kesra-ambon": (
        Came(
            hours=28,
            sender="Panitia Kurban Masjid Contoh",
            number="02/PAN/2026",
            subject="Permohonan hewan kurban",
        ),
        Came(
            hours=6,
            sender="Kantor Kementerian Agama Contoh",
            number="B-11/KK",
            subject="Undangan koordinasi",
            urgency="segera",
        ),
    ),
}


def write(now: datetime, upload: Upload) -> None:
    """Enter the letters into the agenda of their offices, each with a scan."""
    for key, letters in LETTERS.items():
        office = db.session.scalars(select(Office).where(Office.key == key)).one()
        for one in letters:
            at = working_ago(office, now, one.hours)
            day = at.astimezone(ZoneInfo(office.timezone)).date()
            arrival = Arrival(
                received_on=day,
                sender=one.sender,
                number=one.number,
                dated_on=day - timedelta(days=3),
                subject=one.subject,
                urgency=one.urgency,
                scans=(upload,),
            )
            letter = incoming.register(arrival, actor=keeper_of(office, at), now=at)
            orders.tell(letter, one.deeds, now)


def keeper_of(office: Office, at: datetime) -> Actor:
    """Who keeps the registers of an office."""
    posts = db.session.scalars(select(Post).where(Post.office_id == office.id))
    keeper = next(post for post in posts if REGISTRARS in post.capabilities)
    actor = registrar(person_of(holders([keeper.id], at)[keeper.id][0], at))
    if actor is None:
        raise LookupError(f"nobody keeps the registers of {office.key}")
    return actor
