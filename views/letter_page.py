"""The page of a letter of a case: what it is, how far it is, whose turn it is, and its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice.actor import Person
from backoffice.letters import drafting, proof
from backoffice.text import _, long_date, short_moment
from backoffice.workflow.belongings import belongings_of
from models import Case, IssuedLetter, Letter, LetterState, RegisterEntry, db
from views import labels
from views.files import FileLine, file_lines
from views.letter_inking import InkForm, ink_form, inker
from views.letter_life import Deed, Life, Stage
from views.letter_sheet import state_tag, title_of
from views.letter_voiding import VoidForm, offered, voided
from views.rows import SLUGS, case_url
from views.sending_desk import SendingDesk
from views.summary import Fact
from views.times import Tag

ADDRESS = "/surat/details/?id="


@dataclass(frozen=True, slots=True)
class Version:
    """What was issued of a letter: `void` says why it holds no more."""

    id: int
    number: str
    issued: str
    code: str
    url: str  # where anybody checks it
    address: str  # the same as citizens type it
    void: str


@dataclass
class LetterPage:
    """What `letter/details.html` draws. `refused`: the forms that were sent and not taken."""

    letter: Letter
    person: Person
    now: datetime
    refused: Mapping[str, Any] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """Its case."""
        return self.letter.case

    @property
    def zone(self) -> str:
        """In which moments are written."""
        return self.case.office.timezone

    @property
    def url(self) -> str:
        """Its own address."""
        return f"{ADDRESS}{self.letter.id}"

    @property
    def kind(self) -> str:
        """Surat balasan."""
        return title_of(self.letter)

    @property
    def heading(self) -> str:
        """The hal, or the kind where the letter has none yet."""
        return str(self.letter.fields.get("hal") or "").strip() or self.kind

    @property
    def number(self) -> str:
        """Its number; of one that is void the number that is void with it."""
        had = [one.number for one in self.entries] if self.is_void else []
        return self.letter.number or next(iter(had), "")

    @property
    def state(self) -> Tag:
        """How far it is."""
        return state_tag(self.letter)

    @cached_property
    def life(self) -> Life:
        """How far it is, step by step."""
        return Life(self.letter, self.zone)

    @property
    def stages(self) -> list[Stage]:
        """The line of stations; none of a letter that is void."""
        return [] if self.is_void else self.life.stages()

    @property
    def deeds(self) -> list[Deed]:
        """Who did what."""
        return voided(self.letter, self.zone) + self.life.deeds()

    @property
    def next_step(self) -> str:
        """What is to be done now, and by whom."""
        return self.life.next_step(may_sign=self.ink is not None, sent=self.sending.next_step)

    @cached_property
    def sending(self) -> SendingDesk:
        """How it left, and what is asked to send it or to say that it arrived."""
        return SendingDesk(self.letter, self.person, self.now, self.refused)

    @property
    def is_void(self) -> bool:
        """Whether it holds no more."""
        return self.letter.state is LetterState.VOID

    @property
    def void_reason(self) -> str:
        """Why it is void, as far as it was written down."""
        reasons = [one.void for one in self.versions if one.void]
        entries = [one.reason for one in self.entries if one.reason]
        return next(iter((*reasons, *entries)), "")

    @property
    def facts(self) -> list[Fact]:
        """What one asks first of a letter."""
        fields = self.letter.fields
        known = (
            (_("Kind of letter"), self.kind),
            (_("Number of the letter"), self.number or _("not yet")),
            (_("Date of the letter"), self.dated),
            (_("To whom"), str(fields.get("penerima") or "")),
            (_("Subject of the letter"), str(fields.get("hal") or "")),
            (_("Signed on"), self.signed),
            (_("Copies to"), str(fields.get("tembusan") or "")),
        )
        return [Fact(label, value) for label, value in known if value.strip()]

    @property
    def dated(self) -> str:
        """The day that stands in the letter."""
        holding = next((one for one in self.issued if one.voided_at is None), None)
        return long_date(holding.dated_on) if holding is not None else ""

    @property
    def signed(self) -> str:
        """The day of the ink."""
        at = self.letter.signed_at
        return long_date(at.astimezone(ZoneInfo(self.zone)).date()) if at is not None else ""

    # The ink

    @cached_property
    def ink(self) -> InkForm | None:
        """The form by which this person records the signature; none where he may not."""
        if "ink" in self.refused:
            refused: InkForm = self.refused["ink"]
            return refused
        may = inker(self.letter, self.person) is not None
        return ink_form(self.letter, self.now) if may else None

    @property
    def opens_ink(self) -> bool:
        """Whether the form stands open: it is what comes next, or it was refused."""
        return "ink" in self.refused or (self.letter.scan_id is None and not self.sending.opened)

    @cached_property
    def voiding(self) -> VoidForm | None:
        """The form by which this person makes the letter void; none where he may not."""
        return offered(self.letter, self.person, self.refused.get("void"))

    # The case

    @property
    def case_url(self) -> str:
        """Its case, at the letter."""
        return case_url(self.case.id, self.case.kind) + "#surat"

    @property
    def case_name(self) -> str:
        """Number and subject of the case."""
        words = (self.case.number or _("No number yet"), labels.subject_of(self.case, self.zone))
        return " · ".join(one for one in words if one)

    # The papers

    @property
    def text_only(self) -> bool:
        """Whether there is no template of its kind, so that the office makes the paper."""
        return not drafting.has_template(self.letter.kind)

    @property
    def gaps(self) -> list[str]:
        """What is still empty, in words; what was approved is whole."""
        if self.letter.approved_at is not None:
            return []
        kind, office_id = self.letter.kind, self.letter.office_id
        missing = set(drafting.gaps(self.letter.fields, kind, office_id))
        fields = drafting.fields_of(kind, office_id)
        return [str(one.label) for one in fields if one.key in missing]

    @property
    def downloads(self) -> list[tuple[str, str, str]]:
        """Address, name and use of each Word file that can be had now."""
        if self.text_only or self.gaps or self.is_void:
            return []
        word = f"/surat/word/?id={self.letter.id}"
        box = _("With the paraf box, for the file of the office.")
        konsep = (f"{word}&naskah=konsep", _("Draft with paraf box"), box)
        if self.letter.approved_at is None:
            return [konsep]
        clean = _("Without the paraf box: print it and have it signed.")
        return [(word, _("Ready to be signed"), clean), konsep]

    @property
    def files(self) -> list[FileLine]:
        """The scan of the signed letter."""
        filed = {one.id: one for one in belongings_of(self.case.id).files}
        found = filed.get(self.letter.scan_id or 0)
        return file_lines([found] if found else [], f"/{SLUGS[self.case.kind]}", self.zone)

    @property
    def enclosures(self) -> list[FileLine]:
        """What goes with the letter, in its order."""
        filed = {one.id: one for one in belongings_of(self.case.id).files}
        rows = [filed[one] for one in self.letter.enclosures if one in filed]
        return file_lines(rows, f"/{SLUGS[self.case.kind]}", self.zone)

    @cached_property
    def issued(self) -> list[IssuedLetter]:
        """Everything that was ever issued of it, the newest first."""
        query = select(IssuedLetter).where(IssuedLetter.letter_id == self.letter.id)
        return list(db.session.scalars(query.order_by(IssuedLetter.id.desc())))

    @cached_property
    def entries(self) -> list[RegisterEntry]:
        """Its numbers in the book, the newest first."""
        query = select(RegisterEntry).where(RegisterEntry.letter_id == self.letter.id)
        return list(db.session.scalars(query.order_by(RegisterEntry.id.desc())))

    @property
    def versions(self) -> list[Version]:
        """The same in words."""
        return [
            Version(
                id=one.id,
                number=one.number,
                issued=short_moment(one.issued_at, self.zone),
                code=proof.shown(one.code),
                url=f"/v/{one.code}",
                address=proof.address_of(one.code) or "",
                void=one.void_reason if one.voided_at else "",
            )
            for one in self.issued
        ]
