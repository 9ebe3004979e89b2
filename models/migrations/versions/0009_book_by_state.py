"""The book of outgoing letters is read by state as well: what is reserved, what is void."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ix_register_entries_office_id_register_state_year_n_suffix"
COLUMNS = ["office_id", "register", "state", "year", "n", "suffix"]


def upgrade() -> None:
    op.create_index(NAME, "register_entries", COLUMNS)


def downgrade() -> None:
    op.drop_index(NAME, "register_entries")
