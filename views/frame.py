"""What stands around every page: the office, who is at the screen, the menu, the hours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request, url_for
from flask_admin.helpers import get_current_view

from backoffice.actor import Actor, Person
from backoffice.text import _, _l, long_date, long_moment, zone_name
from models import HoldingKind, Office

from . import hours
from .absence import absent
from .acting import ACTING
from .icons import asset, icon
from .session import current_person, utc_now
from .times import Tag

ACCOUNT = (  # entries of the account menu, where the screen exists
    ("pekerjaan.index_view", _l("Letters at once")),
    ("account.password", _l("Change password")),
)
OF_A_POST = frozenset({"pekerjaan.index_view"})  # only who acts as a post asks for letters


@dataclass(frozen=True)
class Entry:
    """One entry of the menu; a group has no address and its own entries."""

    label: str
    url: str | None
    count: int | None
    current: bool
    children: tuple[Entry, ...] = ()


class Frame:
    """Asked by the templates; nothing is looked up that a page does not show."""

    @cached_property
    def person(self) -> Person | None:
        """Who is logged in."""
        return current_person()

    @cached_property
    def office(self) -> Office | None:
        """The office of the person."""
        return self.person.user.office if self.person is not None else None

    @cached_property
    def posts(self) -> list[str]:
        """The posts held now, with Plt. and Plh.; those that rest while one is away come last."""
        if self.person is None:
            return []
        acting = [post_title(one) for one in self.person.actors if one.for_post is None]
        resting = self.person.resting
        return acting + [absent(one.holding.post.title, one.kind) for one in resting]

    @cached_property
    def menu(self) -> tuple[Entry, ...]:
        """What this person may open."""
        if self.person is None:
            return ()
        view = get_current_view()
        found = (entry(item, view) for item in current_app.extensions["admin"][0].menu())
        return tuple(one for one in found if one is not None)

    @property
    def here(self) -> Entry | None:
        """The entry of this page."""
        return next((one for one in self.menu if one.current), None)

    @property
    def account(self) -> list[tuple[str, str]]:
        """Label and address of what a person does with his own account."""
        known = current_app.view_functions
        acts = self.person is not None and bool(self.person.actors)
        return [
            (str(label), url_for(name))
            for name, label in ACCOUNT
            if name in known and (acts or name not in OF_A_POST)
        ]

    def place(self, endpoint: str) -> str | None:
        """The address of a page that may not be there in this installation."""
        return url_for(endpoint) if endpoint in current_app.view_functions else None

    @property
    def telephone(self) -> str:
        """The office's own number, for who needs help."""
        contacts = self.office.contacts if self.office is not None else []
        numbers = (str(one.get("value", "")) for one in contacts if isinstance(one, dict))
        return next((one for one in numbers if one[:1].isdigit() or one[:1] == "+"), "")

    @property
    def helpers(self) -> str:
        """Who manages the office, for who needs help; at most two names."""
        if self.person is None:
            return ""
        staff = self.person.staffing
        managing = (
            one.user
            for post_id, held in staff.holdings.items()
            for one in held
            if "manage_office" in staff.posts[post_id].capabilities
        )
        names = [user.name for user in managing if user.id != self.person.user_id]
        return ", ".join(list(dict.fromkeys(names))[:2])

    @property
    def printed(self) -> str:
        """The line above a printed page: when, and by which post."""
        zone = self.office.timezone if self.office is not None else "Asia/Jakarta"
        return _(
            "Printed %(when)s %(zone)s by %(post)s",
            when=long_moment(utc_now(), zone),
            zone=zone_name(zone),
            post=", ".join(self.posts) or (self.person.user.name if self.person else ""),
        )

    @property
    def hours(self) -> str:
        """The sentence of the footer: when the clock runs."""
        if self.office is None or not self.office.hours:
            return ""
        zone = self.office.timezone
        today = utc_now().astimezone(ZoneInfo(zone)).date()
        special = hours.special_on(self.office.special_hours, today)
        worked = self.office.hours, special.hours if special is not None else None
        said = f"{hours.in_words(*worked)} {zone_name(zone)}"
        if special is not None:
            words = _("Until %(day)s special office hours hold.", day=long_date(special.until))
            return f"{words} {counted_in(said, breaks=hours.has_breaks(*worked))}"
        return counted_in(said, breaks=hours.has_breaks(*worked))


def counted_in(said: str, *, breaks: bool) -> str:
    """The sentence about the hours in which time is counted."""
    if breaks:
        return _("Time is counted in office hours: %(hours)s; breaks are left out.", hours=said)
    return _("Time is counted in office hours: %(hours)s.", hours=said)


def post_title(actor: Actor) -> str:
    """Kepala Dinas, or Plh. Kepala Dinas."""
    kind = actor.holding.kind if actor.holding is not None else HoldingKind.DEFINITIVE
    return ACTING.get(kind, "") + actor.post.title


def desk_title(actor: Actor) -> str:
    """Whose work he does: Plh. Kepala Dinas, or Petugas Pengaduan (kosong)."""
    if actor.for_post is None:
        return post_title(actor)
    return _("%(post)s (vacant)", post=actor.for_post.title)


def entry(item: Any, view: Any) -> Entry | None:
    """A menu item of Flask-Admin as the template needs it; none where nothing is open."""
    if not (item.is_accessible() and item.is_visible()):
        return None
    children = tuple(
        one for child in item.get_children() if (one := entry(child, view)) is not None
    )
    if item.is_category():
        current = any(one.current for one in children)
        return Entry(str(item.name), None, None, current, children) if children else None
    count = getattr(item._view, "menu_count", lambda: None)()
    return Entry(str(item.name), item.get_url(), count, item.is_active(view))


def init_app(app: Flask) -> None:
    """What every template knows."""
    app.add_template_global(icon)
    app.add_template_global(asset)
    app.add_template_global(Tag, "Tag")

    @app.context_processor
    def known() -> dict[str, Any]:
        return {"frame": Frame(), "here": request.full_path.rstrip("?")}
