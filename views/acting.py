"""As what somebody acts: definitif, Plt. or Plh.; and who holds a post while another is away."""

from __future__ import annotations

from collections.abc import Iterable

from models import CaseEvent, HoldingKind, Leave, LetterMark
from views.absence import absent

ACTING = {HoldingKind.PLT: "Plt. ", HoldingKind.PLH: "Plh. "}


def holder_words(held: Iterable[tuple[str, HoldingKind]], away: Iterable[Leave]) -> str:
    """Budi Contoh (Plh.); Dra. Citra Misalnya (dinas luar)."""
    acting = (f"{name} ({ACTING[kind].strip()})" if kind in ACTING else name for name, kind in held)
    return "; ".join((*acting, *(absent(one.holding.user.name, one.kind) for one in away)))


def who_marked(mark: LetterMark, events: Iterable[CaseEvent]) -> str:
    """Plh. Kepala Dinas – Made Andaikata, as the history of the case keeps it."""
    kinds = (
        one.acted_as
        for one in events
        if one.user_id == mark.user_id and mark.at in (one.happened_at, one.recorded_at)
    )
    as_what = next((ACTING[kind] for kind in kinds if kind in ACTING), "")
    return f"{as_what}{mark.post.title} – {mark.user.name}"
