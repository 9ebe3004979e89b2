"""What several parts of lint compute: what a case knows on its way, how long is said."""

from __future__ import annotations

from collections.abc import Callable, Collection

from backoffice.workflow.review import Review, Way


def said(days: float) -> str:
    """Working days for a sentence."""
    return f"{days:.1f}".replace(".", ",").removesuffix(",0") + " hari kerja"


def surely_before(review: Review, given: Callable[[Way], Collection[str]]) -> dict[str, set[str]]:
    """For each step what is given on every way to it. What a way back to its own step gives
    is not sure, and does not count."""
    everything = {one for way in review.ways() for one in given(way)}
    known = {one.key: set(everything) for one in review.procedure.steps}
    known[review.procedure.first.key] = set()
    changed = True
    while changed:
        changed = False
        for way in review.ways():
            if way.to.step is None or way.stays:
                continue
            left = known[way.to.step] & (known[way.step.key] | set(given(way)))
            changed = changed or left != known[way.to.step]
            known[way.to.step] = left
    return known


def perhaps_before(review: Review, given: Callable[[Way], Collection[str]]) -> dict[str, set[str]]:
    """For each step what is given on some way to it, ways back to their own step too."""
    known: dict[str, set[str]] = {one.key: set() for one in review.procedure.steps}
    changed = True
    while changed:
        changed = False
        for way in review.ways():
            more = known[way.step.key] | set(given(way))
            if way.to.step is not None and not more <= known[way.to.step]:
                known[way.to.step] |= more
                changed = True
    return known
