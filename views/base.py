"""The base of every generated screen: closed until opened, held to the scope, never a 500."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import AdminIndexView, expose
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import FormOpts
from flask_admin.model.base import ViewArgs
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Query

from backoffice import access, database
from backoffice.actor import Person
from backoffice.errors import Refusal, Stale
from backoffice.text import _, _l, number
from models import Base, db

from . import export, formats
from .converter import OfficeConverter, RowForm
from .fields import cleaned, small_int
from .filters import Chip, ChoiceFilter, Control, address, chips, controls, narrowing
from .session import current_person, is_resumed, to_login
from .wording import word, word_field

MOST_COUNTED = 1000
PAGE_SIZE = 50
LONGEST_SEARCH = 100
MOST_WORDS = 6
MOST_ACTED_ON = 200


class CappedCount(Query[Any]):
    """Counts no further than one past the cap, so a count costs the same in any archive."""

    def scalar(self) -> int:
        """How many rows, at most `MOST_COUNTED` + 1."""
        rows = self.limit(MOST_COUNTED + 1).subquery()
        return db.session.execute(sa.select(sa.func.count()).select_from(rows)).scalar_one()


def column_number(text: str) -> int | None:
    """The number of a column, from 0, or none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


def begin_write() -> None:
    """Start a fresh transaction that writes: what was read before is read again under the lock."""
    db.session.rollback()
    db.session.connection(execution_options={database.WRITE: True})


class Guarded:
    """What list screens and plain pages share: nobody enters without a right to."""

    def is_accessible(self) -> bool:
        """Whether the person at the screen may open this page at all."""
        return current_person() is not None

    def inaccessible_callback(self, name: str, **kwargs: Any) -> ResponseReturnValue:
        """The login page for a stranger, a plain refusal for a colleague."""
        if current_person() is None:
            return to_login()
        return abort(403)

    def menu_count(self) -> int | None:
        """The figure beside the menu entry, where one helps."""
        return None

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        # Flask-Admin would call again after a TypeError and hide where it came from.
        return fn(self, *args, **kwargs)


class OfficeHome(Guarded, AdminIndexView):
    """The first page, at "/"; the inbox is one. Flask-Admin's own static files are not served."""

    def __init__(self, name: str, template: str = "admin/index.html") -> None:
        super().__init__(name=name, url="/", template=template)
        self.static_folder = None


