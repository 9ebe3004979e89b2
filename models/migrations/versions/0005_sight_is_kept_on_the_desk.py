"""A confidential case: who lost the sight of it is written on the desk, no longer asked each time.

Who did not see a case the day before does not see it the day after: the rule is the former one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

HIDE = """
UPDATE assignments SET lost = true
WHERE left_at IS NOT NULL
  AND EXISTS (
    SELECT 1 FROM cases
    JOIN procedure_versions ON procedure_versions.id = cases.procedure_version_id
    WHERE cases.id = assignments.case_id AND procedure_versions.confidential
      AND NOT (cases.joined_to_id IS NOT NULL AND assignments.left_at = cases.closed_at)
  )
  AND NOT EXISTS (
    SELECT 1 FROM dispositions
    WHERE dispositions.case_id = assignments.case_id
      AND dispositions.given_at <= assignments.left_at
  )
"""


def upgrade() -> None:
    op.execute(sa.text(HIDE))


def downgrade() -> None:
    """What is marked stays hidden, as it was before."""
