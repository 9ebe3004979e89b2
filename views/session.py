"""Who is at the screen: the logged-in user, what he may act as today, and for how long.

A POST that comes after the session has ended is answered with the login page, which carries what
was typed. Logging in there posts it to the same address again, marked: the screen shows its form
with the typed text and does nothing yet (`is_resumed`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import (
    Flask,
    current_app,
    g,
    has_request_context,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import joinedload

from backoffice.actor import Actor, Person, person_of
from models import User, db

OPEN_ENDPOINTS = frozenset({"static", "account.login", "proof.ask", "proof.look"})
UNCHANGED_ENDPOINTS = frozenset({"account.password", "account.logout"})
KEPT = "masuk."  # begins the names of the login's own fields in a page that carries typed text
RESUME = KEPT + "lanjut"
LOST_FILES = KEPT + "berkas"
USERNAME = KEPT + "nama"
PASSWORD = KEPT + "sandi"
STOCK_FORMS = (".create_view", ".edit_view")
SEEN_EVERY = 60  # seconds; the cookie is not written anew for every click
NO_OFFICE = "Asia/Jakarta"
MOMENT = "paraf.now"

View = TypeVar("View", bound=Callable[..., Any])


class Account(UserMixin):
    """What Flask-Login keeps: a user, and the epoch his session belongs to."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        """`id:epoch`: raising the epoch ends every session, also one copied from a cookie."""
        return f"{self.user.id}:{self.user.session_epoch}"


def init_app(app: Flask) -> None:
    """Load the user of a session, and guard every address but the open ones."""
    manager: LoginManager = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(load)
    manager.unauthorized_handler(to_login)
    app.before_request(guard)


def utc_now() -> datetime:
    """The one moment of this click; a test puts its own clock under `NOW`.

    Whoever holds a post while a request begins holds it until the answer is made.
    """
    kept = request.environ if has_request_context() else {}
    if MOMENT not in kept:
        clock = current_app.config.get("NOW")
        kept[MOMENT] = clock() if clock is not None else datetime.now(UTC)
    moment: datetime = kept[MOMENT]
    return moment


def load(key: str) -> Account | None:
    """The account of a session, unless its epoch is over or the account was closed."""
    number, _colon, epoch = key.partition(":")
    if not (number.isdecimal() and epoch.isdecimal()):
        return None
    user = db.session.scalars(_account_query(), {"number": int(number)}).one_or_none()
    if user is None or not user.active or user.session_epoch != int(epoch):
        return None
    return Account(user)


@cache
def _account_query() -> Select[User]:
    """The statement with which every click begins, put together once."""
    number = bindparam("number", type_=Integer)
    return select(User).where(User.id == number).options(joinedload(User.office))


# -- who -------------------------------------------------------------------------------------


def current_person() -> Person | None:
    """Who is at the screen with all he may act as today; none for a stranger."""
    person: Person | None = g.get("person")  # asked by every entry of the menu
    if person is None and current_user.is_authenticated:
        g.person = person = person_of(current_user.user, utc_now())
    return person


def own_zone() -> str:
    """The zone of the office of whoever is at the screen."""
    office = current_user.user.office if current_user.is_authenticated else None
    return office.timezone if office is not None else NO_OFFICE


def today() -> date:
    """Today in that zone."""
    return utc_now().astimezone(ZoneInfo(own_zone())).date()


def current_actor(post_id: int | None = None) -> Actor | None:
    """As whom the person acts: for the post of that id, else as his first own post."""
    person = current_person()
    if person is None:
        return None
    actors = person.actors if post_id is None else person.actors_for(post_id)
    return next(iter(actors), None)


def log_in(user: User) -> None:
    """Begin a session."""
    login_user(Account(user))
    g.pop("person", None)
    session["seen_at"] = int(utc_now().timestamp())


def log_out() -> None:
    """End this session. The form token stays: pages open in other tabs keep their text."""
    logout_user()
    g.pop("person", None)
    session.pop("seen_at", None)


# -- the guard -------------------------------------------------------------------------------


def guard() -> ResponseReturnValue | None:
    """Let in who is logged in, awake and has a password of his own; else say what to do."""
    if request.endpoint in OPEN_ENDPOINTS:
        return None
    if current_user.is_authenticated and _fell_asleep():
        log_out()
    if not current_user.is_authenticated:
        return _stranger()
    _stay_awake()
    if current_user.user.must_change_password and request.endpoint not in UNCHANGED_ENDPOINTS:
        return _unchanged()
    return None


def _fell_asleep() -> bool:
    """Whether nothing was clicked for longer than the office allows."""
    minutes: int = current_app.extensions["settings"].idle_minutes
    now = utc_now().timestamp()
    return now - session.get("seen_at", now) > minutes * 60


def _stay_awake() -> None:
    now = int(utc_now().timestamp())
    if now - session.get("seen_at", 0) >= SEEN_EVERY:
        session["seen_at"] = now


def _stranger() -> ResponseReturnValue | None:
    """A page leads to the login; a form with typed text is kept there, or taken up again."""
    if request.method not in ("POST", "PUT", "PATCH"):
        return to_login()
    if not keeps_text():
        return redirect(url_for("account.login", next=local_path(request.referrer)))
    from .account import answer_expired  # the login page imports this module

    return answer_expired()


def _unchanged() -> ResponseReturnValue | None:
    """Who still has a temporary password chooses his own first; typed text waits meanwhile."""
    if request.method == "POST" and keeps_text():
        from .account import answer_forced

        return answer_forced()
    return redirect(url_for("account.password", next=local_path(_here())))


def to_login() -> ResponseReturnValue:
    """The login page, which leads back here."""
    return redirect(url_for("account.login", next=local_path(_here())))


def _here() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else request.referrer or "/"


# -- typed text ------------------------------------------------------------------------------


def resumes(view: View) -> View:
    """Mark a screen that, asked with `is_resumed`, shows its form again and does nothing."""
    view.resumes = True  # type: ignore[attr-defined]
    return view


def keeps_text() -> bool:
    """Whether the screen of this address can show a typed form again without acting on it."""
    endpoint = request.endpoint or ""
    view = current_app.view_functions.get(endpoint)
    return endpoint.endswith(STOCK_FORMS) or bool(getattr(view, "resumes", False))


def is_resumed() -> bool:
    """Whether this form was kept over a login: show it again, do nothing."""
    return request.method == "POST" and RESUME in request.form


def kept_fields() -> list[tuple[str, str]]:
    """What was typed, ready to be carried by the login form; never a password."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and not name.startswith(KEPT) and "password" not in name
    ]


def local_path(target: str | None) -> str:
    """`target` if it is an address of ours, else the first page."""
    if not target or any(ord(letter) <= 32 or letter == "\\" for letter in target):
        return "/"
    parts = urlsplit(target)
    if parts.netloc and parts.netloc != request.host:
        return "/"
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/") and not path.startswith("//") else "/"
