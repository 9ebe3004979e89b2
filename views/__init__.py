"""Everything that is shown."""

from __future__ import annotations

from flask import Flask
from flask_admin import Admin
from flask_admin.theme import Theme

from backoffice.text import TRANSLATIONS


def register(app: Flask) -> None:
    """Attach every screen to `app`."""
    # Imported late: the screens import the rules, which nothing should pay for that shows none.
    from . import errors, frame, session
    from .registry import HOME, PAGES, VIEWS

    session.init_app(app)
    frame.init_app(app)
    errors.init_app(app)
    admin = Admin(
        app,
        name="Paraf",
        url="/",
        index_view=HOME(),
        # Named, so that Flask-Admin does not serve its own 790 KB beside ours.
        static_url_path="/static",
        translations_path=str(TRANSLATIONS),
        theme=Theme(folder="paraf", base_template="admin/base.html"),
    )
    for view in VIEWS:
        admin.add_view(view())
    for page in PAGES:
        app.register_blueprint(page)
