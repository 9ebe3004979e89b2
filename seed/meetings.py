"""Invented meetings of the demo: one that was held and written down, and one that is to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice import meetings
from backoffice.meetings import Guest, Invitation, Minutes, Resolved
from backoffice.workflow.engine import command
from models import Case, Meeting, Office, db
from seed.moments import later, working_day
from seed.orders import acting, post_of

NINE = time(9)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Who does what within so many working days: a post, or `who` outside."""

    text: str
    days: int
    post: str | None = None
    who: str = ""


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """A meeting about the case of that subject, called by a post that has it.

    It is held `days` working days from now, or was held an hour after the call (0).
    """

    office: str
    about: str
    by: str
    subject: str
    place: str
    agenda: str
    posts: tuple[str, ...]
    guests: tuple[Guest, ...] = ()
    chair: str | None = None
    outside: str = ""  # who leads, where it is nobody of the office
    days: int = 0
    minutes: str = ""
    decisions: tuple[Decided, ...] = ()


GATHERINGS = (
    Gathering(
        office="disdukcapil",
        about="NIK ganda atas nama yang sama dengan alamat berbeda di Kelurahan Contoh Hilir",
        by="kadis",
        subject="Pembahasan NIK ganda di Kelurahan Contoh Hilir",
        place="Ruang rapat Dinas",
        agenda="Asal NIK yang kedua\nLangkah pembetulan",
        posts=("kabid-daftar-capil", "kasi-pendaftaran", "tim-teknis-aplikasi"),
        guests=(Guest("Lurah Contoh Hilir", "Kelurahan Contoh Hilir"),),
        chair="kadis",
        minutes="NIK yang kedua terbit saat pindah datang; alamat lama tidak dinonaktifkan.\n"
        "Warga memakai NIK yang pertama untuk semua urusannya.",
        decisions=(
            Decided(
                text="Usulkan penonaktifan NIK yang kedua ke pusat.",
                days=3,
                post="kasi-pendaftaran",
            ),
            Decided(
                text="Sampaikan kepada warga NIK mana yang berlaku.",
                days=2,
                who="Lurah Contoh Hilir",
            ),
        ),
    ),
    Gathering(
        office="disdukcapil",
        about="Petugas loket 3 diduga meminta biaya pencetakan kartu keluarga",
        by="kadis",
        subject="Pembahasan pengaduan biaya di loket 3",
        place="Ruang rapat Sekretariat Daerah",
        agenda="Hasil pemeriksaan awal\nLangkah penyelesaian",
        posts=("sekretaris", "kasubbag-umum"),
        outside="Sekretaris Daerah Kota Contoh",
        days=2,
    ),
)


def hold(now: datetime) -> None:
    """Call the meetings, and write down those that were held."""
    for one in GATHERINGS:
        office = db.session.scalars(select(Office).where(Office.key == one.office)).one()
        query = select(Case).where(Case.office_id == office.id, Case.subject == one.about)
        case = db.session.scalars(query).one()
        case_id, called, over = case.id, later(case, 20), later(case, 140)
        if over > now:
            continue  # nothing in the demo lies in the future
        wanted = _invitation(one, office, called, now)
        with command(case_id) as locked:
            actor = acting(office, one.by, called)
            meeting_id = meetings.call(locked, wanted, actor=actor, now=called).id
        if not one.days:
            _minute(one, office, case_id, meeting_id, over)


def _invitation(one: Gathering, office: Office, at: datetime, now: datetime) -> Invitation:
    starts_at = at + timedelta(hours=1)
    if one.days:
        day = working_day(office, now, one.days)
        starts_at = datetime.combine(day, NINE, ZoneInfo(office.timezone))
    return Invitation(
        subject=one.subject,
        starts_at=starts_at,
        place=one.place,
        agenda=one.agenda,
        chair_post_id=post_of(office, one.chair).id if one.chair else None,
        chair=one.outside,
        posts=tuple(post_of(office, key).id for key in one.posts),
        guests=one.guests,
    )


def _minute(one: Gathering, office: Office, case_id: int, meeting_id: int, at: datetime) -> None:
    decisions = tuple(
        Resolved(
            text=line.text,
            post_id=post_of(office, line.post).id if line.post else None,
            who=line.who,
            due_on=working_day(office, at, line.days),
        )
        for line in one.decisions
    )
    with command(case_id) as case:
        meeting: Meeting = meetings.of_case(case, meeting_id)
        came = frozenset(row.id for row in meeting.people)
        written = Minutes(text=one.minutes, came=came, decisions=decisions)
        meetings.minute(case, meeting, written, actor=acting(office, one.by, at), now=at)
