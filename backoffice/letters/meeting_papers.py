"""The papers of a meeting: undangan, daftar hadir and notulen, as Word files.

Of a confidential case invitation and attendance list say when and where, and nothing of the case.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backoffice import text
from backoffice.actor import holders, posts_of
from backoffice.meeting_words import chair_of, doer_of, name_of, sorted_people
from backoffice.workflow.versions import definition_of
from models import Meeting, Participant, Post, User

from .cleaning import Value
from .kind_fields import NUMBER, OFFICE, SIGNER, Names, plain
from .kop import made
from .signing import Signer, head_of, signature, signer_of
from .values import UNISSUED, UNNUMBERED, letterhead, lines

BLANK = 5  # empty lines at the foot of the attendance list, for who comes uninvited
WHEN = plain("hari_tanggal", "waktu", "tempat_rapat", "acara", "pimpinan")
NAMES: dict[str, Names] = {
    "undangan-rapat": {
        **OFFICE,
        **NUMBER,
        **SIGNER,
        **WHEN,
        **plain("sifat", "lampiran", "hal", "pembuka", "penutup"),
        "undangan": ("nomor", "nama"),
        "susunan": ("nomor", "acara"),
    },
    "daftar-hadir": {
        **OFFICE,
        **WHEN,
        **SIGNER,
        **plain("tempat_tanggal"),
        "peserta": ("nomor", "nama", "jabatan", "instansi", "tanda"),
    },
    "notulen": {
        **OFFICE,
        **WHEN,
        **plain("notulis", "pimpinan_nama", "notulis_nama", "notulis_jabatan", "tempat_tanggal"),
        "peserta": ("nomor", "nama"),
        "pembahasan": ("paragraf",),
        "keputusan": ("nomor", "apa", "siapa", "kapan"),
    },
}
TITLES = {
    "undangan-rapat": "Undangan rapat",
    "daftar-hadir": "Daftar hadir",
    "notulen": "Notulen",
}


def papers_of(meeting: Meeting) -> list[str]:
    """What can be had of a meeting: notulen once there are minutes, nothing of a cancelled one."""
    if meeting.cancelled_at is not None:
        return []
    kinds = ["undangan-rapat", "daftar-hadir"]
    return kinds if meeting.minuted_at is None else [*kinds, "notulen"]


def render(meeting: Meeting, kind: str) -> bytes:
    """One of `papers_of` as a Word file."""
    return made(meeting.case.office, kind, VALUES[kind](meeting))


def invitation_values(meeting: Meeting) -> dict[str, Value]:
    """Every value of the invitation; the head of the office signs it."""
    office, hidden = meeting.case.office, definition_of(meeting.case).confidential
    posts = posts_of(office.id)
    head = head_of(office.id)
    people = sorted_people(meeting.people)
    points = [] if hidden else lines(meeting.agenda)
    return {
        **letterhead(office),
        **_when(meeting),
        **signature(signer_of(head, meeting.called_at) if head is not None else Signer()),
        "paraf": [],
        "nomor_surat": UNNUMBERED,
        **UNISSUED,
        "tanggal_surat": text.plain_date(_day(meeting.called_at, meeting)),
        "sifat": "Rahasia" if hidden else "Biasa",
        "lampiran": "-",
        "hal": "Undangan rapat",
        "pembuka": "Mengharap kehadiran Saudara dalam rapat yang akan diadakan pada:",
        "acara": _subject(meeting),
        "penutup": "Demikian disampaikan, atas perhatian dan kehadiran Saudara diucapkan "
        "terima kasih.",
        "undangan": [
            {"nomor": f"{n}.", "nama": name_of(one, posts)} for n, one in enumerate(people, 1)
        ],
        "susunan": [{"nomor": f"{n}.", "acara": one} for n, one in enumerate(points, 1)],
    }


def attendance_values(meeting: Meeting) -> dict[str, Value]:
    """Every value of the attendance list: a line for each invited, and some empty ones."""
    office = meeting.case.office
    posts = posts_of(office.id)
    invited = [one.post_id for one in meeting.people if one.post_id is not None]
    held = holders(invited, meeting.starts_at)
    rows = [_seat(one, posts, held, office.title) for one in sorted_people(meeting.people)]
    rows += [("", "", "")] * BLANK
    return {
        **letterhead(office),
        **_when(meeting),
        **_chair_signs(meeting),
        "acara": _subject(meeting),
        "paraf": [],
        "tempat_tanggal": _signed_at(meeting),
        "peserta": [
            {
                "nomor": f"{n}.",
                "nama": name,
                "jabatan": title,
                "instansi": organisation,
                "tanda": f"{n}. …………" if n % 2 else f"            {n}. …………",
            }
            for n, (name, title, organisation) in enumerate(rows, 1)
        ],
    }


def _seat(
    one: Participant, posts: dict[int, Post], held: dict[int, list[User]], office: str
) -> tuple[str, str, str]:
    """Name, post and organisation; the name is left open where several hold the post."""
    if one.post_id is None:
        return one.name, "", one.organisation
    users = held.get(one.post_id, [])
    return (users[0].name if len(users) == 1 else ""), posts[one.post_id].title, office


def minutes_values(meeting: Meeting) -> dict[str, Value]:
    """Every value of the minutes; whoever led and whoever wrote them sign."""
    posts = posts_of(meeting.case.office_id)
    came = [name_of(one, posts) for one in sorted_people(meeting.people) if one.came]
    writer = meeting.minutes_user
    chair = _chair_signs(meeting)
    return {
        **letterhead(meeting.case.office),
        **_when(meeting),
        "notulis": writer.name if writer is not None else "",
        "notulis_jabatan": "Notulis",
        "notulis_nama": writer.name if writer is not None else UNNUMBERED,
        "pimpinan_nama": chair["ttd_nama"],
        "tempat_tanggal": _signed_at(meeting),
        "peserta": [{"nomor": f"{n}.", "nama": one} for n, one in enumerate(came, 1)],
        "pembahasan": [{"paragraf": one} for one in lines(meeting.minutes)],
        "keputusan": [
            {
                "nomor": f"{n}.",
                "apa": one.text,
                "siapa": doer_of(one, posts) or "-",
                "kapan": text.plain_date(one.due_on) if one.due_on else "-",
            }
            for n, one in enumerate(meeting.decisions, 1)
        ],
    }


VALUES: dict[str, Callable[[Meeting], dict[str, Value]]] = {
    "undangan-rapat": invitation_values,
    "daftar-hadir": attendance_values,
    "notulen": minutes_values,
}


def _subject(meeting: Meeting) -> str:
    """About what it is, on papers that go from hand to hand."""
    hidden = definition_of(meeting.case).confidential
    return "Rapat pembahasan" if hidden else meeting.subject


def _when(meeting: Meeting) -> dict[str, Value]:
    """Hari, tanggal, waktu, tempat, acara; and who leads."""
    zone = meeting.case.office.timezone
    begins = f"{text.clock_time(meeting.starts_at, zone)} {text.zone_name(zone)}"
    ends = f"pukul {text.clock_time(meeting.ends_at, zone)}" if meeting.ends_at else "selesai"
    return {
        "hari_tanggal": text.long_date(_day(meeting.starts_at, meeting)),
        "waktu": f"Pukul {begins} sampai dengan {ends}",
        "tempat_rapat": meeting.place,
        "acara": meeting.subject,
        "pimpinan": chair_of(meeting),
    }


def _chair_signs(meeting: Meeting) -> dict[str, Value]:
    """The block of whoever leads; of somebody from outside only what he was called is known."""
    if meeting.chair_post is not None:
        return signature(signer_of(meeting.chair_post, meeting.starts_at))
    return signature(Signer(title=meeting.chair))


def _signed_at(meeting: Meeting) -> str:
    place = letterhead(meeting.case.office)["tempat"]
    return f"{place}, {text.plain_date(_day(meeting.starts_at, meeting))}"


def _day(moment: datetime, meeting: Meeting) -> date:
    return moment.astimezone(ZoneInfo(meeting.case.office.timezone)).date()
