"""Menyiapkan kantor: what an office still lacks, in the order in which one sets it up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue
from flask_admin import BaseView, expose

from backoffice import jobs
from backoffice.actor import Person
from backoffice.readiness import Line, Readiness, State, readiness
from backoffice.text import _, _l, zone_name
from models import Office
from views import hours
from views.guard import Guarded
from views.session import current_person, utc_now
from views.settings import GROUP
from views.spans import moment_words

MOST_NAMES = 5  # in one sentence
TITLES = {
    "letterhead": _l("Letterhead and contacts"),
    "hours": _l("Office hours"),
    "holidays": _l("Holidays of %(year)d"),
    "numbers": _l("Case numbers"),
    "units": _l("Units"),
    "roles": _l("Roles in the SOPs"),
    "posts": _l("Posts"),
    "superiors": _l("Superiors"),
    "holders": _l("Holders of posts"),
    "vacancy": _l("Vacant: %(post)s"),
    "draft": _l("Draft: %(sop)s"),
    "published": _l("Published SOPs"),
}
SENTENCES = {
    ("letterhead", "done"): _l("Name, address and contacts stand on every letter."),
    ("letterhead", "address"): _l("The address is missing. It stands at the head of every letter."),
    ("letterhead", "contacts"): _l("Telephone and e-mail are missing: who needs help looks there."),
    ("letterhead", "address_contacts"): _l("Address and contacts are missing."),
    ("hours", "hours"): _l("%(hours)s. Working time is counted in these hours."),
    ("holidays", "done"): _l("%(n)d days on which the clock stands."),
    ("holidays", "none"): _l("None yet: fill in the national list, then correct it."),
    ("numbers", "done"): _l("The first case of an SOP with the code ADU is %(sample)s."),
    ("units", "done"): _l("%(n)d units."),
    ("units", "none"): _l("None. A small office without units may leave this out."),
    ("roles", "done"): _l("%(n)d roles, each one that an SOP needs with a post."),
    ("roles", "none"): _l("None yet: enter who acts in the SOPs (Pelaksana), as on the paper."),
    ("roles", "without_post"): _l("No post has the role of %(roles)s. Give it to a post."),
    ("posts", "done"): _l("%(n)d posts."),
    ("posts", "none"): _l("No post has a role in an SOP yet: enter the posts with their roles."),
    ("posts", "idle"): _l("Without a role or a right: %(posts)s. They get no work."),
    ("superiors", "done"): _l(
        "Every post but one has a superior, who stands in when it is vacant."
    ),
    ("superiors", "several"): _l(
        "Without a superior: %(posts)s. Only the head has none; where a post without one is "
        "vacant, its work lies nowhere."
    ),
    ("holders", "done"): _l("Every post is held."),
    ("holders", "vacant"): _l("Nobody holds %(posts)s; their work lies with the superior."),
    ("holders", "lost"): _l(
        "Nobody holds %(posts)s, and nobody above. Enter people and name the holders."
    ),
    ("vacancy", "now"): _l("Vacant since %(since)s; the work lies with %(desk)s."),
    ("vacancy", "away"): _l(
        "The holder is away since %(since)s without a Plh.; the work lies with %(desk)s."
    ),
    ("vacancy", "never"): _l("Nobody has held it yet; the work lies with %(desk)s."),
    ("vacancy", "coming"): _l("Nobody holds it from %(since)s on. Name who follows."),
    ("draft", "errors"): _l("%(n)d errors keep it from being published."),
    ("draft", "publish"): _l("Nothing keeps it from being published."),
    ("published", "done"): _l("%(sops)s."),
    ("published", "none"): _l("None yet: write the first SOP of the office."),
    ("published", "drafts"): _l("None yet: publish a draft, and cases can be opened."),
    ("published", "nobody"): _l(
        "Nobody can open a case: give the role of a first step to a post that somebody holds."
    ),
}
VERBS = {
    "letterhead": _l("Enter the letterhead"),
    "hours": _l("Change the hours"),
    "holidays": _l("See the holidays"),
    "numbers": _l("Change the numbers"),
    "units": _l("Enter units"),
    "roles": _l("Enter roles"),
    "posts": _l("Enter posts"),
    "superiors": _l("See the posts"),
    "holders": _l("Name holders"),
    "vacancy": _l("Name a holder"),
    "draft": _l("Open the draft"),
    "published": _l("See the SOPs"),
}
PLACES: dict[str, Callable[[Line, Office], str]] = {
    "letterhead": lambda line, office: f"/instansi/edit/?id={office.id}",
    "hours": lambda line, office: f"/instansi/edit/?id={office.id}#hours",
    "holidays": lambda line, office: f"/hari-libur/?flt0_tahun={line.values['year']}",
    "numbers": lambda line, office: f"/instansi/edit/?id={office.id}#numbers",
    "units": lambda line, office: "/bidang/",
    "roles": lambda line, office: "/pelaksana/",
    "posts": lambda line, office: "/jabatan/",
    "superiors": lambda line, office: "/jabatan/",
    "holders": lambda line, office: "/pemangku/",
    "vacancy": lambda line, office: f"/pemangku/new/?post={line.values['id']}",
    "draft": lambda line, office: f"/sop/edit/?id={line.values['id']}",
    "published": lambda line, office: "/sop/",
}
SOP_LINES = ("draft", "published")  # the others are for who manages the office
MARKS = {
    State.DONE: "done",
    State.MISSING: "late",
    State.ADVICE: "info",
    State.ALERT: "today",
}
WORDS = {
    State.DONE: _l("Done"),
    State.MISSING: _l("Missing"),
    State.ADVICE: _l("To look at"),
    State.ALERT: _l("Vacant"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A line as the page draws it; `url` is empty where somebody else mends it."""

    mark: str
    word: str
    title: str
    sentence: str
    verb: str
    url: str
    missing: bool


