"""The e-mail of a letter: the job that hands it to the mail server, once.

That the server will be given the text now is committed before it is: whoever takes the job up
again after a broken worker finds it and does not send a second time. What became of the mail is
then for a person to find out. What the server did not take for the moment is tried again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from backoffice import jobs, mail, storage
from backoffice.actor import Actor
from backoffice.database import begin_write
from backoffice.workflow import conflict
from backoffice.workflow.engine import lock
from backoffice.workflow.moves import settle
from models import Attachment, Case, Delivery, DeliveryState, EventKind, Job, db

from . import covering, sending, sent

PAUSES = (1, 5, 15, 60, 180, 360, 720)  # minutes after each attempt that was not taken
NO_SERVER = (
    "Server pos-el belum disetel lagi. Kirim surat ini dengan cara lain, atau minta administrator "
    "sistem menyetelnya."
)
NO_SCAN = (
    "Pindaian surat bertanda tangan tidak ada. Unggah pindaiannya di halaman surat ini, lalu "
    "kirim ulang."
)
UNSURE = (
    "Tidak dapat dipastikan apakah pos-el ini terkirim: {why}. Tanyakan kepada penerimanya. Bila "
    "belum sampai, kirim ulang."
)
STOPPED = "pekerja latar berhenti di tengah pengiriman"


class _Folder:
    files: Path | None = None


def set_folder(files: Path) -> None:
    """Where the attachments of this installation lie."""
    _Folder.files = files


def failed(job: Job, reason: str) -> None:
    """The mail could not be sent: the page of the letter says why, and so does the history."""
    made = _its_delivery(job)
    if made is None or made.state != DeliveryState.QUEUED:
        return
    lock(made.letter.case_id)
    made.state, made.fault, made.sent_at = DeliveryState.FAILED, reason, None
    actor = _asked(made)
    if not conflict.is_terlapor(made.letter.case, actor):
        sending.tell(made, EventKind.SENT, actor=actor, now=jobs.now())


@jobs.handler(sending.MAIL, attempts=len(PAUSES) + 1, failed=failed)
def run(job: Job) -> None:
    """Send one e-mail and write down that it left; nothing where it was taken back meanwhile."""
    made = _its_delivery(job)
    if made is None or made.state != DeliveryState.QUEUED:
        return
    if made.sent_at is not None:
        raise jobs.GiveUp(UNSURE.format(why=STOPPED))
    server = mail.server()
    if server is None:
        raise jobs.GiveUp(NO_SERVER)
    message, attempts = message_of(made, job, server), job.attempts
    if not _begin(made.id):
        return
    try:
        mail.hand_over(server, message, made.address)
    except mail.NotNow as fault:
        _not_begun(made.id)
        raise jobs.Later(fault.reason, after=_pause(attempts)) from fault
    except mail.Refused as fault:
        raise jobs.GiveUp(fault.reason) from fault
    except mail.Unsure as fault:
        raise jobs.GiveUp(UNSURE.format(why=fault.reason)) from fault
    _left(made.id)


def _pause(attempts: int) -> timedelta:
    return timedelta(minutes=PAUSES[min(attempts, len(PAUSES)) - 1])


def _its_delivery(job: Job) -> Delivery | None:
    return db.session.get(Delivery, job.arguments["delivery_id"], populate_existing=True)


def _locked(delivery_id: int) -> Delivery | None:
    begin_write()
    return db.session.get(Delivery, delivery_id, with_for_update=True, populate_existing=True)


def _begin(delivery_id: int) -> bool:
    """Commit that the text is handed over from now on; False where somebody stopped it."""
    made = _locked(delivery_id)
    if made is None or not sent.is_waiting(made):
        db.session.rollback()
        return False
    made.sent_at = jobs.now()
    db.session.commit()
    return True


def _not_begun(delivery_id: int) -> None:
    made = _locked(delivery_id)
    if made is not None:
        made.sent_at = None
    db.session.commit()


def _left(delivery_id: int) -> None:
    """The server has it. What is written here is committed with the end of the job."""
    begin_write()
    found = db.session.get_one(Delivery, delivery_id)
    case = lock(found.letter.case_id)
    made, now = db.session.get_one(Delivery, delivery_id), jobs.now()
    made.state, made.sent_at = DeliveryState.SENT, now
    actor = _asked(made)
    event = None
    if not conflict.is_terlapor(made.letter.case, actor):
        event = sending.tell(made, EventKind.SENT, actor=actor, now=now)
    sending.gone(made, event, actor=actor, now=now)
    if case is not None and not case.is_live:
        settle(case)


def _asked(made: Delivery) -> Actor:
    """Who asked for it; he need not hold the post any more when the mail leaves."""
    return Actor(made.user, made.post, None)


# -- the message -----------------------------------------------------------------------------


def message_of(made: Delivery, job: Job, server: mail.MailServer) -> EmailMessage:
    """The e-mail as it will leave: its own Message-ID each time it is asked for, not each try."""
    letter, office = made.letter, made.letter.case.office
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(covering.one_line(office.title), addr_spec=server.sender)
    message["To"] = Address(covering.one_line(made.addressee), addr_spec=made.address)
    message["Subject"] = covering.one_line(job.arguments["subject"])
    message["Date"] = format_datetime(made.recorded_at)
    message["Message-ID"] = f"<surat-{made.id}.{job.id}.{_stamp(job.asked_at)}@{server.domain}>"
    message.set_content(job.arguments["text"] + "\n", cte="quoted-printable")
    if letter.scan is None:
        raise jobs.GiveUp(NO_SCAN)
    _attach(message, letter.scan, f"surat-{letter.number or letter.kind}")
    for n, one in enumerate(_enclosed(letter.case, letter.enclosures), 1):
        _attach(message, one, f"lampiran-{n}")
    return message


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"


def _enclosed(case: Case, ids: list[int]) -> list[Attachment]:
    """What goes with the letter, in its order; only files of its own case."""
    rows = (db.session.get(Attachment, one) for one in ids)
    return [one for one in rows if one is not None and one.case_id == case.id]


def _attach(message: EmailMessage, one: Attachment, name: str) -> None:
    """The file under a name of ours: what a clerk called it is not for the citizen."""
    place = storage.path(_Folder.files, one.sha256) if _Folder.files is not None else None
    if place is None or not place.is_file():
        raise jobs.GiveUp(NO_SCAN)
    main, _slash, sub = one.content_type.partition("/")
    safe = "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in name)
    message.add_attachment(
        place.read_bytes(), maintype=main, subtype=sub, filename=safe + Path(one.name).suffix
    )
