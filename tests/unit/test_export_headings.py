"""A workbook has headings in the words of the office, not the names of our columns."""

from __future__ import annotations

import pytest
from flask_admin.contrib.sqla import ModelView

from views.registry import VIEWS

LISTS = [view for view in VIEWS if issubclass(view, ModelView)]


@pytest.mark.parametrize("view", LISTS, ids=lambda view: view.__name__)
def test_every_column_of_a_workbook_has_a_heading_of_ours(view: type) -> None:
    names = getattr(view, "column_export_list", None) or view.column_list  # type: ignore[attr-defined]
    assert [name for name in names if name not in view.column_labels] == []  # type: ignore[attr-defined]
