"""Terlapor mungkin pejabat kantor ini: officials whom a case may be about. People decide.

An official is found by his NIP or his user name, by his name without titles, or by his post,
where the terlapor was written down; and by his NIP or his whole name in subject and summary.
"""

from __future__ import annotations

from collections.abc import Iterator

from backoffice.actor import Staffing
from backoffice.search import name_of
from models import Case, EventKind, Kind, PartyRole, User

NIP_DIGITS = 18
LEAST_WORDS = 2  # of a name that is looked for in a text
# Before and behind a name, without their full stops.
TITLES = frozenset(
    {
        *("dr", "drs", "dra", "ir", "prof", "h", "hj", "kh", "ust", "apt", "ns", "yth"),
        *("sdr", "sdri", "saudara", "saudari", "bapak", "bpk", "ibu", "pak", "bu"),
        *("sh", "se", "st", "sp", "skm", "sag", "spd", "spdi", "ssos", "sip", "sstp", "sap"),
        *("skom", "si", "ssi", "skep", "shi", "sked", "spt", "spi", "sik", "sst", "samd"),
        *("mm", "mt", "mh", "msi", "map", "mkes", "mpd", "mpdi", "mkom", "msc", "mba", "ma"),
        *("mag", "mhum", "msos", "mikom", "phd", "amd", "amdkeb", "dip", "dipl"),
    }
)


def plain_name(text: str) -> str:
    """A name as it is compared: `Dra. Hj. CITRA  Misalnya, M.Si.` is `citra misalnya`."""
    kept = (one for one in text.replace(",", " ").split() if not _is_title(one))
    return name_of(" ".join(kept))


def _is_title(word: str) -> bool:
    return word.replace(".", "").casefold() in TITLES


def suspects(case: Case, staff: Staffing) -> list[User]:
    """The officials of the office whom the case may be about, but for those who were cleared."""
    if case.reported_user_id is not None:
        return []
    settled = {one.data.get("user_id") for one in case.events if one.kind is EventKind.CLEARED}
    return [
        one for one in officials(staff) if one.id not in settled and _is_meant(case, one, staff)
    ]


def officials(staff: Staffing) -> list[User]:
    """Who holds a post of the office, also who is on leave, by name."""
    held = [one for some in staff.holdings.values() for one in some]
    held += [one.holding for one in staff.resting]
    found = {one.user_id: one.user for one in held}
    return sorted(found.values(), key=lambda one: (plain_name(one.name), one.id))


def _is_meant(case: Case, user: User, staff: Staffing) -> bool:
    written = [one for one in case.parties if one.role is PartyRole.REPORTED]
    complains = case.kind == Kind.COMPLAINT
    texts = [case.subject or "", case.summary or ""] if complains else []
    nip = _digits(user.nip)
    named = [text for one in written for text in (one.name, one.identity)]
    if len(nip) == NIP_DIGITS and any(nip in _digits(text) for text in (*named, *texts)):
        return True
    if any(_same(one.name, user, staff) for one in written):
        return True
    name = plain_name(user.name)
    return len(name.split()) >= LEAST_WORDS and any(_says(text, name) for text in texts)


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())


def _same(text: str, user: User, staff: Staffing) -> bool:
    """Whether what was written down is this official: his name, user name or post."""
    name, known = plain_name(text), plain_name(user.name)
    if not name:
        return False
    if name == known or text.strip().casefold() == user.username:
        return True
    shared, own = set(name.split()), set(known.split())
    if len(shared & own) >= LEAST_WORDS and (shared <= own or own <= shared):
        return True
    return any(name == plain_name(title) for title in titles_of(user, staff))


def titles_of(user: User, staff: Staffing) -> Iterator[str]:
    """The posts that somebody holds."""
    for post_id, held in staff.holdings.items():
        if any(one.user_id == user.id for one in held):
            yield staff.posts[post_id].title


def _says(text: str, name: str) -> bool:
    """Whether a text has these words, one behind the other."""
    return f" {name} " in f" {name_of(text)} "
