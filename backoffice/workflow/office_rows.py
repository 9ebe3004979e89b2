"""An office's pack and its rows, in both directions."""

from __future__ import annotations

from typing import Any

import yaml
from sqlalchemy import select

from backoffice.numbers import DEFAULT_PATTERNS
from backoffice.workflow.office_definition import (
    CATEGORIES,
    ClassificationPack,
    OfficePack,
    PostPack,
    RolePack,
    UnitPack,
)
from backoffice.workflow.office_pack import REQUIRED_KEYS
from backoffice.workflow.pack_hours import SpecialHours
from models import Classification, Office, Post, Role, Unit, db


def store(pack: OfficePack) -> tuple[Office, bool]:
    """The office of the pack with its units, roles and posts by key; whether it is new.

    Rows the pack does not name stay: cases and people may refer to them.
    """
    office = db.session.scalars(select(Office).where(Office.key == pack.key)).one_or_none()
    made = office is None
    if office is None:
        office = Office(key=pack.key)
        db.session.add(office)
    _describe(office, pack)
    db.session.flush()
    units = _units(office, pack)
    roles = _roles(office, pack)
    _posts(office, pack, units, roles)
    _classify(office, pack)
    db.session.flush()
    return office, made


def _describe(office: Office, pack: OfficePack) -> None:
    office.name, office.government = list(pack.name), pack.government
    office.address, office.timezone = pack.address, pack.timezone
    office.contacts = [{"label": label, "value": value} for label, value in pack.contacts]
    office.hours = _listed(pack.hours)
    office.special_hours = [
        {"from": one.begin, "to": one.end, "hours": _listed(one.hours)}
        for one in pack.special_hours
    ]
    office.numbers = dict(pack.numbers)
    office.statements = [{"title": title, "text": text} for title, text in pack.statements]
    office.categories = [{"key": key, "label": label} for key, label in pack.categories]
    office.deviation = pack.deviation


def _listed(hours: Any) -> dict[str, list[str]]:
    return {day: list(spans) for day, spans in hours.items()}


def _rows(kind: Any, office: Office) -> dict[str, Any]:
    rows = db.session.scalars(select(kind).where(kind.office_id == office.id).order_by(kind.id))
    return {row.key: row for row in rows}


def _row(kind: Any, rows: dict[str, Any], office: Office, key: str) -> Any:
    """The row of that key, made where there is none."""
    if key not in rows:
        rows[key] = kind(office_id=office.id, key=key)
        db.session.add(rows[key])
    return rows[key]


def _units(office: Office, pack: OfficePack) -> dict[str, Unit]:
    rows: dict[str, Unit] = _rows(Unit, office)
    for one in pack.units:
        _row(Unit, rows, office, one.key).name = one.name
    db.session.flush()
    for one in pack.units:
        rows[one.key].parent_id = rows[one.within].id if one.within else None
    return rows


def _roles(office: Office, pack: OfficePack) -> dict[str, Role]:
    rows: dict[str, Role] = _rows(Role, office)
    for one in pack.roles:
        role = _row(Role, rows, office, one.key)
        role.title, role.outside = one.title, one.outside
    db.session.flush()
    return rows


def _posts(
    office: Office, pack: OfficePack, units: dict[str, Unit], roles: dict[str, Role]
) -> None:
    rows: dict[str, Post] = _rows(Post, office)
    for one in pack.posts:
        post = _row(Post, rows, office, one.key)
        post.title, post.capabilities = one.title, list(one.capabilities)
        post.unit_id = units[one.unit].id if one.unit else None
        post.roles = [roles[key] for key in one.roles]
        post.stands_alone, post.takes_escalations = one.alone, one.escalation
    db.session.flush()
    for one in pack.posts:
        post = rows[one.key]
        post.superior_id = rows[one.under].id if one.under else None
        post.recorded_by_id = rows[one.recorded_by].id if one.recorded_by else None


def _classify(office: Office, pack: OfficePack) -> None:
    """The codes of the pack; a letter kind that it gives to one is taken from the others."""
    named = pack.classifications or ()
    rows = {one.code: one for one in _codes(office)}
    given = {kind for one in named for kind in one.kinds}
    for row in rows.values():
        row.kinds = [kind for kind in row.kinds if kind not in given]
    for one in named:
        row = rows.get(one.code) or Classification(office_id=office.id, code=one.code)
        row.title, row.kinds = one.title, list(one.kinds)
        db.session.add(row)


