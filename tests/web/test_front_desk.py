"""Somebody asks at the counter how a case stands: number, step and date, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from models import Case, db
from tests.client import OfficeClient
from tests.town import NOW, Town

SECRET = "Perihal yang bukan urusan loket"


@pytest.fixture
def town(app: Flask, session: Any) -> Town:
    """An office whose front desk may begin its SOP."""
    app.config["NOW"] = lambda: NOW
    town = Town()
    town.desk.roles = [town.role("petugas")]
    return town


def numbered(town: Town, number: str, **more: Any) -> Case:
    """A case of the director's with a number."""
    case = town.case(
        town.director, number=number, subject=SECRET, received_on=date(2026, 1, 5), **more
    )
    db.session.flush()
    return case


def asked(client: OfficeClient, number: str) -> str:
    """The page that answers a search."""
    return client.get("/cari", query_string={"q": number}).text


def test_the_front_desk_tells_number_step_and_date_of_any_case_of_the_office(
    town: Town, client: OfficeClient
) -> None:
    numbered(town, "ADU-2026-0042")
    page = asked(client.log_in(town.user("ani", town.desk)), "adu-2026-0042")
    assert "ADU-2026-0042" in page
    assert "angkah 1 dari 1" in page
    assert "5 Januari 2026" in page
    assert SECRET not in page


def test_the_front_desk_learns_nothing_by_a_part_of_a_number_or_by_the_subject(
    town: Town, client: OfficeClient
) -> None:
    numbered(town, "ADU-2026-0042")
    client.log_in(town.user("ani", town.desk))
    for text in ("ADU-2026", "2026-0042", SECRET, "%", "ADU-2026-004_"):
        assert "5 Januari 2026" not in asked(client, text)


def test_a_post_that_begins_no_sop_may_not_look_up_a_case(town: Town, client: OfficeClient) -> None:
    town.user("ani", town.desk)  # while she is there, her superior does not stand in for her
    numbered(town, "ADU-2026-0042")
    page = asked(client.log_in(town.user("budi", town.head)), "ADU-2026-0042")
    assert "5 Januari 2026" not in page


def test_that_there_is_a_confidential_case_is_not_told_at_the_counter(
    town: Town, client: OfficeClient
) -> None:
    numbered(town, "ADU-2026-0042", sop=town.procedure("anak", confidential=True))
    page = asked(client.log_in(town.user("ani", town.desk)), "ADU-2026-0042")
    assert "5 Januari 2026" not in page


def test_whoever_is_named_as_terlapor_learns_nothing_at_the_counter_either(
    town: Town, client: OfficeClient
) -> None:
    ani = town.user("ani", town.desk)
    numbered(town, "ADU-2026-0042", reported_user_id=ani.id)
    assert "5 Januari 2026" not in asked(client.log_in(ani), "ADU-2026-0042")


def test_a_case_of_another_office_is_not_found(town: Town, client: OfficeClient) -> None:
    numbered(Town("jauh"), "ADU-2026-0042")
    page = asked(client.log_in(town.user("ani", town.desk)), "ADU-2026-0042")
    assert "5 Januari 2026" not in page
