"""How Alembic reaches the database: by the connection it is given, else by the settings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from backoffice.config import Settings
from backoffice.database import make_engine
from models import Base, Moment


def include_object(_thing: Any, name: str | None, *_: Any) -> bool:
    """The search index is kept by a migration of its own, the queue by huey: not by the models."""
    return not (name or "").startswith(("case_search", "huey_"))


def render_item(kind: str, thing: Any, _context: AutogenContext) -> str | bool:
    """Migrations outlive the models: they name plain types."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: sa.Connection) -> None:
    """Migrate in one transaction on both databases."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=include_object,
        render_item=render_item,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(Settings.from_environ().database_url).connect() as opened:
        run(opened)
        opened.commit()
