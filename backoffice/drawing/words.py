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
    """

    step: str
    outcome: str
    action: Action
    label: str
    tells: bool = False
    aside: bool = False

    def with_other(self, other: Out) -> Out:
        """Two buttons to one target are one line."""
        action = self.action if self.action in GOING_ON else other.action
        label = self.label if other.label == self.label else f"{self.label} / {other.label}"
        return replace(self, action=action, label=label, tells=self.tells or other.tells)


@dataclass(frozen=True, slots=True)
class Words:
    """The word of each line (empty: none), and what letters and pentagons mean."""

    words: tuple[str, ...]
    meanings: tuple[str, ...]


def words_for(outs: tuple[Out, ...]) -> Words:
    """The words of a step's lines. One line needs none."""
    asked = [one for one in outs if not one.aside]
    said = _said(asked) if len(asked) > 1 else [""] * len(asked)
    lettered = len(asked) > 1 and said == list(LETTERS[: len(asked)])
    by_out = dict(zip(asked, said, strict=True))
    meanings = [f"{by_out[one]}: {one.label}" for one in asked] if lettered else []
    for one in outs:
        if not one.step and not one.outcome:
            meanings.append(f"SOP lain: {one.label}")
    return Words(tuple(by_out.get(one, "") for one in outs), tuple(dict.fromkeys(meanings)))


def _said(outs: list[Out]) -> list[str]:
    kinds = [_kind(one) for one in outs]
    if len(outs) == 2:
        if sorted(kinds) in (["", BACK], ["", REFUSE]):
            return [NO if kind else YES for kind in kinds]
        negative = [bool(NEGATIVE.search(one.label)) for one in outs]
        if sum(negative) == 1:
            return [NO if one else YES for one in negative]
    elif sorted(kinds) == ["", BACK, REFUSE]:
        return [kind or YES for kind in kinds]
    return list(LETTERS[: len(outs)])


def _kind(out: Out) -> str:
    return {Action.RETURN: BACK, Action.REJECT: REFUSE}.get(out.action, "")
