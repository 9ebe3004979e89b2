"""How gunicorn serves the product: what it refuses before the product is asked, in our words."""

from __future__ import annotations

import socket
from http import HTTPStatus
from typing import Any

from gunicorn.http.errors import (
    ConfigurationProblem,
    ExpectationFailed,
    ForbiddenProxyRequest,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

PAGE = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Paraf</title>
<link rel="stylesheet" href="/static/paraf.css"></head>
<body><main id="main"><section class="card narrow words">
<h1>{title}</h1>
<p>{words}</p>
<div class="actions"><a class="btn primary" href="/">Ke kotak kerja</a></div>
</section></main></body>
</html>
"""
TOO_LONG = (
    "Yang diminta terlalu panjang",
    "Tidak ada yang berubah. Pendekkan yang dicari, atau buka lagi halamannya dari kotak kerja.",
)
UNREADABLE = (
    "Permintaan ini tidak dapat dibaca",
    "Tidak ada yang berubah. Buka lagi halamannya dari kotak kerja. Jika tetap gagal, hubungi "
    "administrator kantor: ada yang mengubah permintaan di jalan antara peramban dan Paraf.",
)
FAILED = (
    "Terjadi gangguan di sistem, bukan salah Anda",
    "Yang sudah tersimpan aman; langkah terakhir Anda belum tersimpan. Kembali ke halaman "
    "sebelumnya dan coba sekali lagi. Jika tetap gagal, hubungi administrator kantor.",
)
STATUS: dict[type[Exception], HTTPStatus] = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    ForbiddenProxyRequest: HTTPStatus.FORBIDDEN,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
OURS = (ConfigurationProblem, InvalidResponseHeader, InvalidResponseHeaderName)  # to mend, not his


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker that says what it refuses, or what broke under it, in the words of the office."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Our page in place of gunicorn's own, whoever caused it."""
        status = status_of(exc)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("500 for %s", addr, exc_info=exc)
        else:
            self.log.warning("%s from %s: %s", status.value, addr, exc)
        try:
            client.sendall(answer(status))
        except OSError:
            self.log.debug("The caller did not wait for the answer.")


def status_of(error: Exception) -> HTTPStatus:
    """What the caller is told: 400 for what cannot be read, 500 for what is not his fault."""
    if isinstance(error, OURS) or not isinstance(error, ParseException):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return STATUS.get(type(error), HTTPStatus.BAD_REQUEST)


def answer(status: HTTPStatus) -> bytes:
    """The whole answer, which closes the connection: what else was sent is not read."""
    title, words = {
        HTTPStatus.REQUEST_URI_TOO_LONG: TOO_LONG,
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: TOO_LONG,
        HTTPStatus.INTERNAL_SERVER_ERROR: FAILED,
    }.get(status, UNREADABLE)
    body = PAGE.format(title=title, words=words).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Connection: close\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'self'\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Cache-Control: no-store\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
