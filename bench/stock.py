"""The yardstick: the same table in a stock Flask-Admin view, mounted in the bench alone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_admin.theme import Bootstrap4Theme
from flask_babel import Babel
from sqlalchemy.orm import joinedload, selectinload

from backoffice import database
from models import Assignment, Case, Complaint, Duty, Office, db


class StockView(ModelView):
    """Complaints as Flask-Admin shows them out of the box, with what our list shows in a row.

    Newest first, of one office, 50 rows. It knows no rights, no clock and no login.
    """

    column_list = (
        "number",
        "subject",
        "parties",
        "channel",
        "severity",
        "procedure_version",
        "step",
        "status",
        "assignments",
        "received_on",
    )
    column_default_sort = ("id", True)
    column_searchable_list = ("number", "subject")
    column_filters = ("status", "channel", "received_on")
    page_size = 50
    office_id: int

    def get_query(self) -> Any:
        """Of one office."""
        return super().get_query().filter(Case.office_id == self.office_id)

    def get_count_query(self) -> Any:
        """The same rows, all counted."""
        return super().get_count_query().filter(Case.office_id == self.office_id)

    column_formatters = {
        "parties": lambda _view, _context, row, _name: ", ".join(one.name for one in row.parties),
        "assignments": lambda _view, _context, row, _name: ", ".join(
            desk.post.title
            for desk in row.assignments
            if desk.left_at is None and desk.duty is Duty.RESPONSIBLE
        ),
    }


class TunedView(StockView):
    """The same, written by somebody who knows SQLAlchemy: no row asks for its own relations."""

    def get_query(self) -> Any:
        """With everything a row shows."""
        return (
            super()
            .get_query()
            .options(
                joinedload(Case.procedure_version),
                selectinload(Case.parties),
                selectinload(Case.assignments).joinedload(Assignment.post),
            )
        )


def make_app(url: str, office: str) -> Flask:
    """An application that has nothing but the stock views, on the same database."""
    app = Flask("stock")
    app.config.update(
        SECRET_KEY="for the bench only",  # noqa: S106 - it guards nothing
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url),
    )
    Babel(app)  # Flask-Admin asks for it wherever Flask-Babel is installed
    db.init_app(app)
    with app.app_context():
        database.install(db.engine)
        StockView.office_id = db.session.scalars(
            sa.select(Office.id).where(Office.key == office)
        ).one()
        db.session.remove()
    admin = Admin(app, name="stock", theme=Bootstrap4Theme())
    admin.add_view(StockView(Complaint, db, endpoint="stock", url="stock"))
    admin.add_view(TunedView(Complaint, db, endpoint="tuned", url="tuned"))
    return app
