"""The list of a generated screen: search, filters, order, pages, chips and the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, request, send_file
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_admin.model.base import ViewArgs

from backoffice.text import _, number

from . import export
from .fields import cleaned, small_int
from .filters import Chip, ChoiceFilter, Control, address, chips, controls, narrowing
from .scoped import MOST_COUNTED, ScopedView

LONGEST_SEARCH = 100
MOST_WORDS = 6


def column_number(text: str) -> int | None:
    """The number of a column, from 0, or none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


class ListScreen(ScopedView):
    """What is asked of a list, cleaned: no address breaks it or reads past the scope."""

    def _get_list_extra_args(self) -> ViewArgs:
        asked = request.args
        page = small_int(asked.get("page")) or 0
        search = cleaned(asked.get("search"))[:LONGEST_SEARCH] if self._search_supported else ""
        return ViewArgs(
            page=min(page, MOST_COUNTED // self.page_size),
            sort=column_number(asked.get("sort", "")),
            sort_desc=1 if asked.get("desc") else 0,
            search=search or None,
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
        """The line under the heading: 57 pengaduan yang boleh Anda lihat; fewer are a choice."""
        what = str(self.title)
        what = what if what[1:2].isupper() else what[:1].lower() + what[1:]
        if count > MOST_COUNTED:
            return _(
                "More than %(n)s %(what)s. Narrow them down.", n=number(MOST_COUNTED), what=what
            )
        if narrowing():
            return _("%(n)s %(what)s as you chose", n=number(count), what=what)
        return _("%(n)s %(what)s you may see", n=number(count), what=what)

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

    # The workbook

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
