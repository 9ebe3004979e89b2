"""What a row of a list of cases is made of: the columns that are read for all rows at once."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from backoffice import access
from models import Case, OutsideReference

_kept = aliased(Case)
# Where a joined case goes on; a confidential one is not named.
JOINED_TO = (
    select(_kept.number)
    .where(_kept.id == Case.joined_to_id, ~access.is_confidential(_kept))
    .correlate(Case)
    .scalar_subquery()
    .label("joined_number")
)
REFERENCES = (
    select(func.aggregate_strings(OutsideReference.number, ", "))
    .where(OutsideReference.case_id == Case.id)
    .correlate(Case)
    .scalar_subquery()
    .label("references")
)
COLUMNS = (
    Case.id,
    Case.kind,
    Case.number,
    Case.queue_number,
    Case.subject,
    Case.channel,
    Case.severity,
    Case.status,
    Case.step,
    Case.outcome,
    Case.received_on,
    Case.closed_at,
    Case.version,
    Case.procedure_version_id,
    Case.opened_at,
    Case.joined_to_id,
    JOINED_TO,
    REFERENCES,
)
