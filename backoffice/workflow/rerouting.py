"""Dialihkan: open desks that the terlapor has alone are laid anew with whoever may have them.

It follows when somebody is named, and when somebody takes up or leaves a post. `desks.address`
does the same for every desk that is laid later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from backoffice.actor import Actor
from backoffice.workflow import conflict, history, sheets
from backoffice.workflow.desks import address
from backoffice.workflow.moves import settle
from models import LIVE, Assignment, Case, Duty, EventKind, Post, db


def reroute(case: Case, now: datetime) -> list[Assignment]:
    """Lay the open desks anew that are barred; the new ones. A due moment stays what it was.

    What was there for information ends: the substitute would be told of it as of his own.
    """
    bars = conflict.barred_ids(case, now)
    laid = []
    for desk in [one for one in case.assignments if one.left_at is None and one.post_id in bars]:
        desk.left_at = now
        if desk.duty in (Duty.RESPONSIBLE, Duty.OPINION):
            laid.append(_again(case, desk, desk.instead_of or desk.post, now))
    sheets.keep_up(case, now=now)
    return laid


def give_back(case: Case, now: datetime) -> list[Assignment]:
    """Lay the desks again where they would have been, once nobody is terlapor; the new ones."""
    laid = []
    for desk in [one for one in case.assignments if one.left_at is None]:
        if desk.instead_of is not None:
            desk.left_at = now
            laid.append(_again(case, desk, desk.instead_of, now))
    return laid


def _again(case: Case, desk: Assignment, post: Post, now: datetime) -> Assignment:
    return address(
        case,
        post,
        step=desk.step,
        now=now,
        due=desk.due_at,
        duty=desk.duty,
        source=desk.source,
        number=desk.round,
    )


def said(desks: Iterable[Assignment]) -> list[list[int]]:
    """What the history keeps of desks that were laid anew: pairs of post, and instead of which."""
    return [[one.post_id, one.instead_of_id or one.post_id] for one in desks]


def reroute_office(office_id: int, *, actor: Actor, now: datetime) -> list[int]:
    """Lay anew what holdings now bar in the live cases of an office; the ids of those cases.

    Called where holdings change, within that transaction. NobodyLeft where nobody remains.
    """
    named = (
        sa.select(Case.id)
        .where(
            Case.office_id == office_id,
            Case.reported_user_id.is_not(None),
            Case.status.in_(LIVE),
        )
        .order_by(Case.id)
    )
    return [one for one in db.session.scalars(named) if _reroute_one(one, actor, now)]


def _reroute_one(case_id: int, actor: Actor, now: datetime) -> bool:
    case = db.session.get_one(Case, case_id, with_for_update=True, populate_existing=True)
    laid = reroute(case, now)
    if laid:
        data = {"rerouted": said(laid)}
        history.record(case, EventKind.REROUTED, actor=actor, now=now, data=data)
        settle(case)
    return bool(laid)
