"""The letter to be judged as a sheet of paper, with what changed since it was last returned."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from backoffice.letters import drafting, kept, marks
from backoffice.letters.kind_fields import LetterField
from backoffice.letters.kinds import kind_of
from backoffice.letters.values import values_for
from backoffice.text import _, short_moment
from backoffice.workflow.versions import definition_of
from models import Case, CaseEvent, EventKind, Letter, LetterState, MarkKind
from views.times import Tag

KINDS = {
    LetterState.DRAFT: "info",
    LetterState.INITIALLED: "info",
    LetterState.APPROVED: "today",
    LetterState.SIGNED: "today",
    LetterState.SENT: "done",
    LetterState.RECEIVED: "done",
    LetterState.VOID: "late",
}

# What the head and the foot of the sheet show, and what is read on without a heading.
FRAME = ("penerima", "alamat_penerima", "sifat", "lampiran", "hal", "tembusan")
FLOWING = ("pembuka", "isi", "penutup")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter as the list of papers names it."""

    id: int
    title: str
    state: Tag
    revision: int
    downloadable: bool
    text_only: bool


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """A letter as the page shows it. `text` is marked with ins and del where it changed.

    `text_only`: there is no Word template of its kind, so that no paper is shown.
    """

    id: int
    title: str
    state: Tag
    revision: int
    by: str
    changed: bool
    gaps: tuple[str, ...]
    values: Mapping[str, Any]
    text: Mapping[str, Markup]
    body: tuple[
        tuple[str, Markup], ...
    ]  # label, where one is shown, and text; those that are there
    marks: tuple[str, ...]
    downloadable: bool
    text_only: bool
    notes: tuple[str, ...]


def letters_of(case: Case) -> list[Letter]:
    """The letters of a case with everything the page says of them, newest first."""
    return kept.letters_of(case.id)


def state_tag(letter: Letter) -> Tag:
    """Konsep, diparaf, siap tanda tangan, ditandatangani, terkirim, diterima, batal."""
    words = {
        LetterState.DRAFT: _("Draft"),
        LetterState.INITIALLED: _("Initialled"),
        LetterState.APPROVED: _("Approved, to be signed"),
        LetterState.SIGNED: _("Signed"),
        LetterState.SENT: _("Sent"),
        LetterState.RECEIVED: _("Received"),
        LetterState.VOID: _("Void"),
    }
    return Tag(KINDS[letter.state], words[letter.state])


def title_of(letter: Letter) -> str:
    """surat-balasan: Surat balasan."""
    return kind_of(letter.kind).title


def line_of(letter: Letter) -> LetterLine:
    """The line of a letter."""
    paper = drafting.has_template(letter.kind)
    whole = paper and not drafting.gaps(letter.fields, letter.kind, letter.office_id)
    return LetterLine(
        letter.id, title_of(letter), state_tag(letter), letter.revision, whole, not paper
    )


def sheet_of(letter: Letter, events: Sequence[CaseEvent], zone: str, now: datetime) -> LetterSheet:
    """The sheet of a letter; while it is judged, what the last return changed is marked in it."""
    judged = letter.state in marks.WRITTEN
    before = text_before_return(letter, events) if judged else None
    missing = set(drafting.gaps(letter.fields, letter.kind, letter.office_id))
    newest = letter.revisions[-1] if letter.revisions else None
    fields = drafting.fields_of(letter.kind, letter.office_id)
    text = {one.key: marked(before, letter.fields, one.key) for one in fields}
    return LetterSheet(
        id=letter.id,
        title=title_of(letter),
        state=state_tag(letter),
        revision=letter.revision,
        by=newest.user.name if newest else "",
        changed=before is not None and before != letter.fields,
        gaps=tuple(str(one.label) for one in fields if one.key in missing),
        values=values_for(letter, now=now),
        text=text,
        body=tuple(_body(fields, text)),
        marks=tuple(_marks(letter, zone)),
        downloadable=drafting.has_template(letter.kind) and not missing,
        text_only=not drafting.has_template(letter.kind),
        notes=tuple(_notes(letter)),
    )


def _body(
    fields: Sequence[LetterField], text: Mapping[str, Markup]
) -> Iterator[tuple[str, Markup]]:
    """What stands between the addressee and the signature, with a label where it is no letter."""
    for one in fields:
        if one.key not in FRAME and text[one.key]:
            yield "" if one.key in FLOWING else str(one.label), text[one.key]


def _notes(letter: Letter) -> Iterator[str]:
    """What somebody who looks for the paper, or for whoever signs it, should know."""
    if not drafting.has_template(letter.kind):
        yield _("Paraf keeps its text only; the office makes the paper, with kop and signature.")
    if letter.state in marks.WRITTEN and not _is_signed(letter):
        yield _("The SOP does not say who signs this letter; the case does not wait for it.")


def _is_signed(letter: Letter) -> bool:
    """Whether the SOP of the case has somebody approve or send letters of this kind."""
    effects = (
        one
        for step in definition_of(letter.case).steps
        for way in step.transitions
        for one in way.effects
    )
    return any(
        one.name in ("approve_letter", "send") and one.argument in (None, "", letter.kind)
        for one in effects
    )


def _marks(letter: Letter, zone: str) -> list[str]:
    words = {
        MarkKind.INITIAL: _("Initials"),
        MarkKind.COORDINATE: _("Coordinating initials"),
        MarkKind.APPROVE: _("Approved"),
        MarkKind.SIGN: _("Signed"),
        MarkKind.SEND: _("Sent"),
        MarkKind.RECEIVE: _("Received"),
    }
    return [
        f"{words[one.kind]}: {one.post.title} – {one.user.name}, {short_moment(one.at, zone)}"
        for one in letter.marks
        if one.revision == letter.revision
    ]


def text_before_return(letter: Letter, events: Sequence[CaseEvent]) -> Mapping[str, Any] | None:
    """The fields of the letter when it was last returned; none where it never was."""
    returned = [
        event.recorded_at
        for event in events
        if event.kind is EventKind.TRANSITION and event.action == "return"
    ]
    if not returned:
        return None
    old = [one for one in letter.revisions if one.saved_at <= returned[-1]]
    return old[-1].fields if old else None


def marked(before: Mapping[str, Any] | None, now: Mapping[str, Any], key: str) -> Markup:
    """The text of a field; words that went are in del, words that came in ins."""
    new = str(now.get(key) or "")
    if before is None:
        return escape(new)
    return difference(str(before.get(key) or ""), new)


def difference(old: str, new: str) -> Markup:
    """Two texts as one, word by word."""
    parts: list[Markup] = []
    for gone, came in passages(old, new):
        if gone == came:
            parts.append(escape(came))
            continue
        if gone.strip():
            parts.append(Markup("<del>{}</del>{}").format(gone, " " if came.strip() else ""))
        parts.append(Markup("<ins>{}</ins>").format(came) if came.strip() else escape(came))
    return Markup("").join(parts)


def passages(old: str, new: str) -> list[tuple[str, str]]:
    """Old and new text in pieces; words that changed side by side are one piece."""
    left, right = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    found: list[tuple[str, str]] = []
    for _kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, False).get_opcodes():
        piece = "".join(left[a:b]), "".join(right[c:d])
        if len(found) > 1 and found[-1][0] == found[-1][1] == " " and piece[0] != piece[1]:
            (first, then), gap = found[-2], found.pop()[0]
            found[-1] = (first + gap + piece[0], then + gap + piece[1])
        else:
            found.append(piece)
    return found
