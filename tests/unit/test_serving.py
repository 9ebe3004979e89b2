"""What is refused before the product is asked is told in the office's words."""

from __future__ import annotations

import logging
import runpy
import socket

import pytest
from gunicorn.http.errors import (
    InvalidHeader,
    InvalidRequestLine,
    InvalidResponseHeader,
    LimitRequestHeaders,
    LimitRequestLine,
    UnsupportedTransferCoding,
)

from backoffice import serving
from backoffice.config import ROOT


def answered(error: Exception) -> str:
    """What the caller reads when gunicorn stumbles over this."""
    worker = serving.Worker.__new__(serving.Worker)
    worker.log = logging.getLogger("serving")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker.handle_error(None, ours, ("127.0.0.1", 4711), error)
        ours.close()
        return b"".join(iter(lambda: theirs.recv(65536), b"")).decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [(LimitRequestLine(9000, 8190), "414"), (LimitRequestHeaders("too many"), "431")],
)
def test_an_address_that_is_too_long_is_refused_in_indonesian(
    error: Exception, status: str
) -> None:
    head, _blank, page = answered(error).partition("\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status} ")
    assert f"Content-Length: {len(page.encode())}" in head
    assert "Yang diminta terlalu panjang" in page
    assert 'href="/"' in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (InvalidRequestLine("x"), "400", "Tidak ada yang berubah."),
        (InvalidHeader("x"), "400", "Permintaan ini tidak dapat dibaca"),
        (UnsupportedTransferCoding("x"), "501", "Permintaan ini tidak dapat dibaca"),
        (RuntimeError("NIK 3201010101010001"), "500", "bukan salah Anda"),
        (InvalidResponseHeader("x"), "500", "bukan salah Anda"),
    ],
)
def test_whatever_the_server_itself_refuses_is_told_in_indonesian(
    error: Exception, status: str, sentence: str
) -> None:
    text = answered(error)

    assert text.startswith(f"HTTP/1.1 {status} ")
    assert sentence in text
    assert "hubungi administrator kantor" in " ".join(text.split())
    assert "3201010101010001" not in text


def test_gunicorn_is_told_to_serve_so() -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))

    assert settings["worker_class"] == f"{serving.__name__}.{serving.Worker.__name__}"
    assert settings["limit_request_line"] == 8190
