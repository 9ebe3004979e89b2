"""The word at each line that leaves a decision: Ya, Tidak, or a letter that is explained."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from backoffice.workflow.definition import Action

YES, NO, BACK, REFUSE = "Ya", "Tidak", "Kembali", "Tolak"
NEGATIVE = re.compile(r"\b(?:tidak|tanpa|bukan|belum|kurang|batal|tolak)\b", re.IGNORECASE)
GOING_ON = (Action.FORWARD, Action.APPROVE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Out:
    """Where one may go from a step: another step, an end, or (both empty) another SOP.

    `aside`: it is no answer to the question of the step (its case is moved to another variant).
    `opens`: it also opens a case of another SOP, which is a line of its own.
    """

    step: str
    outcome: str
    action: Action
    label: str
    tells: bool = False
    aside: bool = False
    opens: bool = False

    def with_other(self, other: Out) -> Out:
        """Two buttons to one target are one line; what opens another SOP is named at that one."""
        action = self.action if self.action in GOING_ON else other.action
        plain = [one.label for one in (self, other) if not one.opens] or [self.label]
        return replace(
            self,
            action=action,
            label=" / ".join(dict.fromkeys(plain)),
            tells=self.tells or other.tells,
            opens=self.opens and other.opens,
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The word of each line (empty: none), and what letters and pentagons mean."""

    words: tuple[str, ...]
    meanings: tuple[str, ...]


def words_for(outs: tuple[Out, ...], first: int = 0) -> Words:
    """The words of a step's lines; one line needs none. `first`: the letter to begin with."""
    asked = [one for one in outs if not one.aside]
    plain = _plain(asked) if len(asked) > 1 else ("",) * len(asked)
    lettered = plain is None
    said = tuple(LETTERS[first : first + len(asked)]) if plain is None else plain
    by_out = dict(zip(asked, said, strict=False))
    meanings = [f"{by_out.get(one, '')}: {one.label}" for one in asked] if lettered else []
    for one in outs:
        if not one.step and not one.outcome and (one.aside or not lettered):
            meanings.append(f"SOP lain: {one.label}")
    return Words(tuple(by_out.get(one, "") for one in outs), tuple(dict.fromkeys(meanings)))


def _plain(outs: list[Out]) -> tuple[str, ...] | None:
    """Ya and Tidak, or who must mend it, where the ways say so; else none."""
    kinds = [_kind(one) for one in outs]
    if any(not one.step and not one.outcome for one in outs):
        return None
    if len(outs) == 2:
        if sorted(kinds) in (["", BACK], ["", REFUSE]):
            return tuple(NO if kind else YES for kind in kinds)
        negative = [bool(NEGATIVE.search(one.label)) for one in outs]
        if sum(negative) == 1:
            return tuple(NO if one else YES for one in negative)
    elif sorted(kinds) == ["", BACK, REFUSE]:
        return tuple(kind or YES for kind in kinds)
    return None


def _kind(out: Out) -> str:
    return {Action.RETURN: BACK, Action.REJECT: REFUSE}.get(out.action, "")
