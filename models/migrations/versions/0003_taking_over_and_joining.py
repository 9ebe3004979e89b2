"""Numbers from outside, cases that are joined, and the events of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = (
    "opened",
    "transition",
    "opinion",
    "note",
    "draft",
    "notice",
    "disposition",
    "taken_back",
    "withdrawn",
    "voided",
)
MORE = ("reminded", "taken_over", "joined", "separated")
GUARDS = (
    """CREATE TRIGGER case_events_keep BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'history cannot change'); END""",
    """CREATE TRIGGER case_events_stay BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'history cannot be deleted'); END""",
)
SEARCHES = (
    """CREATE TRIGGER case_search_add AFTER INSERT ON cases BEGIN
        INSERT INTO case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER case_search_change AFTER UPDATE OF search_text ON cases
    WHEN old.search_text <> new.search_text BEGIN
        INSERT INTO case_search(case_search, rowid, search_text)
            VALUES ('delete', old.id, old.search_text);
        INSERT INTO case_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER case_search_remove AFTER DELETE ON cases BEGIN
        INSERT INTO case_search(case_search, rowid, search_text)
            VALUES ('delete', old.id, old.search_text); END""",
)


def upgrade() -> None:
    op.create_table(
        "outside_references",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "lapor",
                "letter",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.CheckConstraint("number <> ''", name=op.f("ck_outside_references_number")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_outside_references_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_references")),
        sa.UniqueConstraint(
            "case_id", "kind", "number", name=op.f("uq_outside_references_case_id_kind_number")
        ),
    )
    op.create_index(op.f("ix_outside_references_case_id"), "outside_references", ["case_id"])
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("joined_to_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_cases_joined_to_id_cases"),
            "cases",
            ["joined_to_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        table.create_index(op.f("ix_cases_joined_to_id"), ["joined_to_id"])
    again(SEARCHES)
    allow((*KINDS, *MORE))


def downgrade() -> None:
    allow(KINDS)
    with op.batch_alter_table("cases") as table:
        table.drop_index(op.f("ix_cases_joined_to_id"))
        table.drop_constraint(op.f("fk_cases_joined_to_id_cases"), type_="foreignkey")
        table.drop_column("joined_to_id")
    again(SEARCHES)
    op.drop_table("outside_references")


def allow(kinds: tuple[str, ...]) -> None:
    """Let the history tell of exactly these."""
    check = "kind IN ({})".format(", ".join(f"'{one}'" for one in kinds))
    with op.batch_alter_table("case_events") as table:
        table.drop_constraint(op.f("ck_case_events_kind"), type_="check")
        table.create_check_constraint(op.f("ck_case_events_kind"), check)
    again(GUARDS)


def again(triggers: tuple[str, ...]) -> None:
    """SQLite copied the table, and a copy has no triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in triggers:
            op.get_bind().exec_driver_sql(trigger)
