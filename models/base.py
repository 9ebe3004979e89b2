"""The declarative base: types and names that every table shares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, Any]


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases. Refuses a naive one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment carries a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table: named constraints, moments in UTC, JSON for what only a pack knows."""

    metadata = sa.MetaData(naming_convention=NAMES)


Base.registry.update_type_annotation_map(
    {
        datetime: Moment(),
        date: sa.Date(),
        Json: sa.JSON(),
        list[str]: sa.JSON(),
        list[Any]: sa.JSON(),
    }
)


db = SQLAlchemy(model_class=Base)


def codes(kind: type[StrEnum], name: str) -> sa.Enum:
    """A column of codes: the values of `kind`, held by a check named `name`."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def key_column() -> Mapped[int]:
    """The primary key every table has."""
    return mapped_column(primary_key=True)


def reference(target: str, *, index: bool = False, **more: Any) -> Mapped[Any]:
    """A foreign key to `table.column`; rows that are referred to cannot be deleted."""
    return mapped_column(sa.ForeignKey(target, ondelete="RESTRICT"), index=index, **more)
