"""What changed in a letter since somebody last saw it: by paragraph, with the words marked.

What a reader has judged himself, by his paraf or by returning it, is what he compares with;
anybody else compares with the last return.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from backoffice.actor import Person
from backoffice.letters import drafting, marks
from backoffice.text import _, short_moment
from backoffice.workflow.belongings import belongings_of
from models import CaseEvent, EventKind, Letter, LetterMark, LetterRevision, MarkKind
from views.alignment import Kind, Paragraph, difference, paragraphs

MOST_ITEMS = 12  # more is read in the letter, where all of it is marked
LONGEST = 160
LONG = "long_text"  # a field of paragraphs
JUDGED = (*marks.PARAF, MarkKind.APPROVE)


@dataclass(frozen=True, slots=True)
class Returned:
    """The last return of a letter: when, which post and who decided it, and the reason."""

    event: CaseEvent
    mine: bool

    @property
    def post(self) -> str:
        """The post that decided, also where another recorded it."""
        return (self.event.for_post or self.event.post).title

    @property
    def who(self) -> str:
        """Kepala Dinas – Citra Contoh."""
        return f"{self.post} – {self.event.user.name}"

    @property
    def reason(self) -> str:
        """What must be put right."""
        return self.event.note or self.event.reason

    @property
    def words(self) -> str:
        """Catatan Anda: “…”."""
        if not self.reason:
            return ""
        if self.mine:
            return _("Your note: “%(note)s”", note=self.reason)
        return _("Note of %(post)s: “%(note)s”", post=self.post, note=self.reason)

    def told(self, zone: str) -> str:
        """The same as one line for whoever mends the letter."""
        at = short_moment(self.event.recorded_at, zone)
        said = _("Returned by %(who)s, %(moment)s", who=self.who, moment=at)
        return f"{said}: “{self.reason}”" if self.reason else said


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph or line that is not as it was. `what` says in words what became of it."""

    where: str
    what: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Changes:
    """What one who saw the letter before has to look at. `since` says which time is meant."""

    since: str
    items: tuple[Item, ...]
    equal: bool  # word for word as it was
    note: str

    @property
    def shown(self) -> tuple[Item, ...]:
        """As many as are read at a glance."""
        return self.items[:MOST_ITEMS]

    @property
    def more(self) -> int:
        """How many stand in the letter only."""
        return max(0, len(self.items) - MOST_ITEMS)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the letter said when it was judged, and how that is told."""

    text: LetterRevision
    since: str


def clipped(text: str, most: int = LONGEST) -> str:
    """`text` in one line of at most `most` letters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[:most].rsplit(' ', 1)[0].rstrip(',;:.')} …"


def returned_of(
    letter: Letter, events: Sequence[CaseEvent], person: Person | None = None
) -> Returned | None:
    """The last return of a letter that is still written; none where it never was returned."""
    if letter.state not in marks.WRITTEN:
        return None
    found = [one for one in events if _is_return(one) and _text_at(letter, one.recorded_at)]
    return Returned(found[-1], _decided(found[-1], person)) if found else None


def seen_by(person: Person, letter: Letter, events: Sequence[CaseEvent]) -> Seen | None:
    """What this reader judged last; else what was last returned; none where nobody has yet."""
    if letter.state not in marks.WRITTEN:
        return None
    own = [*_own_marks(person, letter), *_own_returns(person, letter, events)]
    if own:
        return max(own, key=lambda one: one[0])[1]
    last = returned_of(letter, events, person)
    if last is None:
        return None
    text = _text_at(letter, last.event.recorded_at)
    return Seen(text, _("Changed since %(post)s returned it", post=last.post)) if text else None


def changes_since(seen: Seen, letter: Letter, note: str) -> Changes:
    """Everything that is not as it was, field after field, and then the enclosures."""
    equal = marks.says_the_same(seen.text, letter)
    items = () if equal else (*_texts(seen.text, letter), *_enclosed(seen.text, letter))
    return Changes(seen.since, tuple(items), equal, note)


