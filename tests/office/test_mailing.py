"""A letter by e-mail, handed to a real mail server: taken, refused, not now, slow, broken off."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from flask import Flask

from backoffice import jobs, mail, storage
from backoffice.errors import CannotTakeBack, Incomplete, LetterNotSent
from backoffice.letters import mailing, sending
from backoffice.letters.sending import Sending
from backoffice.workflow import corrections
from backoffice.workflow.engine import command
from models import (
    Attachment,
    Case,
    Delivery,
    DeliveryState,
    DeliveryWay,
    EventKind,
    Job,
    JobState,
    Letter,
    LetterState,
    Office,
    Status,
    db,
)
from seed import walking
from tests.factories import actor, after, make_case

PDF = b"%PDF-1.4 pindaian surat bertanda tangan"
SCAN = walking.Upload(
    name="Surat Fitri Teladani (ttd).pdf",
    sha256=hashlib.sha256(PDF).hexdigest(),
    size=len(PDF),
    content_type="application/pdf",
)
CLERK = "petugas-pengaduan"
CITIZEN = "fitri@example.go.id"


@dataclass
class Postbox:
    """What a mail server says, and what it was given."""

    says: dict[str, str] = field(default_factory=dict)  # verb -> its answer
    waits: float = 0
    taken: list[EmailMessage] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if "RCPT" not in self.says:
            envelope.rcpt_tos.append(address)
        return self.says.get("RCPT", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.waits:
            await asyncio.sleep(self.waits)
        if "DATA" not in self.says:
            self.taken.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
            self.to.append(envelope.rcpt_tos)
        return self.says.get("DATA", "250 OK")


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Where the scan of the signed letter lies; afterwards there is no mail server any more."""
    mailing.set_folder(tmp_path / "files")
    storage.keep(tmp_path / "files", SCAN.sha256, PDF)
    yield tmp_path / "files"
    mail.set_server(None)


@pytest.fixture
def postbox(folder: Path) -> Iterator[Postbox]:
    """A mail server of this test's own, at which the product hands in."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    mail.set_server(server_at(controller.port))
    yield box
    controller.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def server_at(port: int, seconds: float = 5) -> mail.MailServer:
    return mail.MailServer(
        host="127.0.0.1",
        port=port,
        sender="dukcapil@example.go.id",
        security=mail.Security.NONE,
        seconds=seconds,
    )


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A complaint that came by e-mail and whose answer waits to be sent."""
    story = walking.Story(columns={"channel": "email"})
    return make_case(dukcapil, "pengaduan-menengah", "pengiriman", story=story)


def letter_of(case: Case) -> Letter:
    return db.session.scalars(sa.select(Letter).where(Letter.case_id == case.id)).one()


def only(case: Case) -> Delivery:
    query = sa.select(Delivery).join(Letter).where(Letter.case_id == case.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def sent_by_step(case: Case, **said: Any) -> Case:
    """The clerk attaches the signed scan and sends; the mail waits in the outbox."""
    return walking.act(
        case.id, "forward", now=after(case), attachments=(SCAN,), sending={"way": "email", **said}
    )


def work(case: Case, minutes: int = 1) -> int:
    """A worker looks in so many working minutes later."""
    return jobs.run_due(after(db.session.get_one(Case, case.id), minutes))


def test_the_mail_leaves_with_the_signed_scan_and_only_then_the_letter_is_sent(
    postbox: Postbox, case: Case
) -> None:
    case = sent_by_step(case)
    assert (only(case).state, letter_of(case).state) == (DeliveryState.QUEUED, LetterState.SIGNED)
    assert postbox.taken == []
    assert work(case) == 1
    (message,) = postbox.taken
    assert postbox.to == [[CITIZEN]]
    assert message["To"] == f"Sdr. Fitri Teladani <{CITIZEN}>" or CITIZEN in message["To"]
    assert message["From"].addresses[0].addr_spec == "dukcapil@example.go.id"
    number = str(letter_of(case).number)
    assert number in message["Subject"]
    (attached,) = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_content()) == ("application/pdf", PDF)
    assert "Fitri" not in str(attached.get_filename())
    letter, made = letter_of(case), only(case)
    assert (letter.state, made.state, letter.sent_at) == (
        LetterState.SENT,
        DeliveryState.SENT,
        made.sent_at,
    )
    assert case.events[-1].kind == EventKind.SENT
    assert work(case, 600) == 0
    assert len(postbox.taken) == 1