class OfficeView(Guarded, ModelView):
    """A noun of the office as list, record and form.

    A concrete view is 10 to 25 declarative lines: `model`, `slug` (address and endpoint),
    `title`, `column_list`, `column_labels`, and what it opens (`can_view_details`, `can_edit` …).
    Writing needs `form_columns`; who may write which of them says `access.writable_fields`.
    """

    model: type[Base]
    slug: str
    title: str
    lead = ""  # a sentence under the heading
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

    # The list

    def _get_list_extra_args(self) -> ViewArgs:
        asked = request.args
        page = small_int(asked.get("page")) or 0
        return ViewArgs(
            page=min(page, MOST_COUNTED // self.page_size),
            sort=column_number(asked.get("sort", "")),
            sort_desc=1 if asked.get("desc") else 0,
            search=cleaned(asked.get("search"))[:LONGEST_SEARCH] or None,
            filters=self._get_list_filter_args(),
        )

    def _get_list_filter_args(self) -> list[Any] | None:
        if not self._filters:
            return None
        chosen: dict[int, Any] = {}
        for name, value in request.args.items():
            key = name[3:].partition("_")[2] if name.startswith("flt") else ""
            if not value or key not in self._filter_args:
                continue
            index, rule = self._filter_args[key]
            if rule.validate(value):
                chosen[index] = (index, str(rule.name), value)
            else:
                flash(_("An unknown filter was left out."), "warning")
        return [chosen[index] for index in sorted(chosen)]

    def get_filter_arg(self, index: int, flt: Any) -> str:
        """The filter's name in the address."""
        return flt.arg

    def is_valid_filter(self, filter: Any) -> bool:
        """Only our own filters: their choices are closed."""
        return isinstance(filter, ChoiceFilter)

    def _get_filter_groups(self) -> None:
        """The template draws the selects from `filter_controls`."""

    def _get_list_url(self, view_args: ViewArgs) -> str:
        """A short address: nothing in it but what narrows, sorts or turns the page."""
        said: list[tuple[str, Any]] = [("search", view_args.search)]
        said += self._get_filters(view_args.filters).items()
        said += [("sort", view_args.sort), ("desc", view_args.sort_desc or None)]
        said += [("page", view_args.page or None)]
        return address([(key, str(value)) for key, value in said if value is not None])

    def init_search(self) -> bool:
        """Search where columns are named; `search_clause` says how."""
        return bool(self.column_searchable_list)

    def search_clause(self, text: str) -> Any:
        """Rows in which every word occurs in one of the searchable columns. Small tables only."""
        columns = [getattr(self.model, name) for name in self.column_searchable_list]
        words = text.split()[:MOST_WORDS]
        return sa.and_(
            sa.true(),
            *(sa.or_(*(one.icontains(word, autoescape=True) for one in columns)) for word in words),
        )

    def _apply_search(
        self, query: Any, count_query: Any, joins: Any, count_joins: Any, search: str
    ) -> Any:
        clause = self.search_clause(search)
        counted = None if count_query is None else count_query.filter(clause)
        return query.filter(clause), counted, joins, count_joins

    def _apply_sorting(self, query: Any, joins: Any, sort_column: Any, sort_desc: Any) -> Any:
        if sort_column not in self._sortable_columns:
            sort_column = None
        query, joins = super()._apply_sorting(query, joins, sort_column, sort_desc)
        return query.order_by(self.key.desc()), joins

    def _apply_pagination(self, query: Any, page: int | None, page_size: int | None) -> Any:
        before = self._before()
        query = query if before is None else query.filter(before)
        return super()._apply_pagination(query, page, page_size)

    def _before(self) -> Any:
        """Deep in an archive the list goes on from a key: no OFFSET, however far."""
        key = small_int(request.args.get("before"))
        return self.key < key if key and not request.args.get("sort") else None

    # What the templates ask

    def filter_controls(self) -> list[Control]:
        """The selects above the list."""
        return controls(self._filters or ())

    def filter_chips(self, shown: list[Control], search: str | None) -> list[Chip]:
        """What narrows the list now."""
        return chips(shown, search or "", _("Search"))

    def bulk_verbs(self) -> Sequence[Any]:
        """Verbs for ticked rows: objects with key, label, icon. The view has `.action_view`."""
        return ()

    def count_words(self, count: int) -> str:
        """The line under the heading."""
        if count > MOST_COUNTED:
            return _("More than %(n)s rows. Narrow them down.", n=number(MOST_COUNTED))
        return _("%(n)s rows you may see", n=number(count))

    def row_url(self, row: Any) -> str:
        """Where a row of the list leads, or nothing. One string operation, no url_for per row."""
        if not (self.can_view_details or self.can_edit):
            return ""
        page = "details" if self.can_view_details else "edit"
        return f"/{self.slug}/{page}/?id={row.id}"

    def export_url(self) -> str:
        """The workbook of the list as it is narrowed now."""
        return address(narrowing(), f"/{self.slug}/export/")

    def older_url(
        self, data: Sequence[Any], count: int, page: int, pages: int | None
    ) -> str | None:
        """Past the rows that are counted, the list goes on from its last row."""
        if count <= MOST_COUNTED or page + 1 < (pages or 0) or request.args.get("sort"):
            return None
        return address([*narrowing(), ("before", str(data[-1].id))])

    def get_empty_list_message(self) -> str:
        """The one sentence of an empty list."""
        return _("There is nothing here yet.")

    # Record and form

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """One row as a summary."""
        row = self.one_or_404() if self.can_view_details else abort(404)
        return self.render(
            self.details_template,
            model=row,
            details_columns=self._details_columns,
            get_value=self.get_detail_value,
            return_url=url_for(".index_view"),
        )

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        """A new row."""
        if not self.may_create():
            abort(404)
        if request.method == "POST":
            begin_write()
        form = self.create_form()
        return self._answer_form(form, None)

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> ResponseReturnValue:
        """A row to change; 409 when it was changed since it was shown."""
        if request.method == "POST":
            begin_write()
        row = self.one_or_404()
        if not self.may_edit(row):
            abort(404)
        form = self.edit_form(row)
        if request.method == "POST" and request.form.get("seen") != self.fingerprint(row):
            # Somebody changed the row meanwhile: both see it, nothing is overwritten.
            flash(word(Stale()), "warning")
            return self._form_page(form, row), 409
        return self._answer_form(form, row)

    @expose("/delete/", methods=("GET", "POST"))
    def delete_view(self) -> ResponseReturnValue:
        """Ask first, then take the row away. What is referred to cannot be deleted."""
        if request.method == "POST":
            begin_write()
        row = self.one_or_404()
        if not self.may_delete(row):
            abort(404)
        if request.method == "GET":
            return self.render("admin/model/delete.html", model=row)
        try:
            self.on_model_delete(row)
            db.session.delete(row)
            db.session.commit()
        except (IntegrityError, Refusal) as error:
            db.session.rollback()
            flash(self.explain(error), "error")
            return self.render("admin/model/delete.html", model=self.one_or_404()), 422
        flash(_("Deleted."), "success")
        return redirect(url_for(".index_view"))

    def scaffold_form(self) -> Any:
        """A form of the named columns; without any there is none, and nothing to write."""
        return super().scaffold_form() if self.form_columns else self.form_base_class

    def create_form(self, obj: Any = None) -> Any:
        """The form for a new row, without what this person may not write."""
        return self._pruned(super().create_form(obj), self.writable())

    def edit_form(self, obj: Any = None) -> Any:
        """The form for `obj`, without what this person may not write."""
        return self._pruned(super().edit_form(obj), self.writable(obj))

    def _pruned(self, form: Any, allowed: Sequence[str]) -> Any:
        # A field that is only hidden or read-only can be posted all the same: it must go.
        for name in [field.name for field in form]:
            if name not in allowed and name != "csrf_token":
                del form[name]
        return form

    def _answer_form(self, form: Any, row: Any) -> ResponseReturnValue:
        if request.method == "GET" or is_resumed():
            return self._form_page(form, row)
        if form.validate():
            saved = self.save(form, row)
            if saved is not None:
                flash(_("Saved."), "success")
                return redirect(self.get_save_return_url(saved, row is None))
        return self._form_page(form, row), 422

    def _form_page(self, form: Any, row: Any) -> str:
        return self.render(
            self.create_template if row is None else self.edit_template,
            form=form,
            model=row,
            form_opts=FormOpts(widget_args=self.form_widget_args),
            return_url=url_for(".index_view"),
        )

    def save(self, form: Any, row: Any) -> Any:
        """Write the form to `row` or a new one; none, and the reason on the page, if refused."""
        created = row is None
        try:
            row = self.build_new_instance() if created else row
            form.populate_obj(row)
            if created:
                db.session.add(row)
            self._on_model_change(form, row, created)
            db.session.commit()
        except (IntegrityError, Refusal) as error:
            db.session.rollback()
            self._show_refusal(form, error)
            return None
        self.after_model_change(form, row, created)
        return row

    def _show_refusal(self, form: Any, error: Exception) -> None:
        flash(self.explain(error), "error")
        for name, code in getattr(error, "fields", {}).items():
            if name in form:
                form[name].errors = [*form[name].errors, word_field(code)]

    def explain(self, error: Exception) -> str:
        """The reason in words; the database's own words carry values and are never shown."""
        if isinstance(error, Refusal):
            return word(error)
        return _("This contradicts something already kept: the same key, or a row in use.")

    def handle_view_exception(self, exc: Exception) -> bool:
        """Nothing is swallowed and no SQL is shown: the error page answers."""
        db.session.rollback()
        raise exc

    def get_save_return_url(self, model: Any, is_created: bool = False) -> str:
        """Back to the record, or to the list."""
        if self.can_view_details:
            return url_for(".details_view", id=model.id)
        return url_for(".index_view")

    def fingerprint(self, row: Any) -> str:
        """What the row held when it was shown: the form carries it and the answer compares it."""
        held = [repr(getattr(row, name)) for name in self._fingerprinted(row)]
        return sha256("\x1f".join(held).encode()).hexdigest()[:32]

    def _fingerprinted(self, row: Any) -> list[str]:
        mapper = sa.inspect(row).mapper
        return [attribute.key for attribute in mapper.column_attrs]

    # Export

    def office_zone(self) -> str:
        """The zone in which moments are written."""
        office = self.person.user.office
        return office.timezone if office is not None else "Asia/Jakarta"

    @expose("/export/")
    def export_view(self) -> ResponseReturnValue:
        """The list as narrowed now, as a workbook; at most `export.MOST_ROWS` rows."""
        if not self.can_export:
            abort(404)
        asked = self._get_list_extra_args()
        _count, query = self.get_list(
            0, None, 0, asked.search, asked.filters, execute=False, page_size=export.MOST_ROWS
        )
        rows = query if isinstance(query, list) else query.yield_per(500)
        columns = [name for name, _title in self._export_columns]
        file = export.workbook(
            [str(title) for _name, title in self._export_columns],
            ([self.get_export_value(row, name) for name in columns] for row in rows),
            self.office_zone(),
        )
        name = f"{self.slug}.xlsx"
        return send_file(file, export.TYPE, as_attachment=True, download_name=name, max_age=0)