def enclosure_lines(seen: Seen | None, letter: Letter) -> list[Paragraph]:
    """The names of the enclosures, with those that came or went."""
    if not letter.enclosures and (seen is None or not seen.text.enclosures):
        return []
    names = {one.id: one.name for one in belongings_of(letter.case_id).files}
    now = [names.get(one, "") for one in letter.enclosures]
    before = now if seen is None else [names.get(one, "") for one in seen.text.enclosures]
    return paragraphs("\n".join(before), "\n".join(now))


def _texts(before: LetterRevision, letter: Letter) -> Iterator[Item]:
    for one in drafting.fields_of(letter.kind, letter.office_id):
        old, new = (_text(text.fields, one.key) for text in (before, letter))
        if one.type == LONG:
            yield from _numbered(str(one.label), paragraphs(old, new))
        elif old.split() != new.split():
            kind = Kind.CHANGED if old.strip() and new.strip() else Kind.CAME
            kind = kind if new.strip() else Kind.GONE
            yield Item(str(one.label), kind_words(kind), difference(old, new))


def _numbered(label: str, found: Sequence[Paragraph]) -> Iterator[Item]:
    """Each with its number in the letter as it is; what is gone with the number it had."""
    here = before = 0
    for one in found:
        here += one.kind is not Kind.GONE
        before += one.kind is not Kind.CAME
        if one.kind is Kind.SAME:
            continue
        where = _("%(part)s, paragraph %(n)s", part=label, n=here)
        if one.kind is Kind.GONE:
            where = _("%(part)s, the former paragraph %(n)s", part=label, n=before)
        yield Item(where if len(found) > 1 else label, kind_words(one.kind), one.text)


def _enclosed(before: LetterRevision, letter: Letter) -> Iterator[Item]:
    for one in enclosure_lines(Seen(before, ""), letter):
        if one.kind is not Kind.SAME:
            yield Item(_("Enclosure"), kind_words(one.kind), one.text)


def kind_words(kind: Kind) -> str:
    """baru, dihapus, diubah; nothing of what is as it was."""
    words = {Kind.CAME: _("new"), Kind.GONE: _("taken out"), Kind.CHANGED: _("changed")}
    return words.get(kind, "")


def marked(seen: Seen | None, letter: Letter, key: str) -> Markup:
    """The text of a field on one line; words that went are in del, words that came in ins."""
    new = _text(letter.fields, key)
    return difference(_text(seen.text.fields, key) if seen is not None else new, new)


def body_of(seen: Seen | None, letter: Letter, key: str) -> list[Paragraph]:
    """The paragraphs of a field; of a letter nobody saw before its whole text as one."""
    new = _text(letter.fields, key)
    if seen is None or _text(seen.text.fields, key) == new:
        return [Paragraph(Kind.SAME, escape(new))] if new.strip() else []
    return paragraphs(_text(seen.text.fields, key), new)


def _text(fields: Mapping[str, object], key: str) -> str:
    return str(fields.get(key) or "")


def _own_marks(person: Person, letter: Letter) -> Iterator[tuple[datetime, Seen]]:
    for one in letter.marks:
        text = marks.revision_of(letter, one.revision)
        if one.kind in JUDGED and one.post_id in person.desk_post_ids and text is not None:
            yield one.at, Seen(text, _since_mark(one))


def _since_mark(mark: LetterMark) -> str:
    if mark.kind is MarkKind.APPROVE:
        return _("Changed since you approved it")
    return _("Changed since you initialled it")


def _own_returns(
    person: Person, letter: Letter, events: Sequence[CaseEvent]
) -> Iterator[tuple[datetime, Seen]]:
    for one in events:
        text = _text_at(letter, one.recorded_at)
        if _is_return(one) and _decided(one, person) and text is not None:
            yield one.recorded_at, Seen(text, _("Changed since you returned it"))


def _is_return(event: CaseEvent) -> bool:
    return event.kind is EventKind.TRANSITION and event.action == "return"


def _decided(event: CaseEvent, person: Person | None) -> bool:
    return person is not None and (event.for_post_id or event.post_id) in person.desk_post_ids


def _text_at(letter: Letter, moment: datetime) -> LetterRevision | None:
    """The letter as it was then."""
    old = [one for one in letter.revisions if one.saved_at <= moment]
    return old[-1] if old else None
