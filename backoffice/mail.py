"""Handing an e-mail to the mail server of the office: accepted, refused, not now, or not known.

A letter must not go out twice. Up to the moment the server is given the whole text nothing was
sent, and any error there may be tried again. What breaks off between that and the server's answer
is known to nobody, and so it is never tried again by itself.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

SECONDS = 30.0  # for each answer of the server
BROKEN_LINE = (smtplib.SMTPServerDisconnected, OSError)


class Security(StrEnum):
    """How the line to the mail server is closed to others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where e-mails are handed in, and from which address they come."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = Security.STARTTLS
    seconds: float = SECONDS

    @property
    def domain(self) -> str:
        """The right half of our Message-IDs."""
        return self.sender.rpartition("@")[2]


class _Known:
    server: MailServer | None = None


def set_server(server: MailServer | None) -> None:
    """Where this installation hands in its e-mails; None where clerks send them themselves."""
    _Known.server = server


def server() -> MailServer | None:
    """The mail server, if there is one."""
    return _Known.server


class MailError(Exception):
    """The e-mail was not accepted; `reason` is in the office's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotNow(MailError):
    """Nothing was sent; it may work later."""


class Refused(MailError):
    """Nothing was sent, and trying again changes nothing."""


class Unsure(MailError):
    """The line broke while the server had the text: it may have been sent, or not."""


def hand_over(at: MailServer, message: EmailMessage, to: str) -> None:
    """Give the message to the server; returns once it has taken it over. MailError otherwise."""
    body = message.as_bytes(policy=SMTP)
    with _line(at) as line:
        with _before_the_text():
            _answered(line.mail(at.sender, _options(line, len(body))), at.sender)
            _answered(line.rcpt(to), to)
        _give(line, body, to)


@contextmanager
def _line(server: MailServer) -> Iterator[smtplib.SMTP]:
    """An open line on which we have said who we are; saying goodbye never fails."""
    with _before_the_text():
        line = _opened(server)
    try:
        with _before_the_text():
            _greet(line, server)
        yield line
    finally:
        with suppress(smtplib.SMTPException, OSError):
            line.quit()
        line.close()


def _opened(server: MailServer) -> smtplib.SMTP:
    if server.security is Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=server.seconds, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=server.seconds)


def _greet(line: smtplib.SMTP, server: MailServer) -> None:
    if server.security is Security.STARTTLS:
        line.starttls(context=ssl.create_default_context())
    line.ehlo_or_helo_if_needed()
    if server.user:
        line.login(server.user, server.password)


@contextmanager
def _before_the_text() -> Iterator[None]:
    """Whatever goes wrong here, nothing was sent."""
    try:
        yield
    except MailError:
        raise
    except smtplib.SMTPAuthenticationError as error:
        said = f"Server pos-el menolak nama pengguna atau kata sandinya ({error.smtp_code})."
        raise NotNow(said) from error
    except smtplib.SMTPResponseException as error:
        raise _judged(error.smtp_code, error.smtp_error, "") from error
    except smtplib.SMTPNotSupportedError as error:
        said = f"Server pos-el tidak mengenal cara sambung yang disetel ({error})."
        raise NotNow(said) from error
    except BROKEN_LINE as error:
        raise NotNow(f"Server pos-el tidak dapat dihubungi ({_kind_of(error)}).") from error


def _options(line: smtplib.SMTP, size: int) -> list[str]:
    return [f"size={size}"] if line.has_extn("size") else []


def _answered(answer: tuple[int, bytes], about: str) -> None:
    code, said = answer
    if code not in (250, 251):
        raise _judged(code, said, about)


def _give(line: smtplib.SMTP, body: bytes, to: str) -> None:
    """The text itself: from here on a broken line leaves us not knowing."""
    try:
        code, said = line.data(body)
    except smtplib.SMTPDataError as error:  # the server did not want the text at all
        raise _judged(error.smtp_code, error.smtp_error, to) from error
    except BROKEN_LINE as error:
        raise Unsure(f"sambungan terputus saat pos-el diserahkan ({_kind_of(error)})") from error
    if code != 250:
        raise _judged(code, said, to)


def _judged(code: int, said: bytes | str, about: str) -> MailError:
    """A server's no: 4xx may be a yes later, 5xx never."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    answer = " ".join(f"{code} {words}".split())[:300]
    whom = f" untuk {about}" if about else ""
    if code >= 500:
        return Refused(f"Server pos-el menolak pos-el{whom}: {answer}")
    return NotNow(f"Server pos-el belum menerima pos-el{whom}: {answer}")


def _kind_of(error: BaseException) -> str:
    """In words, where it is one of the usual ones."""
    if isinstance(error, TimeoutError):
        return "terlalu lama tidak menjawab"
    if isinstance(error, ConnectionRefusedError):
        return "sambungan ditolak"
    if isinstance(error, ssl.SSLError):
        return "sertifikat atau enkripsinya tidak cocok"
    return "sambungan terputus"
