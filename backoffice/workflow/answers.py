"""What a way asks for, whether it was given, and writing it into the case.

Columns every case has; parties are people with the parts of their identity; fields are the pack's
own. What a step `asks` must be filled when it is left; a draft may be saved before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from backoffice.workflow.definition import (
    GIVES_UP,
    Action,
    Field,
    Procedure,
    RecordForm,
    Step,
    Transition,
)
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.versions import definition_of
from backoffice.workflow.vocabulary import (
    CHANNELS,
    COLUMNS,
    PARTIES,
    PARTY_PARTS,
    SEVERITIES,
    URGENCIES,
)
from models import Case, Party, PartyRole

CLOSED_COLUMNS = {"channel": CHANNELS, "urgency": URGENCIES, "severity": SEVERITIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form asks: `parties` are role -> the parts that must be filled; all parts may be."""

    columns: tuple[str, ...] = ()
    parties: Mapping[str, tuple[str, ...]] = ()  # type: ignore[assignment]
    fields: tuple[Field, ...] = ()
    records: tuple[RecordForm, ...] = ()
    letter: str | None = None  # the kind of letter that is drafted here
    may_be_anonymous: bool = False


def asked_names(step: Step, way: Transition) -> tuple[str, ...]:
    """The names a way must see filled: those of the step and its own, in order.

    Not for return, reject, gives_up and ways back to the same step: these ask only their own.
    """
    leaving = way.action not in (Action.RETURN, Action.REJECT) and way.key != GIVES_UP
    step_asks = step.asks if leaving and way.to.step != step.key else ()
    return tuple(dict.fromkeys((*step_asks, *way.asks)))


def asked(case: Case, way: Transition) -> Asked:
    """What the form of this way asks, in the order of the pack."""
    procedure = definition_of(case)
    return asked_of(procedure, procedure.step(case.step), way)


def asked_of(procedure: Procedure, step: Step, way: Transition) -> Asked:
    """The same for a step that no case stands at yet."""
    names = asked_names(step, way)
    drafts = way.arguments("draft")
    return Asked(
        columns=tuple(name for name in names if name in COLUMNS),
        parties=_parties(names),
        fields=tuple(field for name in names if (field := procedure.field(name)) is not None),
        records=tuple(procedure.record(key) for key in way.arguments("record")),
        letter=drafts[0] if drafts else None,
        may_be_anonymous=procedure.anonymous,
    )


def _parties(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in names:
        role, _, part = name.partition(".")
        if role in PARTIES:
            found.setdefault(role, ["name"]).append(part or "name")
    return {role: tuple(dict.fromkeys(parts)) for role, parts in found.items()}


def is_empty(value: Any) -> bool:
    """Whether nothing was answered. No and zero are answers."""
    return value is None or value == "" or value == [] or value == {}


def storable(value: Any) -> Any:
    """The same value as JSON keeps it: dates as ISO text, money as decimal text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {key: storable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value


def write(case: Case, wanted: Asked, inputs: Inputs) -> None:
    """Write what was given and asked for. What is not asked for is left alone."""
    for name in wanted.columns:
        if name in inputs.columns:
            value = inputs.columns[name]
            setattr(case, name, None if is_empty(value) else value)
    for role in wanted.parties:
        if role in inputs.parties:
            write_party(case, role, inputs.parties[role], anonymous_too=wanted.may_be_anonymous)
    given = {
        field.key: storable(inputs.fields[field.key])
        for field in wanted.fields
        if field.key in inputs.fields
    }
    if given:
        case.answers = {**case.answers, **given}


def write_party(
    case: Case, role: str, parts: Mapping[str, Any], *, anonymous_too: bool = False
) -> None:
    """Write a party's parts; a party without a name and not anonymous is no party yet."""
    anonymous = anonymous_too and role == "reporter" and bool(parts.get("anonymous"))
    party = case.party(role)
    name = str(parts.get("name") or (party.name if party is not None else "")).strip()
    if not anonymous and not name:
        return
    if party is None:
        party = Party(role=PartyRole(role), anonymous=anonymous, name=name)
        case.parties.append(party)
    party.anonymous = anonymous
    for part in PARTY_PARTS:
        if anonymous:
            setattr(party, part, "")
        elif part in parts:
            setattr(party, part, str(parts[part] or "").strip())


def missing(case: Case, wanted: Asked) -> dict[str, str]:
    """Form field -> code, for everything that must be filled and is not, or is not a choice."""
    faults: dict[str, str] = {}
    for name in wanted.columns:
        value = getattr(case, name)
        if is_empty(value):
            faults[name] = "required"
        elif name in CLOSED_COLUMNS and value not in CLOSED_COLUMNS[name]:
            faults[name] = "not_a_choice"
    for role, parts in wanted.parties.items():
        faults.update(_missing_parts(case, role, parts))
    for field in wanted.fields:
        code = field_fault(field, case.answers.get(field.key))
        if code:
            faults[f"fields.{field.key}"] = code
    return faults


def _missing_parts(case: Case, role: str, parts: tuple[str, ...]) -> dict[str, str]:
    party = case.party(role)
    if party is not None and party.anonymous:
        return {}
    return {
        f"{role}.{part}": "required" for part in parts if party is None or not getattr(party, part)
    }


def field_fault(field: Field, value: Any) -> str | None:
    """The code of what is wrong with an answer, or none."""
    if is_empty(value):
        return "required" if field.required else None
    if field.type == "number" and not (isinstance(value, int) and value >= 0):
        return "not_a_count"
    keys = {option.key for option in field.options}
    if field.type == "choice" and value not in keys:
        return "not_a_choice"
    if field.type == "choices" and not set(value) <= keys:
        return "not_a_choice"
    return None


def record_faults(form: RecordForm, values: Mapping[str, Any]) -> dict[str, str]:
    """The same for a record's form."""
    faults = {}
    for field in form.fields:
        code = field_fault(field, values.get(field.key))
        if code:
            faults[f"record.{form.key}.{field.key}"] = code
    return faults


def value_of(case: Case, name: str) -> str:
    """What a `when` compares: a column, field or party as text."""
    if name in PARTIES:
        party = case.party(name)
        return "known" if party is not None and not party.anonymous else "anonymous"
    value = getattr(case, name) if name in COLUMNS else case.answers.get(name)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def holds(case: Case, way: Transition) -> bool:
    """Whether every condition of the way is met by the case."""
    return all(value_of(case, one.name) in one.values for one in way.when)
