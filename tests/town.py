"""A small office with one small SOP: posts, people and cases put straight into their rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from backoffice.actor import Person, person_of
from models import (
    Assignment,
    Case,
    CaseEvent,
    Complaint,
    Disposition,
    Duty,
    EventKind,
    Holding,
    Office,
    Post,
    ProcedureVersion,
    Role,
    Source,
    Status,
    Unit,
    User,
    VersionState,
    db,
)

SOP = """\
code: {code}
title: {title}
kind: complaint
number_code: ADU
outcomes:
  - {{key: selesai, label: Selesai}}
steps:
  - key: one
    row: 1
    activity: Petugas menerima dan menjawab
    actor: petugas
    transitions:
      - action: close
        label: Tutup
        to: {{end: selesai}}
"""
TODAY = date(2026, 1, 14)
NOW = datetime(2026, 1, 14, 2, 0, tzinfo=UTC)


class Town:
    """A director, a section head under him, a front desk under her; ani, budi and citra there."""

    def __init__(self, key: str = "contoh") -> None:
        self.office = Office(
            key=key, name=["Dinas Contoh"], government="Kota Contoh", timezone="Asia/Jakarta"
        )
        db.session.add(self.office)
        self.director = self.post("director")
        self.head = self.post("head", self.director)
        self.desk = self.post("desk", self.head)
        self.sop = self.procedure("umum")
        db.session.flush()

    def unit(self, key: str, parent: Unit | None = None) -> Unit:
        """A unit of this office."""
        unit = Unit(office=self.office, key=key, name=key.title(), parent=parent)
        db.session.add(unit)
        return unit

    def post(self, key: str, superior: Post | None = None, **more: Any) -> Post:
        """A post of this office."""
        post = Post(office=self.office, key=key, title=key.title(), superior=superior, **more)
        db.session.add(post)
        db.session.flush()
        return post

    def office_posts(self) -> list[Post]:
        """Every post of this office."""
        query = sa.select(Post).where(Post.office_id == self.office.id).order_by(Post.id)
        return list(db.session.scalars(query))

    def role(self, key: str) -> Role:
        """A role of this office."""
        role = Role(office_id=self.office.id, key=key, title=key.title())
        db.session.add(role)
        return role

    def user(self, name: str, *posts: Post, **more: Any) -> User:
        """Somebody of this office who holds these posts."""
        values = {"password_hash": "!", "must_change_password": False, **more}
        user = User(office=self.office, username=name, name=f"{name.title()} Contoh", **values)
        db.session.add(user)
        for post in posts:
            self.hold(user, post)
        db.session.flush()
        return user

    def hold(self, user: User, post: Post, **more: Any) -> Holding:
        """`user` holds `post` since new year (07.00 WIB), unless `more` says otherwise."""
        holding = Holding(
            user=user, post=post, **{"from_at": datetime(2026, 1, 1, tzinfo=UTC), **more}
        )
        db.session.add(holding)
        db.session.flush()
        return holding

    def person(self, name: str, *posts: Post, **more: Any) -> Person:
        """The same as a person who may act now."""
        return person_of(self.user(name, *posts, **more), NOW)

    def procedure(self, code: str, *, confidential: bool = False) -> ProcedureVersion:
        """A published SOP of one step, which no post of the town has the role to begin."""
        text = SOP.format(code=code, title=code.title())
        version = ProcedureVersion(
            office=self.office,
            code=code,
            version=1,
            state=VersionState.PUBLISHED,
            title=code.title(),
            kind="complaint",
            confidential=confidential,
            source_text=text,
            sha256=sha256(text.encode()).hexdigest(),
        )
        db.session.add(version)
        return version

    def case(self, *posts: Post, kind: type[Case] = Complaint, **more: Any) -> Case:
        """A case that these posts had one after the other; the last one has it now."""
        sop = more.pop("sop", self.sop)
        values = {"step": "one", "status": Status.OPEN, "opened_at": NOW, **more}
        case = kind(office=self.office, procedure_version=sop, **values)
        db.session.add(case)
        for number, post in enumerate(posts):
            left = None if number == len(posts) - 1 else self.moment(number + 1)
            self.assign(case, post, entered_at=self.moment(number), left_at=left)
        db.session.flush()
        return case

    def assign(self, case: Case, post: Post, **more: Any) -> Assignment:
        """Lay a case on a desk."""
        values = {"step": case.step, "duty": Duty.RESPONSIBLE, "source": Source.STEP, **more}
        values.setdefault("entered_at", NOW)
        desk = Assignment(case=case, post=post, **values)
        db.session.add(desk)
        return desk

    def event(self, case: Case, user: User, post: Post, **more: Any) -> CaseEvent:
        """Something that happened."""
        event = CaseEvent(
            case=case,
            seq=len(case.events) + 1,
            kind=EventKind.NOTE,
            step=case.step,
            user=user,
            post=post,
            recorded_at=NOW,
            happened_at=NOW,
            **more,
        )
        db.session.add(event)
        db.session.flush()
        return event

    def dispose(self, case: Case, given: Post, to: Post, by: User, hours: int) -> Disposition:
        """Lay the case on `to`'s desk by a disposition, so many hours after it began."""
        event = self.event(case, by, given)
        disposition = Disposition(
            case=case,
            event_id=event.id,
            from_post=given,
            to_post=to,
            duty=Duty.RESPONSIBLE,
            given_at=self.moment(hours),
        )
        db.session.add(disposition)
        db.session.flush()
        return disposition

    @staticmethod
    def moment(hours: int) -> datetime:
        """So many hours after now."""
        return NOW + timedelta(hours=hours)
