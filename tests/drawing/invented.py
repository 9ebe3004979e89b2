"""Invented SOPs for the drawing: so many lanes and steps, about a third of them decisions."""

from __future__ import annotations

from random import Random

from backoffice.workflow.definition import (
    Action,
    Effect,
    Outcome,
    Procedure,
    Step,
    Target,
    Transition,
)


def invented(seed: int, lanes: int = 0, steps: int = 0) -> tuple[Procedure, dict[str, str]]:
    """An SOP with the titles of its roles; the same seed makes the same SOP."""
    chance = Random(seed)
    lanes, steps = lanes or chance.randint(3, 8), steps or chance.randint(5, 18)
    roles = {f"peran-{n}": f"Petugas Urusan {n}" for n in range(lanes)}
    keys = [f"l{n}" for n in range(steps)]
    made = tuple(_step(chance, keys, n, list(roles)) for n in range(steps))
    outcomes = (Outcome(key="selesai", label="Selesai"), Outcome(key="ditolak", label="Ditolak"))
    procedure = Procedure(
        code=f"acak-{seed}",
        title=f"SOP karangan {seed}",
        kind="general",
        number_code="ACAK",
        steps=made,
        outcomes=outcomes,
    )
    return procedure, roles


def _step(chance: Random, keys: list[str], n: int, roles: list[str]) -> Step:
    last = n == len(keys) - 1
    onward = Target(outcome="selesai") if last else Target(step=keys[n + 1])
    ways = [Transition(key="maju", action=Action.FORWARD, label="Teruskan", to=onward)]
    if n and not last and chance.random() < 1 / 3:
        ways += [_other(chance, keys, n, one) for one in range(chance.choice((1, 1, 1, 2, 3)))]
    if chance.random() < 0.1:
        to = Target(step=keys[n])
        ways.append(Transition(key="catat", action=Action.RECORD, label="Catat", to=to))
    several = chance.random() < 0.1 and len(roles) > 1
    actors = tuple(chance.sample(roles, 2 if several else 1))
    outsider = "peran-0" if actors == ("peran-0",) else None
    return Step(
        key=keys[n],
        row=str(n + 1),
        activity=f"Kegiatan {n + 1}",
        actors=actors,
        recorded_by=roles[-1] if outsider else None,
        team=chance.choice(roles) if not outsider and chance.random() < 0.05 else None,
        transitions=tuple(ways),
    )


def _other(chance: Random, keys: list[str], n: int, number: int) -> Transition:
    """Another answer: back, ahead over some steps, or an end."""
    kind = chance.choice(("back", "back", "ahead", "end"))
    if kind == "ahead" and n + 2 < len(keys):
        to = Target(step=chance.choice(keys[n + 2 :]))
        return Transition(key=f"lompat-{number}", action=Action.FORWARD, label="Langsung", to=to)
    if kind == "end":
        effects = (Effect(name="notify"),) if chance.random() < 0.5 else ()
        to = Target(outcome="ditolak")
        return Transition(
            key=f"tolak-{number}", action=Action.REJECT, label="Tolak", to=to, effects=effects
        )
    to = Target(step=chance.choice(keys[:n]))
    return Transition(key=f"kembali-{number}", action=Action.RETURN, label="Kembalikan", to=to)
