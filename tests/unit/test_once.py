"""What is read once in a transaction is never older than what the transaction knows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from backoffice.actor import posts_of, staffing
from backoffice.roles import roles_of
from models import Holding, db
from tests.statements import counted
from tests.town import NOW, Town


@pytest.mark.sqlite
def test_the_staff_is_read_once_and_again_after_a_change(session: scoped_session[Any]) -> None:
    town = Town()
    ani = town.user("ani", town.desk)
    office_id = town.office.id
    db.session.commit()
    with counted() as statements:
        assert staffing(office_id, NOW).held == {town.desk.id}
        before = len(statements)
        staffing(office_id, NOW)
        posts_of(office_id)  # told by the staff
        assert len(statements) == before
    db.session.add(Holding(user=ani, post=town.head, from_at=NOW))
    db.session.flush()
    assert staffing(office_id, NOW).held == {town.desk.id, town.head.id}
    db.session.rollback()
    assert staffing(office_id, NOW).held == {town.desk.id}


@pytest.mark.sqlite
def test_a_role_that_a_post_was_just_given_counts_at_once(session: scoped_session[Any]) -> None:
    town = Town()
    role = town.role("petugas")
    db.session.commit()
    assert roles_of(town.office.id).of_post == {}
    town.desk.roles.append(role)
    db.session.flush()
    assert roles_of(town.office.id).of_post == {town.desk.id: frozenset({"petugas"})}
