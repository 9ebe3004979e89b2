"""Telephones of the cases that are there are found by their last digits too.

The words are those of `backoffice.search` on the day of this migration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 1000
cases = sa.table("cases", sa.column("id", sa.Integer), sa.column("search_text", sa.Text))
parties = sa.table(
    "parties", sa.column("id", sa.Integer), sa.column("case_id", sa.Integer),
    sa.column("telephone", sa.String),
)  # fmt: skip


def upgrade() -> None:
    last = 0
    while rows := page_after(last):
        for _id, case_id, telephone in rows:
            for word in words(telephone):
                add(case_id, word)
        last = rows[-1][0]


def downgrade() -> None:
    """A word more finds nothing that is not there."""


def page_after(last: int) -> list[tuple[int, int, str]]:
    """The next people with a telephone."""
    query = sa.select(parties.c.id, parties.c.case_id, parties.c.telephone)
    query = query.where(parties.c.id > last, parties.c.telephone != "")
    found = op.get_bind().execute(query.order_by(parties.c.id).limit(AT_ONCE))
    return [tuple(row) for row in found]


def words(telephone: str) -> Iterator[str]:
    """The numbers of a line, each as it is dialled here and backwards."""
    for piece in re.split(r"[^\d+().\s-]+", telephone, flags=re.ASCII):
        digits = re.sub(r"\D", "", piece, flags=re.ASCII)
        if digits.startswith("62"):
            digits = f"0{digits[2:].lstrip('0')}"
        if len(digits) >= 6:
            yield digits
            yield f"qx{digits[::-1]}"


def add(case_id: int, word: str) -> None:
    """One word more in the text of a case."""
    more = cases.c.search_text + f" {word}"
    missing = sa.not_((" " + cases.c.search_text + " ").contains(f" {word} "))
    op.get_bind().execute(
        sa.update(cases).where(cases.c.id == case_id, missing).values(search_text=more)
    )
