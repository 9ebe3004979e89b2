"""As what somebody set his mark on a letter, as the history of its case keeps it."""

from __future__ import annotations

from collections.abc import Iterable

from models import CaseEvent, LetterMark
from views.frame import ACTING


def who_marked(mark: LetterMark, events: Iterable[CaseEvent]) -> str:
    """Plh. Kepala Dinas – Made Andaikata."""
    kinds = (
        one.acted_as
        for one in events
        if one.user_id == mark.user_id and mark.at in (one.happened_at, one.recorded_at)
    )
    as_what = next((ACTING[kind] for kind in kinds if kind in ACTING), "")
    return f"{as_what}{mark.post.title} – {mark.user.name}"