def test_an_address_that_is_refused_is_said_and_not_tried_again(
    postbox: Postbox, case: Case
) -> None:
    postbox.says["RCPT"] = "550 5.1.1 No such user"
    case = sent_by_step(case)
    work(case)
    made = only(case)
    assert made.state == DeliveryState.FAILED
    assert made.fault == f"Server pos-el menolak pos-el untuk {CITIZEN}: 550 5.1.1 No such user"
    assert letter_of(case).state == LetterState.SIGNED
    assert case.events[-1].data["state"] == "failed"
    assert work(case, 6000) == 0


@pytest.mark.sqlite
@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_what_the_server_does_not_take_now_is_tried_again_later(
    postbox: Postbox, case: Case, verb: str
) -> None:
    postbox.says[verb] = "451 4.3.0 Coba lagi nanti"
    case = sent_by_step(case)
    now = after(case, 1)
    jobs.run_due(now)
    assert (only(case).state, only(case).sent_at) == (DeliveryState.QUEUED, None)
    assert jobs.run_due(now + timedelta(seconds=20)) == 0  # it waits a minute first
    postbox.says.clear()
    assert jobs.run_due(now + timedelta(minutes=2)) == 1
    assert (only(case).state, len(postbox.taken)) == (DeliveryState.SENT, 1)


@pytest.mark.sqlite
def test_a_server_that_is_down_is_waited_for_for_almost_a_day(case: Case, folder: Path) -> None:
    mail.set_server(server_at(free_port()))
    case = sent_by_step(case)
    now, pauses = after(case, 1), []
    for _try in range(len(mailing.PAUSES) + 1):
        assert jobs.run_due(now) == 1
        every = sa.select(Job).execution_options(populate_existing=True)
        job = db.session.scalars(every).one()
        pauses.append(round((job.next_at - now) / timedelta(minutes=1)))
        now = job.next_at + timedelta(seconds=1)
    assert pauses[:-1] == list(mailing.PAUSES)
    made = only(case)
    assert made.state == DeliveryState.FAILED
    assert made.fault == "Server pos-el tidak dapat dihubungi (sambungan ditolak)."


def test_of_a_server_that_does_not_answer_in_time_nobody_knows_and_nothing_is_repeated(
    postbox: Postbox, case: Case
) -> None:
    server = mail.server()
    assert server is not None
    mail.set_server(server_at(server.port, seconds=0.1))
    postbox.waits = 0.3
    case = sent_by_step(case)
    work(case)
    made = only(case)
    assert made.state == DeliveryState.FAILED
    assert made.fault.startswith("Tidak dapat dipastikan apakah pos-el ini terkirim")
    assert work(case, 6000) == 0


