"""What the page of a letter says of its sendings, and the forms that stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from backoffice import mail
from backoffice.actor import Actor, Person
from backoffice.letters import contacts, copies, covering, marks, sent
from backoffice.letters.handling import handler
from backoffice.letters.sending import Sending
from backoffice.text import _, short_moment
from models import Delivery, DeliveryState, DeliveryWay, Letter, LetterState
from views.fields import FileField, LineField, LongField, MomentField, small_int
from views.forms import OfficeForm, Parts
from views.kept import Kept
from views.rows import SLUGS
from views.sending_form import page_form
from views.sending_words import WAYS, state_tag
from views.times import Tag

SCAN = "received.scan"
ON_PAPER = (DeliveryState.SENT, DeliveryState.RECEIVED)  # what stands written down as gone


@dataclass(frozen=True, slots=True)
class Line:
    """One sending as the page tells it; `arrived` and `failed` are its forms, where it has any."""

    id: int
    way: str
    state: Tag
    to: str
    address: str
    facts: tuple[str, ...]
    fault: str
    receipt: tuple[str, str] | None  # address and name of the paper
    again: str  # where it is sent anew
    arrived: OfficeForm | None
    failed: OfficeForm | None
    waits: bool  # an e-mail that can still be stopped
    kept: Kept
    opened: bool


@dataclass
class SendingDesk:
    """What `letter/_sending.html` draws. `refused`: verb -> the form that was not taken."""

    letter: Letter
    person: Person
    now: datetime
    refused: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def actor(self) -> Actor | None:
        """As whom this person sends it; none where he does not."""
        return handler(self.letter, self.person)

    @property
    def may_send(self) -> bool:
        """Whether it can leave now, by this person."""
        ready = self.letter.state in marks.APPROVED | marks.GONE
        return ready and self.actor is not None

    @property
    def is_sent(self) -> bool:
        """Whether it has gone to its addressee, or waits in the outbox."""
        return self.letter.state in marks.GONE or any(
            one.state is DeliveryState.QUEUED for one in self.deliveries
        )

    @property
    def by_mail(self) -> bool:
        """Whether e-mails leave by themselves."""
        return mail.server() is not None

    @property
    def cautions(self) -> list[str]:
        """What to look at before it leaves without the scan of its signature."""
        words = (
            _("No signature is recorded yet: send it only if the paper is signed."),
            _("A citizen gets the signed scan by e-mail: upload it first, or choose another way."),
        )
        told = (self.letter.state is LetterState.APPROVED, self.by_mail)
        missing = self.letter.scan_id is None
        return [one for one, tells in zip(words, told, strict=True) if missing and tells]

    @property
    def next_step(self) -> str:
        """What its sendings ask for now; nothing where one of them got out."""
        mine = [one for one in self.deliveries if not copies.is_copy(self.letter, one.addressee)]
        if not mine or any(one.state in ON_PAPER for one in mine):
            return ""
        if any(one.state is DeliveryState.QUEUED for one in mine):
            return _("The e-mail goes out by itself; this page says when it has left.")
        return _("It did not get there. It has to be sent once more, or by another way.")

    @cached_property
    def form(self) -> OfficeForm:
        """What is asked; of a sending that failed, or a tembusan, it is filled from there."""
        found: OfficeForm | None = self.refused.get("send")
        return found or page_form(self.letter, self.now, self.begins)

    @property
    def opened(self) -> bool:
        """Whether the form stands open: it is what comes next, or was asked for."""
        asked = "send" in self.refused or self.begins is not None
        return asked or (self.letter.state is LetterState.SIGNED and not self.is_sent)

    @cached_property
    def begins(self) -> Sending | None:
        """What the address asks for: `?lagi=` names a sending, `?tembusan=` a copy."""
        again, copy = small_int(request.args.get("lagi")), small_int(request.args.get("tembusan"))
        old = next((one for one in self.deliveries if one.id == again), None)
        if old is not None:
            known = contacts.address_for(contacts.addressee_of(self.letter.case), old.way).strip()
            address = old.address if old.address != known else ""
            return Sending(way=old.way, addressee=old.addressee, address=address)
        names = copies.copies_of(self.letter)
        if copy is not None and copy <= len(names):
            return Sending(way=DeliveryWay.CARRIED, addressee=names[copy - 1])
        return None

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """Every sending, the newest first."""
        return sent.deliveries_of(self.letter.id)

    @property
    def lines(self) -> list[Line]:
        """The same as the page tells them."""
        return [self._line(one) for one in self.deliveries]

    @property
    def copies(self) -> list[tuple[str, str]]:
        """Tembusan that were not sent yet: the address of the filled form, and whose it is."""
        standing = [one for one in self.deliveries if one.state in sent.STANDING]
        done = {one.addressee.casefold() for one in standing}
        return [
            (f"/surat/details/?id={self.letter.id}&tembusan={n}#kirim", name)
            for n, name in enumerate(copies.copies_of(self.letter), 1)
            if name.casefold() not in done
        ]

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """Ready messages: icon, address and what it is called."""
        party = contacts.addressee_of(self.letter.case)
        if party is None or not self.may_send:
            return []
        chat = covering.cover_of(self.letter, covering.WHATSAPP)
        post = covering.cover_of(self.letter, covering.MAIL)
        found = [("send", contacts.whatsapp_link(party.telephone, chat.text), "WhatsApp")]
        if not self.by_mail:
            link = contacts.mail_link(party.email, post.subject, post.text)
            found.append(("send", link, _("E-mail")))
        return [(icon, link, name) for icon, link, name in found if link]

    def _line(self, made: Delivery) -> Line:
        zone = self.letter.office.timezone
        may = self.actor is not None
        on_way = made.state is DeliveryState.SENT
        forms = self.refused.get(f"delivery-{made.id}", {})
        again = f"/surat/details/?id={self.letter.id}&lagi={made.id}#kirim"
        return Line(
            id=made.id,
            way=str(WAYS[made.way]),
            state=state_tag(made),
            to=made.addressee,
            address=made.address,
            facts=tuple(_facts(made, zone)),
            fault=made.fault,
            receipt=self._receipt(made),
            again=again if may and made.state is DeliveryState.FAILED else "",
            arrived=(forms.get("received") or arrived_form(made, self.now))
            if may and on_way
            else None,
            failed=(forms.get("failed") or failed_form(made))
            if may and (on_way or sent.is_waiting(made))
            else None,
            waits=sent.is_waiting(made),
            kept=forms.get("kept") or Kept(),
            opened=bool(forms),
        )

    def _receipt(self, made: Delivery) -> tuple[str, str] | None:
        if made.receipt is None:
            return None
        slug = SLUGS[self.letter.case.kind]
        return f"/{slug}/attachment/?id={made.receipt.id}", made.receipt.name


def _facts(made: Delivery, zone: str) -> list[str]:
    """When it left and arrived, by whom it was recorded, and its evidence."""
    found = []
    if made.sent_at is not None and made.state is not DeliveryState.QUEUED:
        found.append(_("Sent %(moment)s", moment=short_moment(made.sent_at, zone)))
    if made.received_at is not None:
        moment = short_moment(made.received_at, zone)
        found.append(_("Received %(moment)s by %(who)s", moment=moment, who=made.received_by))
    if made.evidence:
        found.append(_("Evidence: %(what)s", what=made.evidence))
    by = f"{made.post.title} – {made.user.name}"
    recorded = short_moment(made.recorded_at, zone)
    found.append(_("Recorded by %(who)s, %(moment)s", who=by, moment=recorded))
    return found


def arrived_form(made: Delivery, now: datetime) -> OfficeForm:
    """By whom it was received, when, and the paper that says so."""
    parts = Parts(made.office)
    parts.group()
    parts.add("received.by", LineField(_("Received by"), longest=300), required=True)
    local = now.astimezone(ZoneInfo(made.office.timezone)).replace(tzinfo=None, second=0)
    parts.add("received.at", MomentField(_("Received on, at")), local.replace(microsecond=0))
    hint = _("Photograph or scan of the receipt, where there is one.")
    parts.add(SCAN, FileField(_("Receipt"), description=hint))
    return parts.build(f"terima-{made.id}")


def failed_form(made: Delivery) -> OfficeForm:
    """Why it did not get there."""
    parts = Parts(made.office)
    parts.group()
    hint = _("It stands in the history of the case. The letter can then be sent once more.")
    parts.add("fault", LongField(_("What happened"), description=hint), required=True)
    return parts.build(f"gagal-{made.id}")
