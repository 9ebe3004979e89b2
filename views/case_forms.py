"""What the forms on the page of a case need of `CaseView`, into which they are mixed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue

from models import Case


class CaseForms:
    """The view names the case, draws its page with what was posted, and says who was faster."""

    person: Any
    glimpsed: Callable[[], Case]
    seen_version: Callable[[], int]
    page: Callable[..., str]
    too_late: Callable[..., ResponseReturnValue]
    url_of: Callable[[int], str]
