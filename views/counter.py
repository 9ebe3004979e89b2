"""The card at the counter: how a citizen is greeted (5S), and what to ask.

An office whose paper has a code of conduct (Ambon's has) keeps it among its statements; the card
shows it as it is written there. Other offices get a script that follows the same five S.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backoffice.text import _, _l
from backoffice.workflow.definition import Procedure
from models import Office

CODE = re.compile(r"\bkode etik\b|\b5 ?s\b", re.IGNORECASE)  # in the title of a statement
POINT = re.compile(r"^[-\N{EN DASH}\N{EM DASH}\N{BULLET}]\s*")
GREETING = (
    (_l("Smile"), (_l("Look at the person and smile, before you look at the screen."),)),
    (
        _l("Welcome"),
        (_l("Lay other work aside, wish a good morning, and offer a chair."),),
    ),
    (_l("Greet by name"), (_l("“May I help you, Sir, Madam?” Use the name, once you know it."),)),
    (
        _l("Ready to help"),
        (
            _l("Attend to this person only: no talk with colleagues, no telephone, no food."),
            _l("If the computer fails: write it down on paper, give a number, and call back."),
        ),
    ),
    (
        _l("Thanks"),
        (
            _l("“Is there anything else I can do for you?”"),
            _l("Hand over the receipt, say thanks and good-bye."),
        ),
    ),
)
QUESTIONS = {
    "complaint": (
        _l("What happened, when, where, and who was concerned?"),
        _l("Was it brought before? Under which number?"),
        _l("What should the office do?"),
    ),
    "data_request": (
        _l("Which data, of which years, and in what form?"),
        _l("What are they for?"),
    ),
    "aid_proposal": (
        _l("Who applies, and for whom is the aid?"),
        _l("Is the proposal complete and signed?"),
    ),
}
ANY_MATTER = (_l("What is it about, and by when is it needed?"),)
ALWAYS = (
    _l("Name, address, and a telephone number that is answered."),
    _l("Read back what you typed; say the number of the case and how it goes on."),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the script and its points."""

    title: str
    points: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Script:
    """What stands on the card; `source` is the title of the office's statement, or empty."""

    source: str
    parts: Sequence[Part]
    questions: Sequence[str]
    fee: str


def script(office: Office, procedure: Procedure) -> Script:
    """The card of an office, for cases like those of `procedure`."""
    own = own_code(office.statements)
    asked = (*QUESTIONS.get(procedure.kind, ANY_MATTER), *ALWAYS)
    return Script(
        source=str(own["title"]) if own else "",
        parts=list(parts_of(str(own["text"]))) if own else usual(),
        questions=[str(one) for one in asked],
        fee=procedure.fee or _("Free of charge"),
    )


def own_code(statements: Sequence[Any]) -> Mapping[str, Any] | None:
    """The statement that is the code of conduct of the office, if it has one."""
    return next((one for one in statements if CODE.search(str(one["title"]))), None)


def usual() -> list[Part]:
    """The script where the office has none of its own."""
    return [Part(str(title), [str(one) for one in points]) for title, points in GREETING]


def parts_of(text: str) -> Iterator[Part]:
    """Lines that begin with a dash are points of the line above them."""
    part: Part | None = None
    for line in filter(None, map(str.strip, text.split("\n"))):
        point = POINT.sub("", line)
        if part is not None and point != line:
            part.points.append(point)
            continue
        if part is not None:
            yield part
        part = Part(point)
    if part is not None:
        yield part
