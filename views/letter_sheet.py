"""The letter to be judged as a sheet of paper, with what changed since its reader last saw it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from backoffice.actor import Person
from backoffice.letters import drafting, kept, marks
from backoffice.letters.kind_fields import LetterField
from backoffice.letters.kinds import kind_of
from backoffice.letters.values import values_for
from backoffice.text import _, short_moment
from backoffice.workflow.versions import definition_of
from models import Case, CaseEvent, Letter, LetterMark, LetterState, MarkKind
from views import changes
from views.acting import who_marked
from views.alignment import Kind, Paragraph
from views.changes import Changes, Returned, Seen
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
class Line:
    """A paragraph of the letter: `label` and `told` are shown before it, where there are any."""

    label: str
    told: str  # baru, dihapus, diubah
    text: Markup


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
    returned: Returned | None
    back: str  # the same in words, for whoever mends it
    changes: Changes | None
    gaps: tuple[str, ...]
    values: Mapping[str, Any]
    text: Mapping[str, Markup]
    body: tuple[Line, ...]
    enclosures: tuple[Line, ...]
    marks: tuple[str, ...]
    fallen: tuple[str, ...]
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
    gaps = letter.approved_at is None and drafting.gaps(
        letter.fields, letter.kind, letter.office_id
    )
    whole = paper and not gaps and letter.state is not LetterState.VOID
    return LetterLine(
        letter.id, title_of(letter), state_tag(letter), letter.revision, whole, not paper
    )


def sheet_of(
    letter: Letter, events: Sequence[CaseEvent], person: Person, zone: str, now: datetime
) -> LetterSheet:
    """The sheet of a letter; while it is judged, what its reader has not seen is marked in it."""
    seen = changes.seen_by(person, letter, events)
    returned = changes.returned_of(letter, events, person)
    missing = set(drafting.gaps(letter.fields, letter.kind, letter.office_id))
    newest = letter.revisions[-1] if letter.revisions else None
    fields = drafting.fields_of(letter.kind, letter.office_id)
    return LetterSheet(
        id=letter.id,
        title=title_of(letter),
        state=state_tag(letter),
        revision=letter.revision,
        by=newest.user.name if newest else "",
        returned=returned,
        back=returned.told(zone) if returned is not None else "",
        changes=_changes(seen, returned, letter),
        gaps=tuple(str(one.label) for one in fields if one.key in missing),
        values=values_for(letter, now=now),
        text={one.key: changes.marked(seen, letter, one.key) for one in fields},
        body=tuple(_body(fields, seen, letter)),
        enclosures=tuple(map(_line, changes.enclosure_lines(seen, letter))),
        marks=tuple(_marks(letter, events, zone)),
        fallen=tuple(_fallen(letter, zone)),
        downloadable=line_of(letter).downloadable,
        text_only=not drafting.has_template(letter.kind),
        notes=tuple(_notes(letter)),
    )


def _changes(seen: Seen | None, returned: Returned | None, letter: Letter) -> Changes | None:
    """What to look at again; nothing for whoever has not judged the letter before."""
    if seen is None:
        return None
    return changes.changes_since(seen, letter, returned.words if returned is not None else "")


def _body(fields: Sequence[LetterField], seen: Seen | None, letter: Letter) -> Iterator[Line]:
    """What stands between the addressee and the signature, with a label where it is no letter."""
    for one in fields:
        if one.key in FRAME:
            continue
        label = "" if one.key in FLOWING else str(one.label)
        for paragraph in changes.body_of(seen, letter, one.key):
            yield _line(paragraph, label)
            label = ""


def _line(paragraph: Paragraph, label: str = "") -> Line:
    told = "" if paragraph.kind is Kind.SAME else changes.kind_words(paragraph.kind)
    return Line(label, told, paragraph.text)


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


def _marks(letter: Letter, events: Sequence[CaseEvent], zone: str) -> Iterator[str]:
    """Who set which mark on the letter as it stands."""
    words = {
        MarkKind.INITIAL: _("Initials"),
        MarkKind.COORDINATE: _("Coordinating initials"),
        MarkKind.APPROVE: _("Approved"),
        MarkKind.SIGN: _("Signed"),
        MarkKind.SEND: _("Sent"),
        MarkKind.RECEIVE: _("Received"),
    }
    for one in (*marks.standing(letter), *_beyond(letter)):
        who = who_marked(one, events)
        yield f"{words[one.kind]}: {who}, {short_moment(one.at, zone)}"


def _beyond(letter: Letter) -> Iterator[LetterMark]:
    """What came after the parafs and still counts: approval, ink, sending, arrival."""
    counts = {
        MarkKind.APPROVE: letter.approved_at,
        MarkKind.SIGN: letter.signed_at,
        MarkKind.SEND: letter.sent_at,
        MarkKind.RECEIVE: letter.received_at,
    }
    for kind, at in counts.items():
        found = [one for one in letter.marks if one.kind is kind]
        if found and at is not None:
            yield found[-1]


def _fallen(letter: Letter, zone: str) -> Iterator[str]:
    """Whose paraf counts no more, and who changed the letter after it."""
    for one in marks.fallen(letter):
        change = marks.felled_by(letter, one)
        if change is None:
            yield _("The paraf of %(post)s is void: the letter was changed.", post=one.post.title)
            continue
        yield _(
            "The paraf of %(post)s is void: the letter was changed by %(who)s on %(moment)s.",
            post=one.post.title,
            who=change.user.name,
            moment=short_moment(change.saved_at, zone),
        )
