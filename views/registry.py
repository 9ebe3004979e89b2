"""Every screen of the product, in the order of the menu.

`HOME` makes the first page (the inbox), `VIEWS` are the generated screens; each is called without
arguments. `PAGES` are blueprints beside Flask-Admin: login, downloads, health.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from backoffice.text import _l

from . import account
from .base import OfficeHome


def home() -> OfficeHome:
    """The first page."""
    return OfficeHome(_l("Inbox"))


HOME: Callable[[], Any] = home
VIEWS: list[Callable[[], Any]] = []
PAGES: list[Blueprint] = [account.page]
