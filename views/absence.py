"""Why somebody does not act as his post for a while, in words beside his name or post."""

from __future__ import annotations

from backoffice.text import _, _l
from models import LeaveKind

AWAY = {
    LeaveKind.LEAVE: _l("on leave"),
    LeaveKind.JOURNEY: _l("away on duty"),
    LeaveKind.OTHER: _l("held up"),
}


def absent(who: str, kind: LeaveKind) -> str:
    """Kepala Dinas (dinas luar)."""
    return _("%(who)s (%(why)s)", who=who, why=str(AWAY[kind]))
