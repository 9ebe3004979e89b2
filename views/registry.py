"""Every screen of the product, in the order of the menu.

`HOME` makes the first page (the inbox), `VIEWS` are the generated screens; each is called without
arguments. `PAGES` are blueprints beside Flask-Admin: login, downloads, health.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from . import account, search
from .aid_proposal import AidProposalView
from .complaint import ComplaintView
from .data_request import DataRequestView
from .disposition import DispositionView
from .general import GeneralView
from .inbox import InboxView
from .letter import LetterView
from .recapitulation import RecapitulationView

HOME: Callable[[], Any] = InboxView
VIEWS: list[Callable[[], Any]] = [
    ComplaintView,
    DataRequestView,
    AidProposalView,
    RecapitulationView,
    GeneralView,
    DispositionView,
    LetterView,
]
PAGES: list[Blueprint] = [account.page, search.page]
