"""The offices' own templates of letters, each upload a version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "template_versions"
ACTIVE = sa.text("state = 'active'")
POINTING = (
    ("activated_by_id", "users"),
    ("office_id", "offices"),
    ("user_id", "users"),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "active",
                "old",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_template_versions_size")),
        sa.CheckConstraint(
            "state = 'draft' OR activated_at IS NOT NULL",
            name=op.f("ck_template_versions_activated"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{other}.id"],
                name=op.f(f"fk_template_versions_{column}_{other}"),
                ondelete="RESTRICT",
            )
            for column, other in POINTING
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_versions")),
        sa.UniqueConstraint(
            "office_id", "kind", "version", name=op.f("uq_template_versions_office_id_kind_version")
        ),
    )
    op.create_index(op.f("ix_template_versions_office_id"), TABLE, ["office_id"])
    op.create_index(
        "ix_template_versions_active",
        TABLE,
        ["office_id", "kind"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )


def downgrade() -> None:
    op.drop_table(TABLE)
