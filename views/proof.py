"""Periksa surat: anybody looks up whether the office wrote a letter, by its code or its file."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backoffice import throttle
from backoffice.database import begin_write
from backoffice.letters import proof
from backoffice.text import _, _l, long_date
from models import IssuedLetter, db
from views.session import utc_now
from views.wording import word

page = Blueprint("proof", __name__)

ONE = throttle.Limit(free=20, longest=timedelta(minutes=5))
ALL = throttle.Limit(free=2000, longest=timedelta(seconds=10))
FOUND = {
    proof.Match.IDENTICAL: ("done", _l("Identical: this is the file as the office issued it.")),
    proof.Match.REPACKED: (
        "done",
        _l("The same content, packed anew: every word and picture is as the office issued it."),
    ),
    proof.Match.DIFFERENT: (
        "warn",
        _l(
            "Different: this file is not the one that was issued. Word changes a file whenever it "
            "saves it; so compare the text with the paper, or ask the office."
        ),
    ),
    proof.Match.NO_WORD_FILE: (
        "warn",
        _l("This is no Word file (.docx), or it is too large. Choose the file of the letter."),
    ),
}


@page.route("/v/")
def ask() -> ResponseReturnValue:
    """Type the code from the letter."""
    if code := proof.typed(request.args.get("kode", "")):
        return redirect(url_for("proof.look", code=code))
    return render_template("proof/ask.html", code="", message="")


@page.route("/v/<code>", methods=("GET", "POST"))
def look(code: str) -> ResponseReturnValue:
    """What is known of the letter of that code; a file is held against it."""
    try:
        issued = _found(code)
    except throttle.TooManyTries as refusal:
        return render_template("proof/ask.html", code=code, message=word(refusal)), refusal.status
    if issued is None:
        message = _("No letter has this code. Check every letter and digit against the paper.")
        return render_template("proof/ask.html", code=code, message=message), 404
    return render_template(
        "proof/letter.html", letter=issued, **_told(issued), answer=_answer(issued)
    )


def _found(code: str) -> IssuedLetter | None:
    """The letter; a code that leads nowhere costs a try."""
    tries = ((f"proof:{(request.remote_addr or '')[:64]}", ONE), ("proof", ALL))
    throttle.count(tries, utc_now())
    issued = proof.find(code)
    if issued is not None:
        begin_write()
        throttle.take_back(tries)
        db.session.commit()
    return issued


def _told(issued: IssuedLetter) -> dict[str, str]:
    return {
        "code": proof.shown(issued.code),
        "day": long_date(issued.dated_on),
        "hash": issued.net_sha256[:12],
    }


def _answer(issued: IssuedLetter) -> tuple[str, str] | None:
    """What came of the file that was sent: a kind of message and its words."""
    if request.method != "POST":
        return None
    file = request.files.get("berkas")
    data = file.stream.read(proof.MOST_BYTES + 1) if file is not None else b""
    kind, words = FOUND[proof.compare(issued, data)]
    return kind, str(words)
