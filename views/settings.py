"""Pengaturan: what the screens share on which an office keeps its own structure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import g
from flask.typing import ResponseReturnValue

from backoffice.errors import Incomplete
from backoffice.text import _l
from models import Office, User, db
from views.base import OfficeView
from views.fields import LineField

GROUP = _l("Settings")
LONGEST_KEY = 60
KEY_FIELD = LineField(
    _l("Key in the SOPs"),
    description=_l("May be left empty: it is made of the name. It never changes."),
)


class SettingsView(OfficeView):
    """Rows of the administrator's own office, written by forms."""

    group = GROUP
    can_create = can_edit = True
    column_default_sort = ("id", False)

    def build_new_instance(self) -> Any:
        """A new row belongs to the office of whoever makes it."""
        row = super().build_new_instance()
        row.office_id = self.person.office_id
        return row

    def _answer_form(self, form: Any, row: Any) -> ResponseReturnValue:
        """Where an account was made, its password is on the answer and nowhere else ever again."""
        answer = super()._answer_form(form, row)
        fresh = g.pop("fresh_account", None)
        made = fresh is not None and fresh[0] in db.session
        return self.show_password(*fresh) if made else answer

    def show_password(self, user: User, password: str) -> ResponseReturnValue:
        """The page that is shown once."""
        return self.render("settings/password.html", model=user, password=password)


def show_once(user: User, password: str) -> None:
    """Show this password on the answer to this form, if the form is saved."""
    g.fresh_account = (user, password)


def give_key(row: Any, words: str) -> None:
    """Give a new row the key by which SOPs name it: what was typed, or made of its name.

    Raises Incomplete where the office has one of that key.
    """
    row.key = key_of(row.key or words)
    if not row.key:
        raise Incomplete({"key": "key_form"})
    model = type(row)
    with db.session.no_autoflush:
        same = sa.select(model.id).where(model.key == row.key)
        if model is not Office:  # the keys of offices are unique in the installation
            same = same.where(model.office_id == row.office_id)
        if db.session.scalar(same) is not None:
            raise Incomplete({"key": "key_taken"})


def key_of(words: str) -> str:
    """`Bidang Data & Arsip` as `bidang-data-arsip`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_KEY].strip("-")


def refuse_circle(row: Any, name: str) -> None:
    """A row never stands above itself: raises Incomplete for the field `name`."""
    if any(above is row for above in _above(row, name)):
        raise Incomplete({name: "circle"})


def _above(row: Any, name: str) -> Iterator[Any]:
    seen: set[int] = set()
    above = getattr(row, name)
    while above is not None and id(above) not in seen:
        seen.add(id(above))
        yield above
        above = getattr(above, name)
