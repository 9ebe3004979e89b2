"""A test client that reads every page it is given, and keeps nobody logged in by accident."""

from __future__ import annotations

from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import User, db
from tests.pages import faults
from views.session import Account


class OfficeClient(FlaskClient):
    """One browser of one person."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask for a page in an application context of its own.

        Flask-Login keeps the user on the context, so that the next client would act as the one
        before; and rows the test has just made must be there for the request to find.
        """
        if has_app_context():
            db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        shown = response.mimetype == "text/html" and response.request.method != "HEAD"
        if shown and not 300 <= response.status_code < 400:
            assert faults(response.text) == [], f"{response.request.path}"
        return response

    def log_in(self, user: User) -> OfficeClient:
        """Go on as `user`, without the cost of a password."""
        with self.session_transaction() as session:
            session["_user_id"] = Account(user).get_id()
            session["_fresh"] = True
        return self

    def log_out(self) -> OfficeClient:
        """Go on as nobody."""
        with self.session_transaction() as session:
            session.clear()
        return self
