"""The register of outgoing letters, and the codes by which letters are filed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATES = ("used", "reserved", "void")


def upgrade() -> None:
    op.create_table(
        "classifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_classifications_code")),
        pointing("classifications", "office_id", "offices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classifications")),
        sa.UniqueConstraint("office_id", "code", name=op.f("uq_classifications_office_id_code")),
    )
    op.create_index(op.f("ix_classifications_office_id"), "classifications", ["office_id"])
    op.create_table(
        "register_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("classification", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("addressee", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("n >= 1", name=op.f("ck_register_entries_n")),
        sa.CheckConstraint(
            "state <> 'void' OR reason <> ''", name=op.f("ck_register_entries_reason")
        ),
        pointing("register_entries", "letter_id", "letters"),
        pointing("register_entries", "office_id", "offices"),
        pointing("register_entries", "post_id", "posts"),
        pointing("register_entries", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entries")),
        sa.UniqueConstraint(
            "office_id",
            "register",
            "year",
            "n",
            "suffix",
            name=op.f("uq_register_entries_office_id_register_year_n_suffix"),
        ),
        sa.UniqueConstraint(
            "office_id",
            "register",
            "year",
            "number",
            name=op.f("uq_register_entries_office_id_register_year_number"),
        ),
    )
    op.create_index(op.f("ix_register_entries_letter_id"), "register_entries", ["letter_id"])
    with op.batch_alter_table("letters") as table:
        table.drop_constraint(op.f("uq_letters_office_id_number"), type_="unique")
        table.create_index("ix_letters_office_id_number", ["office_id", "number"])


def downgrade() -> None:
    with op.batch_alter_table("letters") as table:
        table.drop_index("ix_letters_office_id_number")
        name = op.f("uq_letters_office_id_number")
        table.create_unique_constraint(name, ["office_id", "number"])
    op.drop_table("register_entries")
    op.drop_table("classifications")


def pointing(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A reference to the key of another table."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")
