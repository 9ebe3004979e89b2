"""Invented letters of the demo: who wrote to the office, about what, and before whom it lies."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice import incoming
from backoffice.actor import holders, person_of
from backoffice.agenda import REGISTRARS, registrar
from backoffice.incoming import Arrival
from backoffice.workflow.inputs import Upload
from models import Office, Post, db

# Office -> (days ago, sender, number, subject, sifat); the oldest first.
LETTERS = {
    "disdukcapil": (
        (9, "Camat Contoh Hulu", "470/18/KEC", "Perekaman KTP-el bagi warga lanjut usia", "biasa"),
        (2, "Kepala SMA Negeri Contoh", "421/7/SMA", "Perekaman KTP-el di sekolah", "segera"),
    ),
    "dinsos-sekadau": (
        (6, "Kepala Desa Contoh", "460/3/DS", "Permintaan data penerima bantuan", "biasa"),
    ),
    "kesra-ambon": (
        (4, "Panitia Kurban Masjid Contoh", "02/PAN/2026", "Permohonan hewan kurban", "biasa"),
        (1, "Kantor Kementerian Agama Contoh", "B-11/KK", "Undangan koordinasi", "segera"),
    ),
}


def write(now: datetime, upload: Upload) -> None:
    """Enter the letters into the agenda of their offices, each with a scan."""
    for key, letters in LETTERS.items():
        office = db.session.scalars(select(Office).where(Office.key == key)).one()
        for days, sender, number, subject, urgency in letters:
            at = now - timedelta(days=days)
            keeper = next(
                post
                for post in db.session.scalars(select(Post).where(Post.office_id == office.id))
                if REGISTRARS in post.capabilities
            )
            actor = registrar(person_of(holders([keeper.id], at)[keeper.id][0], at))
            if actor is None:
                raise LookupError(f"nobody keeps the registers of {key}")
            day = at.astimezone(ZoneInfo(office.timezone)).date()
            arrival = Arrival(
                received_on=day,
                sender=sender,
                number=number,
                dated_on=day - timedelta(days=3),
                subject=subject,
                urgency=urgency,
                scans=(upload,),
            )
            incoming.register(arrival, actor=actor, now=at)
