"""Whoever reads every page of the tests finds what no page may have."""

from __future__ import annotations

import pytest

from tests.pages import faults

GOOD = """<!doctype html>
<html lang="id"><head><title>Kotak kerja &middot; Paraf</title>
<script src="/static/paraf.js" defer></script></head>
<body><h1>Kotak kerja</h1>
<form method="post" action="/simpan"><input type="hidden" name="csrf_token" value="x">
<p id="satu">Satu<p id="dua">Dua <a href="/berkas?a=1&amp;b=2">Buka</a></form>
<form method="get"><input name="q"></form>
<svg><title>Gambar</title><use href="/static/icons.svg#x"/></svg></body></html>
"""
WRONG = [
    ("<h1>", '<h1 style="color: red">', '<h1 style="color: red">'),
    ("<h1>", '<h1 ONCLICK="go()">', '<h1 onclick="go()">'),
    ("<h1>", "<style>h1 {color: red}</style><h1>", "<style> within the page"),
    ("<h1>", "<script>go()</script><h1>", "<script> within the page"),
    ('href="/berkas?', 'href=" JavaScript:go()?', '<a href=" JavaScript:go()?a=1&b=2">'),
    ('href="/berkas?', 'href="data:text/html,', '<a href="data:text/html,a=1&b=2">'),
    (' name="csrf_token"', ' name="lain"', "a form without a token: /simpan"),
    ('id="dua"', 'id="satu"', "id 'satu' stands 2 times"),
    ('lang="id"', 'lang="en"', "lang is 'en'"),
    (' lang="id"', "", "lang is ''"),
    ("Kotak kerja &middot; Paraf", " ", "no title"),
    ("<h1>Kotak kerja</h1>", "", "0 h1"),
    ("<h1>", "<h1>Dua</h1><h1>", "2 h1"),
]


def test_a_page_that_may_be_shown_has_no_fault() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG, ids=[said for _, _, said in WRONG])
def test_what_no_page_may_have_is_found(right: str, wrong: str, said: str) -> None:
    assert right in GOOD
    assert faults(GOOD.replace(right, wrong, 1)) == [said]
