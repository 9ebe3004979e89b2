"""Error pages: what happened, what is safe, what to do, and a code to read over the phone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError

from backoffice.config import MEGABYTE
from backoffice.errors import Refusal, Stale
from backoffice.text import _, _l
from models import db

from .wording import word

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that sounds or looks like another
KEPT = _l("What was kept before is safe. Your last step was not kept.")
UNTOUCHED = _l("Nothing was changed.")
GO_BACK = _l("Go back to the page before. What you typed is still there.")
TRY_AGAIN = _l("Try once more.")
SOON = 60  # seconds after which a busy system may be asked again
RETRIED = (429, 500, 503)  # where asking for the same page once more may help


@dataclass(frozen=True)
class Words:
    """One error page: heading, what is safe, what to do in order."""

    title: str
    safe: str
    steps: tuple[str, ...]


PAGES: dict[int, Words] = {
    400: Words(
        _l("This form can no longer be sent"),
        _l("Nothing was changed. The page was open too long, or it was sent from elsewhere."),
        (GO_BACK, _l("Reload the page, then press the button again.")),
    ),
    401: Words(
        _l("Please log in first"), UNTOUCHED, (_l("Log in with your user name and password."),)
    ),
    403: Words(
        _l("This page is not for your post"),
        UNTOUCHED,
        (
            _l("Choose another page in the menu above."),
            _l("If your work needs this page, ask the office administrator about your post."),
        ),
    ),
    404: Words(
        _l("This page or file was not found"),
        _l("It may not exist, or it may not be for your post."),
        (
            _l("Check the address or the number once more."),
            _l("Look for the file in the inbox or in a list."),
        ),
    ),
    405: Words(
        _l("This address cannot be opened like that"),
        UNTOUCHED,
        (_l("Open the file again and press the button there."),),
    ),
    409: Words(
        _l("Somebody else was faster"),
        _l("Your decision was not kept."),
        (GO_BACK, _l("Open the file again and see where it is now.")),
    ),
    413: Words(
        _l("The file is too large"),
        _l("Nothing was sent."),
        (
            _l("Make the photo or scan smaller, or send it in parts."),
            _l("Go back to the page before and choose the smaller file."),
        ),
    ),
    414: Words(
        _l("What was asked for is too long"),
        UNTOUCHED,
        (
            _l("Shorten what you look for: a number, a name or a telephone is enough."),
            _l("Or open the page again from the menu or from the inbox."),
        ),
    ),
    422: Words(
        _l("This cannot be done now"),
        UNTOUCHED,
        (GO_BACK, _l("Mend what is named there, then press the button again.")),
    ),
    429: Words(
        _l("Too many tries in a short time"),
        UNTOUCHED,
        (_l("Wait a few minutes."), _l("Try once more.")),
    ),
    500: Words(
        _l("Something is wrong in the system; it is not your fault"),
        KEPT,
        (GO_BACK, TRY_AGAIN),
    ),
    503: Words(
        _l("The system is busy or being mended"),
        KEPT,
        (_l("Wait a minute."), GO_BACK, TRY_AGAIN),
    ),
}


def new_code() -> str:
    """A code of eight signs that can be read over the phone: G-7Q4K-0114 without the date."""
    signs = "".join(secrets.choice(LETTERS) for _sign in range(8))
    return f"G-{signs[:4]}-{signs[4:]}"


def page(status: int, reason: str = "", wait: int = 0) -> Response:
    """The error page of this status; its code stands in the log, too. `wait`: in seconds."""
    answer = _page(status, reason)
    if wait or answer.status_code == 503:
        answer.headers["Retry-After"] = str(wait or SOON)
    return answer


def _page(status: int, reason: str) -> Response:
    status = status if status in PAGES else (500 if status >= 500 else 400)
    code = new_code()
    current_app.logger.warning("%s %s %s %s", code, status, request.method, request.path)
    names = ("errors/page.html", "errors/bare.html")
    words = PAGES[status]
    back = request.referrer if request.method == "POST" and _is_ours(request.referrer) else ""
    again = request.full_path.rstrip("?") if request.method == "GET" and status in RETRIED else ""
    values = {"words": words, "code": code, "reason": reason, "back": back, "again": again}
    for name in names:
        try:
            return make_response(render_template(name, **values), status)
        except Exception:
            # The frame asks the database who is there; when that is what broke, do without.
            current_app.logger.exception("%s error page without its frame", code)
            db.session.rollback()
    raise AssertionError("errors/bare.html needs nothing")


def _is_ours(address: str | None) -> bool:
    return bool(address) and str(address).startswith(request.host_url)


def on_http(error: HTTPException) -> Response | HTTPException:
    """Any refusal of the web layer. A redirect goes through as it is."""
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    if error.code >= 500:
        db.session.rollback()
    if error.code == 413:
        return page(413, _most_at_once())
    return page(414 if error.code == 431 else error.code)


def _most_at_once() -> str:
    limit = current_app.config["MAX_CONTENT_LENGTH"] // MEGABYTE
    return _("All files of a form together may have %(limit)s MB.", limit=limit)


def on_token(error: CSRFError) -> Response:
    """A form without a valid token."""
    return page(400)


def on_refusal(error: Refusal) -> Response:
    """A refusal that no form caught; nothing typed stands on this page, as `stale` would say."""
    db.session.rollback()
    reason = "" if isinstance(error, Stale) else word(error)
    return page(error.status, reason, error.values.get("seconds", 0))


def on_busy(error: Exception) -> Response:
    """The database did not answer in time."""
    current_app.logger.error("database: %s", type(error).__name__, exc_info=error)
    db.session.rollback()
    return page(503)


def on_crash(error: InternalServerError) -> Response:
    """What nobody foresaw: Flask has logged it already."""
    db.session.rollback()
    return page(500)


def init_app(app: Flask) -> None:
    """Every refusal ends on one of our pages."""
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_token)
    app.register_error_handler(Refusal, on_refusal)
    app.register_error_handler(OperationalError, on_busy)
    app.register_error_handler(TimeoutError, on_busy)
    app.register_error_handler(InternalServerError, on_crash)
