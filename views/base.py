"""The base of every generated screen: closed until opened, held to the scope, never a 500."""

from __future__ import annotations

from .guard import OfficeHome, begin_write
from .records import RecordScreen

__all__ = ["OfficeHome", "OfficeView", "begin_write"]


# One line of descent, not mixins: Flask-Admin's metaclass copies every inherited page into each
# class, so that of two bases the first would hide the pages of the second.
class OfficeView(RecordScreen):
    """A noun of the office as list, record and form.

    A concrete view is 10 to 25 declarative lines: `model`, `slug` (address and endpoint),
    `title`, `column_list`, `column_labels`, and what it opens (`can_view_details`, `can_edit` …).
    Writing needs `form_columns`; who may write which of them says `access.writable_fields`.
    """