def test_a_worker_that_dies_after_the_mail_left_does_not_send_it_twice(
    postbox: Postbox, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """What a signal does: nothing after it is run."""

    def dies(delivery_id: int) -> None:
        raise Killed

    case = sent_by_step(case)
    now = after(case, 1)
    with monkeypatch.context() as patched:
        patched.setattr(mailing, "_left", dies)
        with pytest.raises(Killed):
            jobs.run_due(now)
    db.session.rollback()
    assert len(postbox.taken) == 1
    assert db.session.scalars(sa.select(Job)).one().state == JobState.RUNNING
    assert jobs.run_due(now + timedelta(minutes=10)) == 1  # another worker finds it
    assert len(postbox.taken) == 1
    assert only(case).fault.startswith("Tidak dapat dipastikan")
    case = db.session.get_one(Case, case.id)
    case = walking.act(case.id, "close", now=now + timedelta(days=1))  # he says that it came
    assert (only(case).state, letter_of(case).state, case.status) == (
        DeliveryState.RECEIVED,
        LetterState.RECEIVED,
        Status.CLOSED,
    )


def test_a_case_does_not_close_while_its_letter_waits_in_the_outbox(
    postbox: Postbox, case: Case
) -> None:
    case = sent_by_step(case)
    with pytest.raises(LetterNotSent):
        walking.act(case.id, "close", now=after(case))
    work(case, 11)
    assert walking.act(case.id, "close", now=after(case)).status == Status.CLOSED


@pytest.mark.sqlite
def test_without_the_signed_scan_a_citizen_gets_no_mail(postbox: Postbox, case: Case) -> None:
    with pytest.raises(Incomplete) as refused, command(case.id) as locked:
        sending.send(
            letter_of(locked),
            Sending(way=DeliveryWay.EMAIL),
            actor=actor(case.office, CLERK),
            now=after(locked),
        )
    assert refused.value.fields == {"sending.way": "mail_needs_scan"}
    assert db.session.scalars(sa.select(Job)).all() == []


@pytest.mark.sqlite
def test_nothing_that_is_typed_ends_a_header(postbox: Postbox, case: Case) -> None:
    case = sent_by_step(case)
    work(case)
    evil = "Hai\r\nBcc: lain@example.com\r\n\r\nIsi lain"
    with command(case.id) as locked:
        sending.send(
            letter_of(locked),
            Sending(way=DeliveryWay.EMAIL, addressee=evil, subject=evil, text="Isi\r\n.\r\nQUIT"),
            actor=actor(case.office, CLERK),
            now=after(locked),
        )
    work(case)
    message = postbox.taken[-1]
    assert postbox.to[-1] == [CITIZEN]
    assert message["Bcc"] is None
    assert message["Subject"] == "Hai Bcc: lain@example.com Isi lain"
    text = message.get_body(("plain",))
    assert text is not None
    assert "QUIT" in text.get_content()
    for wrong in ("a@b.id\r\nRCPT TO:<x@y.id>", "a@b.id, c@d.id", "é@contoh.id", "@", "a b@c.id"):
        with pytest.raises(Incomplete), command(case.id) as locked:
            sending.send(
                letter_of(locked),
                Sending(way=DeliveryWay.EMAIL, address=wrong),
                actor=actor(case.office, CLERK),
                now=after(locked),
            )


def test_a_step_that_sent_a_mail_is_taken_back_until_the_mail_has_left(
    postbox: Postbox, case: Case
) -> None:
    who = actor(case.office, CLERK)
    case = sent_by_step(case)
    with command(case.id) as locked:
        corrections.take_back(locked, actor=who, now=after(locked, 1))
    assert db.session.get_one(Case, case.id).step == "pengiriman"
    work(case, 2)
    assert postbox.taken == []
    assert db.session.scalars(sa.select(Delivery)).all() == []
    case = sent_by_step(db.session.get_one(Case, case.id))
    work(case, 2)
    assert len(postbox.taken) == 1
    with pytest.raises(CannotTakeBack), command(case.id) as locked:
        corrections.take_back(locked, actor=who, now=after(locked, 3))


@pytest.mark.sqlite
def test_of_a_confidential_case_the_mail_tells_neither_name_nor_matter(
    postbox: Postbox, sampang: Office
) -> None:
    case = make_case(sampang, "pengaduan-puspaga")
    now = datetime(2026, 1, 13, 2, 0, tzinfo=UTC)
    letter = confidential_letter(case, now)
    cover = mailing.covering.cover_of(letter, mailing.covering.MAIL)
    for secret in ("Fitri", "Kekerasan", "471.1", "Teladani"):
        assert secret not in cover.subject + cover.text
    assert cover.subject == f"Surat dari {sampang.title}"


def confidential_letter(case: Case, now: datetime) -> Letter:
    """A signed letter about a child."""
    letter = Letter(
        office=case.office,
        case=case,
        kind="surat-balasan",
        state=LetterState.SIGNED,
        number="471.1/3/PUSPAGA",
        fields={"penerima": "Sdr. Fitri Teladani", "hal": "Kekerasan terhadap anak"},
        drafted_at=now,
        approved_at=now,
    )
    db.session.add(letter)
    db.session.flush()
    return letter


@pytest.mark.sqlite
def test_enclosures_of_the_letter_go_with_it(postbox: Postbox, case: Case, folder: Path) -> None:
    data = b"%PDF-1.4 lampiran"
    digest = hashlib.sha256(data).hexdigest()
    storage.keep(folder, digest, data)
    with command(case.id) as locked:
        clerk = actor(case.office, CLERK)
        enclosed = Attachment(
            case_id=locked.id,
            name="KK.pdf",
            content_type="application/pdf",
            size=len(data),
            sha256=digest,
            uploaded_at=after(locked),
            user_id=clerk.user.id,
            post_id=clerk.post.id,
        )
        db.session.add(enclosed)
        db.session.flush()
        letter_of(locked).enclosures = [enclosed.id]
    case = sent_by_step(db.session.get_one(Case, case.id))
    work(case)
    names = [one.get_filename() for one in postbox.taken[0].iter_attachments()]
    assert names[1] == "lampiran-1.pdf"
    assert len(names) == 2
