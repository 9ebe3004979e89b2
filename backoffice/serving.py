"""How gunicorn serves the product: what it refuses before the product is asked, in our words."""

from __future__ import annotations

import socket
from http import HTTPStatus
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

TOO_LONG = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Yang diminta terlalu panjang · Paraf</title>
<link rel="stylesheet" href="/static/paraf.css"></head>
<body><main id="main"><section class="card narrow words">
<h1>Yang diminta terlalu panjang</h1>
<p>Tidak ada yang berubah. Pendekkan yang dicari, atau buka lagi halamannya dari kotak kerja.</p>
<div class="actions"><a class="btn primary" href="/">Ke kotak kerja</a></div>
</section></main></body>
</html>
"""
REFUSED: dict[type[Exception], HTTPStatus] = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
}


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker that tells a person why an address or a header was too long for gunicorn."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Our page for what a person may cause; gunicorn's own answer for broken requests."""
        status = REFUSED.get(type(exc))
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("%s from %s: %s", status.value, addr, exc)
        try:
            client.sendall(answer(status))
        except OSError:
            self.log.debug("The caller did not wait for the answer.")


def answer(status: HTTPStatus) -> bytes:
    """The whole answer, which closes the connection: what else was sent is not read."""
    body = TOO_LONG.encode()
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
