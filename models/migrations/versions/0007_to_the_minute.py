"""Posts are held from minute to minute; leaves, and who signs in whose name.

A day that was kept becomes the midnight of the office's own clock with which it begins; the last
day, which counted, ends with the midnight after it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
holdings = sa.table(
    "holdings", sa.column("id", sa.Integer), sa.column("post_id", sa.Integer),
    sa.column("from_on", sa.Date), sa.column("until_on", sa.Date),
    sa.column("from_at", MOMENT), sa.column("until_at", MOMENT),
)  # fmt: skip
posts = sa.table("posts", sa.column("id", sa.Integer), sa.column("office_id", sa.Integer))
offices = sa.table("offices", sa.column("id", sa.Integer), sa.column("timezone", sa.String))


def upgrade() -> None:
    op.add_column("holdings", sa.Column("from_at", MOMENT, nullable=True))
    op.add_column("holdings", sa.Column("until_at", MOMENT, nullable=True))
    op.add_column(
        "holdings",
        sa.Column("letter_number", sa.String(length=120), server_default="", nullable=False),
    )
    op.add_column("holdings", sa.Column("letter_on", sa.Date(), nullable=True))
    for row in rows("from_on", "until_on"):
        keep(
            row.id,
            from_at=midnight(row.from_on, row.timezone),
            until_at=row.until_on and midnight(row.until_on + timedelta(days=1), row.timezone),
        )
    period("until_at IS NULL OR until_at > from_at", "from_at", ("from_on", "until_on"))
    for name, table in (("leaves", leaves), ("mandates", mandates)):
        table(name)


def downgrade() -> None:
    op.drop_table("mandates")
    op.drop_table("leaves")
    op.add_column("holdings", sa.Column("from_on", sa.Date(), nullable=True))
    op.add_column("holdings", sa.Column("until_on", sa.Date(), nullable=True))
    for row in rows("from_at", "until_at"):
        last = row.until_at and day(row.until_at - timedelta(microseconds=1), row.timezone)
        keep(row.id, from_on=day(row.from_at, row.timezone), until_on=last)
    period(
        "until_on IS NULL OR until_on >= from_on",
        "from_on",
        ("from_at", "until_at", "letter_number", "letter_on"),
    )


def rows(*names: str) -> list[Any]:
    """Every holding with these columns and the clock of its office."""
    columns = (holdings.c.id, *(holdings.c[name] for name in names), offices.c.timezone)
    query = sa.select(*columns).join_from(holdings, posts, posts.c.id == holdings.c.post_id)
    return list(op.get_bind().execute(query.join(offices, offices.c.id == posts.c.office_id)))


def keep(holding_id: int, **values: Any) -> None:
    """Write these columns of a holding."""
    change = sa.update(holdings).where(holdings.c.id == holding_id)
    op.get_bind().execute(change.values(**values))


def midnight(on: date, zone: str) -> datetime:
    """When that day begins there, as both databases keep it."""
    at = datetime.combine(on, time(0), ZoneInfo(zone)).astimezone(UTC)
    return at.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else at


def day(at: datetime, zone: str) -> date:
    """The day there at that moment."""
    known = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return known.astimezone(ZoneInfo(zone)).date()


def period(check: str, begin: str, gone: tuple[str, ...]) -> None:
    """The holdings with another check on their period, without the columns that are gone."""
    with op.batch_alter_table("holdings") as table:
        table.drop_constraint(op.f("ck_holdings_period"), type_="check")
        table.alter_column(begin, nullable=False)
        for name in gone:
            table.drop_column(name)
        table.create_check_constraint(op.f("ck_holdings_period"), check)


def leaves(name: str) -> None:
    """Holders who are away, and who holds the post meanwhile."""
    kinds = sa.Enum(
        "leave", "journey", "other",
        name="kind", native_enum=False, create_constraint=True, length=40,
    )  # fmt: skip
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=False),
        sa.Column("letter_number", sa.String(length=120), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("until_at > from_at", name=op.f("ck_leaves_period")),
        points(name, "holding_id", "holdings"),
        points(name, "substitute_id", "holdings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    for column in ("holding_id", "substitute_id"):
        op.create_index(op.f(f"ix_leaves_{column}"), name, [column])


def mandates(name: str) -> None:
    """Posts that sign in the name of another one."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("for_post_id", sa.Integer(), nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=True),
        sa.Column("letter_number", sa.String(length=120), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until_at IS NULL OR until_at > from_at", name=op.f("ck_mandates_period")
        ),
        sa.CheckConstraint("post_id <> for_post_id", name=op.f("ck_mandates_other")),
        points(name, "post_id", "posts"),
        points(name, "for_post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    for column in ("post_id", "for_post_id"):
        op.create_index(op.f(f"ix_mandates_{column}"), name, [column])


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A column that names a row which then stays."""
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")