class PreparingView(Guarded, BaseView):
    """The start page of who sets an office up."""

    def __init__(self) -> None:
        super().__init__(
            name=_l("Set the office up"), category=GROUP, endpoint="persiapan", url="/persiapan"
        )

    def is_accessible(self) -> bool:
        """For who manages the office or writes its SOPs."""
        person = current_person()
        return person is not None and sets_up(person)

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """Every line, what is missing first in the eye, and whether the office can work."""
        person = current_person()
        office = person.user.office if person is not None else None
        if person is None or office is None:
            return self.inaccessible_callback("index")
        found = readiness(office, utc_now())
        page: str = self.render(
            "settings/preparing.html",
            tasks=[task(line, office, person) for line in found.lines],
            found=found,
            left=sum(line.state is State.MISSING for line in found.lines),
            vacant=sum(line.state is State.ALERT for line in found.lines),
            sops=listed(found.openable),
            waiting=jobs.nobody_works(utc_now()),
        )
        return page


def task(line: Line, office: Office, person: Person) -> Task:
    """A line in words, with the way to the page that mends it."""
    needs = "manage_sop" if line.key in SOP_LINES else "manage_office"
    values = in_words(line.values)
    if line.key == "hours":
        values["hours"] = f"{hours.in_words(office.hours)} {zone_name(office.timezone)}"
    if values.get("since") is not None:
        values["since"] = moment_words(values["since"])
    if line.key == "vacancy":
        values["desk"] = values["desk"] or _("nobody")
    return Task(
        mark=MARKS[line.state],
        word=str(WORDS[line.state]),
        title=str(TITLES[line.key]) % values,
        sentence=str(SENTENCES[line.key, line.code]) % values,
        verb=str(VERBS[line.key]),
        url=PLACES[line.key](line, office) if person.can(needs) else "",
        missing=line.state is State.MISSING,
    )


def in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of names as part of a sentence."""
    return {
        key: listed(value) if isinstance(value, (list, tuple)) else value
        for key, value in values.items()
    }


def listed(names: list[str] | tuple[str, ...]) -> str:
    """The first names, and how many more."""
    more = len(names) - MOST_NAMES
    said = ", ".join(names[:MOST_NAMES])
    return _("%(names)s and %(n)d more", names=said, n=more) if more > 0 else said


def sets_up(person: Person) -> bool:
    """Whether this person manages an office or writes its SOPs."""
    return person.office_id is not None and (
        person.can("manage_office") or person.can("manage_sop")
    )


def landing(person: Person | None) -> str:
    """Where one begins after logging in: there where something is missing, else at the inbox."""
    if person is None or person.user.must_change_password:
        return "/"
    if person.system_admin and person.office_id is None:
        return "/instansi/"
    office = person.user.office
    if office is None or not sets_up(person):
        return "/"
    found: Readiness = readiness(office, utc_now())
    return "/persiapan/" if found.is_missing else "/"
