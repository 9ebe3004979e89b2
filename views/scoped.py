"""Which rows a generated screen has, and who may open, write and count them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort, request
from flask_admin.contrib.sqla import ModelView
from sqlalchemy.orm import Query

from backoffice import access
from backoffice.actor import Person
from backoffice.text import _l
from models import db

from . import formats
from .converter import OfficeConverter, RowForm
from .fields import small_int
from .guard import Guarded
from .session import NO_OFFICE, current_person

MOST_COUNTED = 1000
PAGE_SIZE = 50
MOST_ACTED_ON = 200


class CappedCount(Query[Any]):
    """Counts no further than one past the cap, so a count costs the same in any archive."""

    def scalar(self) -> int:
        """How many rows, at most `MOST_COUNTED` + 1."""
        rows = self.limit(MOST_COUNTED + 1).subquery()
        return db.session.execute(sa.select(sa.func.count()).select_from(rows)).scalar_one()


class ScopedView(Guarded, ModelView):
    """The settings of our screens, and their rows: every way to one goes through `scope`."""

    model: type[Any]
    slug: str
    title: str
    lead = ""  # a sentence under the heading of its pages: what they are for
    new_label = _l("Add")  # the verb of the primary button
    group: str | None = None  # the entry of the menu it stands under
    search_label = _l("Search")

    can_create = can_edit = can_delete = can_export = can_view_details = False
    create_modal = edit_modal = details_modal = False
    can_set_page_size = False
    column_display_actions = False
    column_default_sort = ("id", True)
    column_sortable_list: Sequence[Any] = ()
    named_filter_urls = True
    page_size = PAGE_SIZE
    column_type_formatters = column_type_formatters_detail = formats.ON_SCREEN
    column_type_formatters_export = formats.IN_WORKBOOK
    form_base_class = RowForm
    model_form_converter = OfficeConverter

    # These routes of Flask-Admin do not exist here: they write or list past the scope.
    ajax_lookup = ajax_update = action_view = export = action_delete = None

    def __init__(self) -> None:
        kind = type(self)
        super().__init__(
            kind.model, db, name=kind.title, category=kind.group, endpoint=kind.slug, url=kind.slug
        )

    def scaffold_auto_joins(self) -> list[Any]:
        """Join what a row has one of; several of something would multiply the rows."""
        return [one for one in super().scaffold_auto_joins() if not one.property.uselist]

    # Who may

    def is_accessible(self) -> bool:
        """Closed until the rights open it."""
        person = current_person()
        return person is not None and access.may_open(person, self.model)

    @property
    def person(self) -> Person:
        """Who is at the screen; only asked behind `is_accessible`."""
        return current_person() or abort(401)

    def writable(self, row: Any = None) -> tuple[str, ...]:
        """The form columns this person may write, of `row` or of a new one."""
        allowed = access.writable_fields(self.person, self.model if row is None else row)
        return tuple(name for name in self.form_columns or () if name in allowed)

    def may_create(self) -> bool:
        """Whether the button for a new row is shown and answered."""
        return bool(self.can_create and self.writable())

    def may_edit(self, row: Any) -> bool:
        """Whether this row may be changed."""
        return bool(self.can_edit and self.writable(row))

    def may_delete(self, row: Any) -> bool:
        """Whether this row may be taken away."""
        return bool(self.can_delete and self.writable(row))

    def office_zone(self) -> str:
        """The zone in which moments are written."""
        office = self.person.user.office
        return office.timezone if office is not None else NO_OFFICE

    # Which rows

    def scope(self) -> Any:
        """The clause that every way to a row goes through."""
        return access.scope(self.person, self.model)

    @property
    def key(self) -> Any:
        """The primary key column."""
        return self.model.__mapper__.primary_key[0]

    def get_query(self) -> Any:
        """The rows in the scope."""
        return db.session.query(self.model).filter(self.scope())

    def get_count_query(self) -> Any:
        """The same rows, counted up to the cap."""
        one = sa.literal(1).label("one")
        query = CappedCount([one], session=db.session()).select_from(self.model)
        query = query.filter(self.scope())
        before = self._before()
        return query if before is None else query.filter(before)

    def get_one(self, id: Any) -> Any:
        """The row with this key, or none: outside the scope and not there are the same."""
        key = small_int(id if isinstance(id, str) else str(id or ""))
        return self.get_query().filter(self.key == key).one_or_none() if key else None

    def one_or_404(self) -> Any:
        """The row that `?id=` names."""
        return self.get_one(request.args.get("id", "")) or abort(404)

    def chosen_ids(self) -> list[int]:
        """The ticked rows of a posted list, at most 200; `get_query` holds them to the scope."""
        found = (small_int(text) for text in request.form.getlist("rowid"))
        return list(dict.fromkeys(key for key in found if key))[:MOST_ACTED_ON]

    def _before(self) -> Any:
        """Deep in an archive the list goes on from a key: no OFFSET, however far."""
        key = small_int(request.args.get("before"))
        return self.key < key if key and not request.args.get("sort") else None
