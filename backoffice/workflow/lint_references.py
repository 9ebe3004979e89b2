"""Lint, first part: everything an SOP names must be there, or nothing else can be judged."""

from __future__ import annotations

from collections.abc import Iterable

from backoffice.workflow.definition import Condition, Step
from backoffice.workflow.nodes import near
from backoffice.workflow.pack_steps import EFFECTS
from backoffice.workflow.places import shortened
from backoffice.workflow.review import Place, Review, Way
from backoffice.workflow.vocabulary import (
    CHANNELS,
    COLUMNS,
    PARTIES,
    PARTY_PARTS,
    SEVERITIES,
    URGENCIES,
)

# What is named, and where it is made if it is not a typing error.
ROLE = ("Pelaksana", "Perbaiki kuncinya, atau tambahkan di halaman Pelaksana dalam SOP.")
UNIT = ("Bidang", "Perbaiki kuncinya, atau tambahkan di halaman Bidang.")
STEP = ("Langkah", "Perbaiki kuncinya, atau tulis langkah itu.")
OUTCOME = ("Hasil akhir", "Perbaiki kuncinya, atau tambahkan di `outcomes`.")
FIELD = ("Isian", "Perbaiki kuncinya, atau tambahkan di `fields`.")
RECORD = ("Formulir", "Perbaiki kuncinya, atau tambahkan di `records`.")
SOP = ("SOP", "Perbaiki kodenya, atau simpan SOP itu lebih dahulu dan terbitkan bersama-sama.")
VALUE = "Pihak: `known` atau `anonymous`; ya atau tidak: `true` atau `false`."


def check_references(review: Review) -> None:
    """Roles, steps, outcomes, units, fields, records and SOPs that do not exist."""
    for index, role in enumerate(review.procedure.lanes):
        _known(review, ("lanes", index), ROLE, role, _role_keys(review))
    for place, step in review.steps():
        _roles(review, place, step)
        _asks(review, (*place, "asks"), step.asks)
        if step.same_as is not None:
            _known(review, (*place, "actor"), STEP, step.same_as, _step_keys(review))
    for way in review.ways():
        _target(review, way)
        if way.way is not None:
            _asks(review, (*way.place, "asks"), way.way.asks)
            _choices(review, way)
            _effects(review, way)
            for condition in way.way.when:
                _condition(review, (*way.place, "when", condition.name), condition)


def _known(
    review: Review, place: Place, what: tuple[str, str], key: str, keys: Iterable[str]
) -> None:
    known = list(keys)
    if key not in known:
        name, advice = what
        said = f"{name} `{shortened(key)}` tidak ada. {near(key, known)}".rstrip()
        review.error(place, f"{said} {advice}")


def _step_keys(review: Review) -> list[str]:
    return [one.key for one in review.procedure.steps]


def _role_keys(review: Review) -> list[str]:
    return [one.key for one in review.office.roles]


def _roles(review: Review, place: Place, step: Step) -> None:
    for role in step.actors:
        _known(review, (*place, "actor"), ROLE, role, _role_keys(review))
    for key, named in (("recorded_by", step.recorded_by), ("team", step.team)):
        if named is not None:
            _known(review, (*place, key), ROLE, named, _role_keys(review))


def _target(review: Review, way: Way) -> None:
    place = (*way.place, "to")
    step, outcomes = way.to.step, [one.key for one in review.procedure.outcomes]
    if step in outcomes and not review.procedure.has_step(str(step)):
        message = f"`{step}` hasil akhir, bukan langkah. Tulis `to: {{end: {step}}}`."
        review.error(place, message)
    elif step is not None:
        _known(review, place, STEP, step, _step_keys(review))
    if way.to.outcome is not None:
        _known(review, place, OUTCOME, way.to.outcome, outcomes)


def _choices(review: Review, way: Way) -> None:
    place = (*way.place, "choose")
    for choice in way.way.choose if way.way else ():
        known = {
            "unit": [one.key for one in review.office.units],
            "post": _role_keys(review),
        }.get(choice.what, [])
        what = UNIT if choice.what == "unit" else ROLE
        for option in choice.options:
            _known(review, place, what, option, known)


def askable(review: Review) -> list[str]:
    """What a step may ask: columns, parties, their parts, and the fields of the SOP."""
    parts = [f"{party}.{part}" for party in PARTIES for part in PARTY_PARTS]
    return [*COLUMNS, *PARTIES, *parts, *(one.key for one in review.procedure.fields)]


def _asks(review: Review, place: Place, names: tuple[str, ...]) -> None:
    for name in names:
        _known(review, place, FIELD, name, askable(review))


def _effects(review: Review, way: Way) -> None:
    place = (*way.place, "effects")
    records = [one.key for one in review.procedure.records]
    codes = [review.procedure.code, *(one.code for one in review.others)]
    for effect in way.way.effects if way.way else ():
        if EFFECTS[effect.name] == "record":
            _known(review, place, RECORD, effect.argument, records)
        if EFFECTS[effect.name] == "procedure":
            _known(review, place, SOP, effect.argument, codes)


def _condition(review: Review, place: Place, condition: Condition) -> None:
    names = [*COLUMNS, *PARTIES, *(one.key for one in review.procedure.fields)]
    _known(review, place, FIELD, condition.name, names)
    allowed = values_of(review, condition.name)
    for value in condition.values if allowed else ():
        _known(review, place, (f"Nilai dari `{condition.name}`", VALUE), value, allowed)


def values_of(review: Review, name: str) -> tuple[str, ...]:
    """The values that a column, field or party may have; none where they cannot be listed."""
    fixed = {
        "channel": CHANNELS,
        "urgency": URGENCIES,
        "severity": SEVERITIES,
        "category": tuple(key for key, _ in review.office.categories),
        **dict.fromkeys(PARTIES, ("known", "anonymous")),
    }
    found = review.procedure.field(name)
    if found is None:
        return fixed.get(name, ())
    if found.type == "yes_no":
        return ("true", "false")
    return tuple(one.key for one in found.options)
