"""Nobody enters a page without a right to: what generated screens and plain pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_admin import AdminIndexView

from backoffice.database import begin_write

from .session import current_person, to_login

__all__ = ["Guarded", "OfficeHome", "begin_write"]


class Guarded:
    """What list screens and plain pages share: nobody enters without a right to."""

    def is_accessible(self) -> bool:
        """Whether the person at the screen may open this page at all."""
        return current_person() is not None

    def inaccessible_callback(self, name: str, **kwargs: Any) -> ResponseReturnValue:
        """The login page for a stranger, a plain refusal for a colleague."""
        if current_person() is None:
            return to_login()
        return abort(403)

    def menu_count(self) -> int | None:
        """The figure beside the menu entry, where one helps."""
        return None

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        # Flask-Admin would call again after a TypeError and hide where it came from.
        return fn(self, *args, **kwargs)


class OfficeHome(Guarded, AdminIndexView):
    """The first page, at "/"; the inbox is one. Flask-Admin's own static files are not served."""

    def __init__(self, name: str, template: str = "admin/index.html") -> None:
        super().__init__(name=name, url="/", template=template)
        self.static_folder = None
