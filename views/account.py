"""Masuk, keluar, ganti sandi: one's own account, and forms that outlive a session."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from backoffice import accounts
from backoffice.errors import Incomplete, Refusal
from backoffice.text import _
from models import Office, User, db

from . import session
from .preparing import landing
from .session import KEPT, is_resumed, kept_fields, local_path, utc_now
from .wording import word, word_field

page = Blueprint("account", __name__)

NEW_FIELDS = ("old", "new", "again")

Fields = Sequence[tuple[str, str]]


@page.route("/masuk", methods=("GET", "POST"))
def login() -> ResponseReturnValue:
    """The login page; on success back to where one wanted to go."""
    target = local_path(request.args.get("next"))
    if request.method == "GET":
        return redirect(target) if current_user.is_authenticated else _login_page()
    try:
        _enter("username", "password")
    except Refusal as refusal:
        return _login_page(refusal=refusal, username=request.form.get("username", ""))
    return redirect(_begin(target))


@page.route("/keluar", methods=("POST",))
def logout() -> ResponseReturnValue:
    """End this session."""
    session.log_out()
    flash(_("You have logged out."), "success")
    return redirect(url_for("account.login"))


@page.route("/keluar-semua", methods=("POST",))
def logout_everywhere() -> ResponseReturnValue:
    """End every session of mine, on every machine."""
    accounts.log_out_everywhere(_me())
    session.log_out()
    flash(_("You have logged out on every device."), "success")
    return redirect(url_for("account.login"))


@page.route("/ganti-sandi", methods=("GET", "POST"))
def password() -> ResponseReturnValue:
    """A password of one's own choice."""
    if request.method == "GET":
        return _password_page()
    try:
        _choose_password("")
    except Incomplete as refusal:
        return _password_page(refusal=refusal)
    flash(_("The password was changed. Other devices were logged out."), "success")
    return redirect(_begin(local_path(request.args.get("next"))))


def _begin(target: str) -> str:
    """Where one wanted to go; who wanted nothing in particular begins where he is needed."""
    return target if target != "/" else landing(session.current_person())


# -- forms that outlive a session --------------------------------------------------------------


def answer_expired() -> ResponseReturnValue | None:
    """A form sent after the session ended: log in here, and it is shown again as it was typed.

    None lets the screen answer: the person has just logged in, and it only shows its form.
    """
    kept = kept_fields()
    if not is_resumed():
        return _login_page(kept=kept, lost_files=_had_files())
    try:
        _enter(session.USERNAME, session.PASSWORD)
    except Refusal as refusal:
        name = request.form.get(session.USERNAME, "")
        return _login_page(refusal=refusal, username=name, kept=kept, lost_files=_had_files())
    if current_user.user.must_change_password:
        return _password_page(kept=kept, lost_files=_had_files())
    _welcome_back()
    return None


def answer_forced() -> ResponseReturnValue | None:
    """A form sent by somebody who must first choose a password: the same, with that page."""
    kept = kept_fields()
    if KEPT + "new" not in request.form:
        return _password_page(kept=kept, lost_files=_had_files())
    try:
        _choose_password(KEPT)
    except Incomplete as refusal:
        return _password_page(refusal=refusal, kept=kept, lost_files=_had_files())
    _welcome_back()
    return None


def _had_files() -> bool:
    """Whether the form came with files: they cannot be kept, and that is said."""
    return session.LOST_FILES in request.form or any(one.filename for one in request.files.values())


def _welcome_back() -> None:
    flash(_("You are logged in again. Your text is still here: check it, then go on."), "info")
    if _had_files():
        flash(_("The files could not be kept: choose them again."), "warning")


# -- what both ways share ----------------------------------------------------------------------


def _enter(username: str, password: str) -> None:
    """Log in with these two fields of the form. Raises WrongLogin or TooManyTries."""
    user = accounts.authenticate(
        request.form.get(username, ""),
        request.form.get(password, ""),
        request.remote_addr or "",
        utc_now(),
    )
    session.log_in(user)


def _choose_password(prefix: str) -> None:
    """Take the new password from the form; this session goes on, all others end."""
    old, new, again = (request.form.get(prefix + name, "") for name in NEW_FIELDS)
    user = _me()
    accounts.change_password(user, old, new, again)
    session.log_in(user)


def _me() -> User:
    user: User = current_user.user
    return user


def _login_page(
    *,
    refusal: Refusal | None = None,
    username: str = "",
    kept: Fields = (),
    lost_files: bool = False,
) -> ResponseReturnValue:
    html = render_template(
        "account/login.html",
        message=word(refusal) if refusal is not None else "",
        username=username,
        names=(session.USERNAME, session.PASSWORD) if kept else ("username", "password"),
        kept=_carried(kept, lost_files),
        lost_files=lost_files,
        contact=_contact(),
    )
    if refusal is None:
        return html, 401 if kept else 200
    wait = refusal.values.get("seconds")
    return html, refusal.status, {"Retry-After": str(wait)} if wait else {}


def _password_page(
    *, refusal: Incomplete | None = None, kept: Fields = (), lost_files: bool = False
) -> ResponseReturnValue:
    faults = refusal.fields if refusal is not None else {}
    html = render_template(
        "account/password.html",
        faults={name: word_field(code) for name, code in faults.items()},
        forced=_me().must_change_password,
        username=_me().username,
        prefix=KEPT if kept else "",
        kept=_carried(kept, lost_files),
        shortest=accounts.SHORTEST_PASSWORD,
    )
    return html, 422 if refusal is not None else 200


def _carried(kept: Fields, lost_files: bool) -> Fields:
    """The hidden fields of a page that carries a form on; none where there is nothing typed."""
    if not kept:
        return ()
    marks = [(session.RESUME, "1"), *([(session.LOST_FILES, "1")] if lost_files else [])]
    return [*kept, *marks]


def _contact() -> tuple[str, str] | None:
    """Telephone and name of the office, where the installation serves only one."""
    offices = db.session.scalars(db.select(Office).limit(2)).all()
    if len(offices) != 1:
        return None
    telephones = (one["value"] for one in offices[0].contacts if one.get("label") == "Telepon")
    number = next(telephones, None)
    return (number, offices[0].title) if number else None
