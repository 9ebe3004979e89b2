"""Who opened a case: its desks and dispositions remember that they were read."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from backoffice.database import begin_write
from backoffice.workflow import sheets
from backoffice.workflow.belongings import belongings_of
from models import Assignment, Case, Disposition, Duty, db


def read_here(case: Case, post_ids: frozenset[int], *, now: datetime) -> bool:
    """Let a case that is being shown look as `mark_read` will leave it; whether it has to."""
    unread = [
        desk
        for desk in case.assignments
        if desk.post_id in post_ids and desk.left_at is None and desk.read_at is None
    ]
    for desk in unread:
        set_committed_value(desk, "read_at", now)
        if desk.duty == Duty.INFORMATION:
            set_committed_value(desk, "left_at", now)
    return bool(unread)


def mark_read(case_id: int, post_ids: frozenset[int], *, now: datetime) -> bool:
    """Remember that these posts opened the case; commits. What was only for information leaves.

    So are the dispositions read that were seen with it. Returns whether there was anything to
    write.
    """
    rows = belongings_of(case_id).dispositions  # as they were seen, before the write begins
    sheet = any(one.unread and one.to_post_id in post_ids for one in rows)
    begin_write()
    laid = sheet and sheets.read(Disposition.case_id == case_id, post_ids, now=now)
    leaves = sa.case((Assignment.duty == Duty.INFORMATION, now), else_=Assignment.left_at)
    query = (
        sa.update(Assignment)
        .where(
            Assignment.case_id == case_id,
            Assignment.post_id.in_(post_ids),
            Assignment.left_at.is_(None),
            Assignment.read_at.is_(None),
        )
        .values(read_at=now, left_at=leaves)
    )
    options = {"synchronize_session": False}
    done = db.session.execute(query, execution_options=options)
    db.session.commit()
    return laid or bool(getattr(done, "rowcount", 0))
