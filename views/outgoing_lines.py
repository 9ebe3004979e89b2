"""The numbers of a page of the book as one reader may read them: hal and kepada, or `rahasia`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy import select

from backoffice.actor import Person
from backoffice.register_sight import opens_entry
from backoffice.text import _, _l
from models import EntryState, LetterRevision, Post, RegisterEntry, db
from views.times import Tag

STATES = {
    EntryState.USED: ("done", _l("Used")),
    EntryState.RESERVED: ("wait", _l("Reserved")),
    EntryState.VOID: ("info", _l("Void")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A number as the list, the workbook and the paper show it.

    `opens`: whether the reader reads what the letter is about; `maker`: unit or post (pengolah).
    """

    entry: RegisterEntry
    opens: bool
    maker: str

    @property
    def id(self) -> int:
        """The key of the row."""
        return self.entry.id

    @property
    def number(self) -> str:
        """As the office writes it."""
        return self.entry.number

    @property
    def place(self) -> str:
        """15, or 15.a where it was inserted."""
        return ".".join(str(one) for one in (self.entry.n, self.entry.suffix) if one)

    @property
    def dated_on(self) -> date:
        """The day of the letter."""
        return self.entry.dated_on

    @property
    def subject(self) -> str:
        """Hal."""
        return self.entry.subject if self.opens else _("secret")

    @property
    def addressee(self) -> str:
        """Kepada."""
        return self.entry.addressee if self.opens else _("secret")

    @property
    def classification(self) -> str:
        """Its code."""
        return self.entry.classification

    @property
    def tag(self) -> Tag:
        """Terpakai, dipesan, batal."""
        kind, words = STATES[self.entry.state]
        return Tag(kind, str(words))

    @property
    def reason(self) -> str:
        """Why it is void or was reserved, where the reader may know."""
        used = self.entry.state is EntryState.USED
        return "" if used or not self.opens else self.entry.reason

    @property
    def remark(self) -> str:
        """Keterangan: Batal: tidak jadi dikirim."""
        return ": ".join(one for one in (self.tag.words, self.reason) if one)

    @property
    def state(self) -> Markup:
        """The same with its tag."""
        return Markup("{} {}").format(self.tag, self.reason)


def lines_of(entries: Sequence[RegisterEntry], person: Person) -> list[Line]:
    """These numbers in their order: two statements for all of them."""
    ids = [one.id for one in entries]
    opened = _opened(ids, person)
    drafters = _drafters({one.letter_id for one in entries if one.letter_id is not None})
    posts = person.staffing.posts
    found = []
    for one in entries:
        post_id = drafters.get(one.letter_id or 0, one.post_id or 0)
        found.append(Line(one, one.id in opened, maker_of(posts.get(post_id))))
    return found


def maker_of(post: Post | None) -> str:
    """The unit of a post, else the post."""
    if post is None:
        return ""
    return post.unit.name if post.unit is not None else post.title


def _opened(ids: Sequence[int], person: Person) -> frozenset[int]:
    """Which of these rows this person reads in full."""
    if not ids:
        return frozenset()
    query = select(RegisterEntry.id).where(RegisterEntry.id.in_(ids), opens_entry(person))
    return frozenset(db.session.scalars(query))


def _drafters(letter_ids: Collection[int]) -> Mapping[int, int]:
    """The post that wrote each letter; of several the last."""
    if not letter_ids:
        return {}
    query = select(LetterRevision.letter_id, LetterRevision.post_id)
    query = query.where(LetterRevision.letter_id.in_(letter_ids))
    found = db.session.execute(query.order_by(LetterRevision.letter_id, LetterRevision.revision))
    return {row.letter_id: row.post_id for row in found}
