"""Letters from the draft until they arrived: what a paraf was set on, the ink, the way out.

With it the work that is done after a request, the logo of the kop, and who put a template aside.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATES = ("draft", "approved", "sent", "void")
MARKS = ("initial", "coordinate", "approve", "send")
TOLD = (
    "opened", "transition", "opinion", "note", "draft", "notice", "disposition", "taken_back",
    "withdrawn", "voided", "reminded", "taken_over", "joined", "separated", "begun", "reported",
    "recalled", "settled", "named", "cleared", "rerouted", "meeting",
)  # fmt: skip
LETTER = ("draft", "initialled", "approved", "signed", "sent", "received", "void")
GUARDS = (
    """CREATE TRIGGER case_events_keep BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'history cannot change'); END""",
    """CREATE TRIGGER case_events_stay BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'history cannot be deleted'); END""",
)
letters = sa.table(
    "letters", sa.column("id", sa.Integer), sa.column("kind", sa.String),
    sa.column("content_hash", sa.String),
)  # fmt: skip
revisions = sa.table(
    "letter_revisions", sa.column("letter_id", sa.Integer), sa.column("revision", sa.Integer),
    sa.column("fields", sa.JSON),
)  # fmt: skip
marks = sa.table(
    "letter_marks", sa.column("letter_id", sa.Integer), sa.column("revision", sa.Integer),
    sa.column("content_hash", sa.String),
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("letters") as table:
        allow(table, "letters", "state", LETTER)
        table.add_column(sa.Column("enclosures", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(hashed())
        for name in ("signed_at", "received_at"):
            table.add_column(sa.Column(name, MOMENT, nullable=True))
        table.add_column(sa.Column("scan_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_letters_scan_id_attachments"),
            "attachments", ["scan_id"], ["id"], ondelete="RESTRICT",
        )  # fmt: skip
    op.add_column(
        "letter_revisions", sa.Column("enclosures", sa.JSON(), nullable=False, server_default="[]")
    )
    with op.batch_alter_table("letter_marks") as table:
        allow(table, "letter_marks", "kind", (*MARKS, "sign", "receive"))
        table.add_column(hashed())
    bind()
    tell((*TOLD, "signed", "sent", "received"))
    with op.batch_alter_table("template_versions") as table:
        table.add_column(sa.Column("retired_at", MOMENT, nullable=True))
        table.add_column(sa.Column("retired_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_template_versions_retired_by_id_users"),
            "users", ["retired_by_id"], ["id"], ondelete="RESTRICT",
        )  # fmt: skip
    op.add_column("offices", sa.Column("logo", sa.LargeBinary(), nullable=True))
    op.add_column(
        "offices", sa.Column("logo_sha256", sa.String(length=64), nullable=False, server_default="")
    )
    jobs("jobs")
    deliveries("deliveries")


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("jobs")
    op.drop_column("offices", "logo_sha256")
    op.drop_column("offices", "logo")
    with op.batch_alter_table("template_versions") as table:
        table.drop_constraint(op.f("fk_template_versions_retired_by_id_users"), type_="foreignkey")
        table.drop_column("retired_by_id")
        table.drop_column("retired_at")
    forget()  # the history keeps its lines, which nothing may take out
    with op.batch_alter_table("letter_marks") as table:
        allow(table, "letter_marks", "kind", MARKS)
        table.drop_column("content_hash")
    op.drop_column("letter_revisions", "enclosures")
    with op.batch_alter_table("letters") as table:
        allow(table, "letters", "state", STATES)
        table.drop_constraint(op.f("fk_letters_scan_id_attachments"), type_="foreignkey")
        for name in ("scan_id", "received_at", "signed_at", "content_hash", "enclosures"):
            table.drop_column(name)


def hashed() -> sa.Column[str]:
    """A column for the sha256 of what a letter says."""
    return sa.Column("content_hash", sa.String(length=64), nullable=False, server_default="")


def bind() -> None:
    """What was marked before was marked on the text its revision had."""
    query = sa.select(letters.c.id, letters.c.kind, revisions.c.revision, revisions.c.fields)
    query = query.join_from(letters, revisions, revisions.c.letter_id == letters.c.id)
    for row in op.get_bind().execute(query.order_by(letters.c.id, revisions.c.revision)).all():
        said = {"enclosures": [], "fields": row.fields, "kind": row.kind}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        found = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        for change in (
            sa.update(letters).where(letters.c.id == row.id),
            sa.update(marks).where(marks.c.letter_id == row.id, marks.c.revision == row.revision),
        ):
            op.get_bind().execute(change.values(content_hash=found))


def forget() -> None:
    """The states and marks that were not known before."""
    for statement in (
        "UPDATE letters SET state = 'draft' WHERE state = 'initialled'",
        "UPDATE letters SET state = 'approved' WHERE state = 'signed'",
        "UPDATE letters SET state = 'sent' WHERE state = 'received'",
        "DELETE FROM letter_marks WHERE kind IN ('sign', 'receive')",
    ):
        op.execute(sa.text(statement))


def allow(table: Any, name: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column of codes hold exactly these."""
    check = "{} IN ({})".format(column, ", ".join(f"'{one}'" for one in values))
    table.drop_constraint(op.f(f"ck_{name}_{column}"), type_="check")
    table.create_check_constraint(op.f(f"ck_{name}_{column}"), check)


def tell(kinds: tuple[str, ...]) -> None:
    """Let the history tell of these; SQLite copies the table, and a copy has no triggers."""
    with op.batch_alter_table("case_events") as table:
        allow(table, "case_events", "kind", kinds)
    if op.get_bind().dialect.name == "sqlite":
        for trigger in GUARDS:
            op.get_bind().exec_driver_sql(trigger)


def coded(name: str, *values: str) -> sa.Column[str]:
    """A column of codes."""
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def points(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A foreign key with its name."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def jobs(name: str) -> None:
    """What is asked for in a transaction and done after it."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        coded("state", "queued", "running", "done", "failed"),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("result_name", sa.String(length=255), nullable=False),
        sa.Column("result_type", sa.String(length=100), nullable=False),
        sa.Column("result_sha256", sa.String(length=64), nullable=False),
        sa.Column("result_size", sa.Integer(), nullable=False),
        sa.CheckConstraint("total >= 0 AND done >= 0", name=op.f("ck_jobs_progress")),
        points(name, "office_id", "offices"),
        points(name, "user_id", "users"),
        points(name, "post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_office_id"), name, ["office_id"])
    op.create_index("ix_jobs_state_next_at_id", name, ["state", "next_at", "id"])
    op.create_index("ix_jobs_user_id_id", name, ["user_id", "id"])


def deliveries(name: str) -> None:
    """By which way a letter went out, and that it arrived."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        coded("way", "carried", "post", "email", "fetched", "whatsapp"),
        coded("state", "queued", "sent", "failed", "received"),
        sa.Column("addressee", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("received_at", MOMENT, nullable=True),
        sa.Column("received_by", sa.String(length=300), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'failed' OR fault <> ''", name=op.f("ck_deliveries_fault")),
        sa.CheckConstraint(
            "state <> 'received' OR received_at IS NOT NULL", name=op.f("ck_deliveries_received")
        ),
        points(name, "letter_id", "letters"),
        points(name, "office_id", "offices"),
        points(name, "receipt_id", "attachments"),
        points(name, "job_id", "jobs"),
        points(name, "user_id", "users"),
        points(name, "post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_letter_id"), name, ["letter_id"])
    op.create_index(
        "ix_deliveries_office_id_state_letter_id", name, ["office_id", "state", "letter_id"]
    )
