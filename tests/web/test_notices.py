"""What the case page says of promises to tell a party."""

from __future__ import annotations

import pytest

from models import Case, Office, db
from tests import factories
from tests.client import OfficeClient

NOBODY = "Tidak ada yang dapat diberi tahu"
TO_BE_TOLD = "Catat pemberitahuan"


@pytest.fixture
def proposal(client: OfficeClient, ambon: Office) -> Case:
    """A qurban proposal that Staf is about to hand back to be completed."""
    client.log_in(factories.user_of(ambon, "staf"))
    return factories.make_case(ambon, "bantuan-qurban", "pengembalian")


def handed_back(client: OfficeClient, case: Case) -> str:
    """The page of the case after Staf has handed it back."""
    form = {"id": str(case.id), "version": str(case.version)}
    answer = client.post("/proposal-qurban/step/forward/", data=form)
    assert answer.status_code == 302
    return client.get(f"/proposal-qurban/details/?id={case.id}").text


def test_nobody_is_said_to_be_told_who_left_no_way_to_reach_him(
    client: OfficeClient, proposal: Case
) -> None:
    for party in proposal.parties:
        party.address = party.telephone = party.email = ""
    db.session.commit()
    text = handed_back(client, proposal)
    assert NOBODY in text
    assert "Sudah diberitahukan" not in text
    assert TO_BE_TOLD not in text


def test_who_can_be_reached_still_has_to_be_told(client: OfficeClient, proposal: Case) -> None:
    text = handed_back(client, proposal)
    assert NOBODY not in text
    assert TO_BE_TOLD in text
