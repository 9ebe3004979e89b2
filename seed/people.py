"""Invented staff for the demo offices: an account for every post, and every name looks invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice import holdings
from backoffice.holdings import Substitute
from backoffice.periods import begin_of, end_of
from models import Holding, Leave, LeaveKind, Office, Post, User, db

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
# Office -> who is on a journey since yesterday, and who is his Plh.
STANDS_IN = {"kesra-ambon": ("kabag", "kasubbag-kesra")}
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


def let_stand_in(office: Office, now: datetime) -> None:
    """Send the head on his journey until the day after tomorrow, with a Plh."""
    if office.key not in STANDS_IN:
        return
    away, deputy = (_holding_of(office, key) for key in STANDS_IN[office.key])
    today = now.astimezone(ZoneInfo(office.timezone)).date()
    from_on, until_on = today - timedelta(days=1), today + timedelta(days=2)
    leave = Leave(
        holding=away,
        kind=LeaveKind.JOURNEY,
        from_at=begin_of(from_on, None, office.timezone),
        until_at=end_of(until_on, None, office.timezone),
        letter_number="090/11/KESRA",
        letter_on=from_on - timedelta(days=2),
    )
    db.session.add(leave)
    holdings.refuse_leave(leave)
    order = Substitute(deputy.user, "800/7/KESRA", from_on - timedelta(days=1))
    holdings.substitute(leave, order, leave.from_at)


def _holding_of(office: Office, key: str) -> Holding:
    query = select(Holding).join(Post).where(Post.office_id == office.id, Post.key == key)
    return db.session.scalars(query).one()
