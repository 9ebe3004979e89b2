"""Invented staff for the demo offices: an account for every post, and every name looks invented."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from models import Holding, Office, Post, User, db

PASSWORD = "paraf-contoh"  # noqa: S105  printed by `make run`; production refuses it
SHORT = {
    "disdukcapil": "dukcapil",
    "dinsos-sekadau": "sekadau",
    "kesra-ambon": "kesra",
    "satpol-pp": "satpol",
    "dinsos-sampang": "sampang",
}
CAST = {
    ("disdukcapil", "kadis"): "Dra. Citra Misalnya, M.Si.",
    ("disdukcapil", "kasubbag-umum"): "Budi Umpama, S.Sos.",
    ("disdukcapil", "petugas-pengaduan"): "Ani Percontohan",
    ("disdukcapil", "customer-service"): "Sari Contoh",
    ("kesra-ambon", "kasubbag-keagamaan"): "Hasan Ibarat, S.Ag.",
    ("kesra-ambon", "staf"): "Dewi Karangan",
}
FIRST = (
    "Gilang",
    "Made",
    "Lestari",
    "Joko",
    "Indah",
    "Oka",
    "Nur",
    "Raden",
    "Maria",
    "Yohanis",
    "Rahmat",
    "Wayan",
    "Siti",
    "Agus",
    "Ester",
    "Bayu",
    "Kartika",
    "Fajar",
    "Melati",
    "Samuel",
)
LAST = (
    "Rekaan",
    "Andaikata",
    "Umpama",
    "Seandainya",
    "Karangan",
    "Peraga",
    "Misalnya",
    "Percontohan",
    "Teladan",
    "Ibarat",
    "Contoh",
)


def invented_name(n: int) -> str:
    """The n-th name of nobody."""
    return f"{FIRST[n % len(FIRST)]} {LAST[(n // len(FIRST) + n) % len(LAST)]}"


def username_of(office: Office, post: Post) -> str:
    """How the holder of a post logs in: `kadis.dukcapil`."""
    return f"{post.key}.{SHORT.get(office.key, office.key)}"


def staff(office: Office, *, since: datetime, first: int, password_hash: str) -> int:
    """Give every post of the office a holder, but for the one outside; the count of posts."""
    mine = (Post.office_id == office.id, Post.takes_escalations.is_(False))
    posts = list(db.session.scalars(select(Post).where(*mine).order_by(Post.id)))
    for n, post in enumerate(posts):
        user = User(
            office_id=office.id,
            username=username_of(office, post),
            name=CAST.get((office.key, post.key), invented_name(first + n)),
            nip=f"00000000 000000 0 {first + n:03}",
            password_hash=password_hash,
            must_change_password=False,
            demo=True,
        )
        db.session.add(user)
        db.session.add(Holding(post=post, user=user, from_at=since))
    db.session.flush()
    return len(posts)
