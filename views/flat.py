"""Lists of cases, letters and dispositions: what `backoffice.lists` finds, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from backoffice import lists
from views.fields import small_int
from views.scoped import MOST_COUNTED


class FlatList:
    """The page of a list costs the same in any archive; mixed into a generated screen."""

    def shape(self, chosen: Mapping[str, str]) -> lists.Shape | None:
        """How the rows are found where these filters narrow the list (name -> value)."""
        return None

    def get_list(
        self,
        page: int | None,
        sort_column: str | None,
        sort_desc: Any,
        search: str | None,
        filters: Sequence[Any] | None,
        execute: bool = True,
        page_size: int | None = None,
    ) -> tuple[int | None, list[Any]]:
        """How many rows there are, up to the cap, and those of one page, in order."""
        size = page_size or self.page_size  # type: ignore[attr-defined]
        ids = self.found(
            max(size, MOST_COUNTED + 1) if execute else size,
            search,
            filters,
            oldest=sort_column is not None and not sort_desc,
        )
        first = (page or 0) * size
        return len(ids), self.rows_of(ids[first : first + size])

    def found(
        self, limit: int, search: str | None, filters: Sequence[Any] | None, *, oldest: bool
    ) -> list[int]:
        """The ids of the rows in sight that are asked for, in order."""
        rules = [(self._filters[index], value) for index, _name, value in filters or ()]  # type: ignore[attr-defined]
        where = [rule.rule(value) for rule, value in rules]
        if search:
            where.append(self.search_clause(search))  # type: ignore[attr-defined]
        chosen = {rule.arg: value for rule, value in rules}
        return lists.ids_newest_first(
            self.person,  # type: ignore[attr-defined]
            self.model,  # type: ignore[attr-defined]
            limit,
            before_id=None if request.args.get("sort") else small_int(request.args.get("before")),
            where=where,
            shape=lists.narrow if search else self.shape(chosen),
            oldest=oldest,
        )

    def rows_of(self, ids: Sequence[int]) -> list[Any]:
        """The rows with these ids, in this order."""
        if not ids:
            return []
        query = self.get_query().filter(self.key.in_(ids))  # type: ignore[attr-defined]
        rows = {row.id: row for row in query}
        return [rows[one] for one in ids if one in rows]