def _codes(office: Office) -> list[Classification]:
    query = select(Classification).where(Classification.office_id == office.id)
    return list(db.session.scalars(query.order_by(Classification.code)))


def left_alone(office: Office, pack: OfficePack) -> tuple[str, ...]:
    """The titles of rows that the pack does not name."""
    named = {
        Unit: {one.key for one in pack.units},
        Role: {one.key for one in pack.roles},
        Post: {one.key for one in pack.posts},
    }
    return tuple(
        str(row)
        for kind, keys in named.items()
        for key, row in _rows(kind, office).items()
        if key not in keys
    )


def load(office: Office) -> OfficePack:
    """The office as its rows say it now: what lint judges and an export writes."""
    return OfficePack(
        key=office.key,
        name=tuple(office.name),
        government=office.government,
        address=office.address,
        contacts=tuple((one["label"], one["value"]) for one in office.contacts),
        timezone=office.timezone,
        hours={day: tuple(spans) for day, spans in office.hours.items()},
        special_hours=tuple(_special(one) for one in office.special_hours),
        numbers={**DEFAULT_PATTERNS, **office.numbers},
        statements=tuple((one["title"], one["text"]) for one in office.statements),
        categories=tuple((one["key"], one["label"]) for one in office.categories) or CATEGORIES,
        units=tuple(_unit_pack(one) for one in _rows(Unit, office).values()),
        roles=tuple(
            RolePack(key=one.key, title=one.title, outside=one.outside)
            for one in _rows(Role, office).values()
        ),
        posts=tuple(_post_pack(one) for one in _rows(Post, office).values()),
        classifications=tuple(
            ClassificationPack(code=one.code, title=one.title, kinds=tuple(one.kinds))
            for one in _codes(office)
        ),
        deviation=office.deviation,
    )


def _special(one: dict[str, Any]) -> SpecialHours:
    hours = {day: tuple(spans) for day, spans in one["hours"].items()}
    return SpecialHours(begin=one["from"], end=one["to"], hours=hours)


def _unit_pack(row: Unit) -> UnitPack:
    return UnitPack(key=row.key, name=row.name, within=row.parent.key if row.parent else None)


def _post_pack(row: Post) -> PostPack:
    return PostPack(
        key=row.key,
        title=row.title,
        unit=row.unit.key if row.unit else None,
        under=row.superior.key if row.superior else None,
        roles=tuple(one.key for one in row.roles),
        capabilities=tuple(row.capabilities),
        recorded_by=row.recorded_by.key if row.recorded_by else None,
        alone=row.stands_alone,
        escalation=row.takes_escalations,
    )


def as_yaml(pack: OfficePack) -> str:
    """The text of an office.yaml that reads back to the same office."""
    data: dict[str, Any] = {
        "key": pack.key,
        "name": list(pack.name),
        "government": pack.government,
        "address": pack.address,
        "contacts": [{"label": label, "value": value} for label, value in pack.contacts],
        "timezone": pack.timezone,
        "hours": _listed(pack.hours),
        "special_hours": [
            {"from": one.begin, "to": one.end, "hours": _listed(one.hours)}
            for one in pack.special_hours
        ],
        "numbers": dict(pack.numbers),
        "statements": [{"title": title, "text": text} for title, text in pack.statements],
        "categories": [{"key": key, "label": label} for key, label in pack.categories],
        "classifications": _codes_data(pack),
        "units": [_kept(key=one.key, name=one.name, **{"in": one.within}) for one in pack.units],
        "roles": [_kept(key=one.key, title=one.title, outside=one.outside) for one in pack.roles],
        "posts": [_post_data(one) for one in pack.posts],
        "deviation": pack.deviation,
    }
    kept = {key: value for key, value in data.items() if key in REQUIRED_KEYS or value}
    if pack.classifications == ():  # said, since a pack that is silent gets suggestions
        kept["classifications"] = []
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=140, indent=2)


def _codes_data(pack: OfficePack) -> list[dict[str, Any]]:
    return [
        _kept(code=one.code, title=one.title, kinds=list(one.kinds))
        for one in pack.classifications or ()
    ]


def _post_data(post: PostPack) -> dict[str, Any]:
    return _kept(
        key=post.key,
        title=post.title,
        unit=post.unit,
        under=post.under,
        roles=list(post.roles),
        capabilities=list(post.capabilities),
        recorded_by=post.recorded_by,
        alone=post.alone,
        escalation=post.escalation,
    )


def _kept(**data: Any) -> dict[str, Any]:
    """Without what is empty: a pack does not write it."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {}, False)}
