"""Every screen of the product, in the order of the menu.

`HOME` makes the first page (the inbox), `VIEWS` are the generated screens; each is called without
arguments. `PAGES` are blueprints beside Flask-Admin: login and search.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from . import account, manual, proof, search
from .aid_proposal import AidProposalView
from .classification import ClassificationView
from .complaint import ComplaintView
from .data_request import DataRequestView
from .disposition import DispositionView
from .general import GeneralView
from .holding import HoldingView
from .holiday import HolidayView
from .inbox import InboxView
from .incoming import IncomingView
from .job import JobView
from .leave import LeaveView
from .letter import LetterView
from .letter_template import LetterTemplateView
from .mandate import MandateView
from .meeting import MeetingView
from .monthly import MonthlyView
from .office import OfficeSettingsView
from .outgoing import OutgoingView
from .post import PostView
from .preparing import PreparingView
from .procedure import ProcedureView
from .recapitulation import RecapitulationView
from .review import ReviewView
from .role import RoleView
from .takeover import TakeoverView
from .tree import TreeView
from .unit import UnitView
from .user import UserView

HOME: Callable[[], Any] = InboxView
VIEWS: list[Callable[[], Any]] = [
    ReviewView,
    ComplaintView,
    DataRequestView,
    AidProposalView,
    RecapitulationView,
    GeneralView,
    DispositionView,
    IncomingView,
    LetterView,
    JobView,
    MeetingView,
    OutgoingView,
    MonthlyView,
    TreeView,
    PreparingView,
    ProcedureView,
    OfficeSettingsView,
    UnitView,
    RoleView,
    PostView,
    UserView,
    HoldingView,
    LeaveView,
    MandateView,
    HolidayView,
    ClassificationView,
    LetterTemplateView,
    TakeoverView,
]
PAGES: list[Blueprint] = [account.page, search.page, manual.page, proof.page]
