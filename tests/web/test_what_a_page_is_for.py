"""Every page says in one sentence what it is for, under its one heading."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from models import Office
from tests import factories
from tests.web.stage import ROLES, Stage
from tests.web.test_rights_matrix import ask, screens, table

HEADING = re.compile(r"<h1[^>]*>")
LEAD = re.compile(r'<p class="(?:[^"]* )?lead(?: [^"]*)?">(.*?)</p>', re.DOTALL)
SENTENCE = re.compile(r"[A-Z\d][^.?!]{14,}[.?!](?:\s|$)")


def sentence_of(page: str) -> str:
    """The words under the heading, without their marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", " ".join(LEAD.findall(page))).split())


@pytest.mark.sqlite
def test_every_page_says_in_a_sentence_what_it_is_for(
    app: Flask, dukcapil: Office, ambon: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW
    stage, expected, silent = Stage(app, dukcapil, ambon), table(), []
    clients = {role: stage.as_role(role) for role in ROLES}
    seen = 0
    for rule, method in screens(app):
        answered = expected.get((rule.endpoint, method), dict.fromkeys(ROLES, 0))
        role = next((one for one in reversed(ROLES) if answered[one] == 200), None)
        if method != "GET" or role is None:
            continue
        answer = ask(stage, clients[role], rule, method)
        if answer.mimetype != "text/html":
            continue
        seen += 1
        if len(HEADING.findall(answer.text)) != 1 or not SENTENCE.search(sentence_of(answer.text)):
            silent.append(f"{role}: {stage.address(rule)}: {sentence_of(answer.text)}")

    assert "\n".join(silent) == ""
    assert seen > 50
