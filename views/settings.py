"""Pengaturan: what the screens share on which an office keeps its own structure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import g
from flask.typing import ResponseReturnValue

from backoffice import access, accounts
from backoffice.errors import Incomplete, Refusal
from backoffice.text import _l
from backoffice.workflow import naming, rerouting
from backoffice.workflow.nodes import KEY
from models import Office, User, db
from views.base import OfficeView
from views.fields import LineField
from views.session import utc_now

GROUP = _l("Settings")
LONGEST_KEY = 60
KEY_FIELD = LineField(
    _l("Key in the SOPs"),
    longest=LONGEST_KEY,
    description=_l(
        "The short name by which SOPs and packs know it, e.g. kepala-bidang. "
        "Left empty, it is made of the name. Once a published SOP names it, it stays."
    ),
)


class LastManager(Refusal):
    """Nobody could manage the office any more."""

    code = "last_manager"


class SettingsView(OfficeView):
    """Rows of the administrator's own office, written by forms."""

    group = GROUP
    can_create = can_edit = True
    column_default_sort = ("id", False)
    moves_managers = False  # whether a change may leave nobody to manage the office

    def settle(self) -> None:
        """Somebody can always log in and manage the office; no case lies before its terlapor."""
        office_id = self.person.office_id
        if self.moves_managers and office_id is not None:
            db.session.flush()
            if not accounts.managers_of([office_id], utc_now())[office_id]:
                raise LastManager
            actor = self.person.actors[0]
            rerouting.reroute_office(office_id, actor=actor, now=utc_now())

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


class KeyedView(SettingsView):
    """Rows that SOPs name by a key."""

    form_extra_fields = {"key": KEY_FIELD}
    edit_template = "settings/keyed.html"

    def writable(self, row: Any = None) -> tuple[str, ...]:
        """Without what a published SOP goes by."""
        names = super().writable(row)
        fixed = access.GIVEN_ONCE if row is not None and self.named_by(row) else ()
        return tuple(name for name in names if name not in fixed)

    def may_delete(self, row: Any) -> bool:
        """What a published SOP names stays."""
        return super().may_delete(row) and not self.named_by(row)

    def named_by(self, row: Any) -> tuple[str, ...]:
        """The published SOPs that name this row; asked once a request."""
        known: dict[Any, tuple[str, ...]] = g.setdefault("named_by", {})
        if row not in known:
            known[row] = naming.named_by(row)
        return known[row]


def show_once(user: User, password: str) -> None:
    """Show this password on the answer to this form, if the form is saved."""
    g.fresh_account = (user, password)


def give_key(row: Any, words: str) -> None:
    """Give a row the key by which SOPs name it: what was typed, or made of its name.

    Raises Incomplete where the office has another one of that key.
    """
    typed = str(row.key or "").strip()
    fits = KEY.fullmatch(typed) and len(typed) <= LONGEST_KEY
    row.key = typed if fits else key_of(typed or words)
    if not row.key:
        raise Incomplete({"key": "key_form"})
    model = type(row)
    with db.session.no_autoflush:
        same = sa.select(model.id).where(model.key == row.key, model.id != (row.id or 0))
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
