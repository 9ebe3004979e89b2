"""The form field for each field of a pack; a table is rows of such fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape
from wtforms.fields import Field

from backoffice.text import _
from views.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    LineField,
    LongField,
    MomentField,
    MoneyField,
    NumberField,
    Typed,
    YesNoField,
    plain,
)

MOST_ROWS = 100  # of a table
SPARE_ROWS = 3  # empty ones offered below what is filled


class TableWidget:
    """A plain table with a box in every cell; its rows are the ones filled and a few to spare."""

    def __call__(self, field: TableField, **_attributes: Any) -> Markup:
        head = "".join(f"<th scope=col>{escape(one.label)}</th>" for one in field.columns)
        body = "".join(self._row(field, number) for number in range(len(field.shown())))
        return Markup('<div class="scroll"><table class="rows"><tr>{}</tr>{}</table></div>').format(
            Markup(head),  # noqa: S704 - every label was escaped above
            Markup(body),  # noqa: S704 - every value is escaped by its own field
        )

    def _row(self, field: TableField, number: int) -> str:
        cells = field.cells(number)
        return "<tr>" + "".join(f"<td>{self._cell(one)}</td>" for one in cells) + "</tr>"

    def _cell(self, cell: Any) -> str:
        wrong = "".join(f'<span class="error">{escape(one)}</span>' for one in cell.errors)
        return wrong + str(cell(**{"aria-label": cell.label.text, "class": "form-control"}))


class TableField(Typed, Field):
    """Rows of small fields, e.g. the recipients of a parcel: `name.0.column`."""

    widget = TableWidget()

    def __init__(self, label: str, columns: Sequence[Any], **more: Any) -> None:
        super().__init__(label, **more)
        self.columns = columns
        self._cells: list[list[Any]] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read every row of the form, or show what is there."""
        rows = data if isinstance(data, list) else []
        count = self._posted_rows(formdata) if formdata else len(rows) + SPARE_ROWS
        self.process_errors = []
        self._cells = [
            self._row(number, formdata, rows[number] if number < len(rows) else {})
            for number in range(min(count, MOST_ROWS))
        ]
        filled = [[plain(cell) for cell in row] for row in self._cells]
        self.data = [
            {column.key: value for column, value in zip(self.columns, row, strict=True)}
            for row in filled
            if any(value not in (None, "", []) for value in row)
        ]
        if any(cell.process_errors for row in self._cells for cell in row):
            self.process_errors.append(_("Mend the marked boxes."))

    def _posted_rows(self, formdata: Any) -> int:
        pattern = re.compile(re.escape(self.name) + r"\.([0-9]{1,3})\.")
        found = [int(hit[1]) for key in formdata if (hit := pattern.match(key))]
        return max(found, default=SPARE_ROWS - 1) + 1

    def _row(self, number: int, formdata: Any, values: Mapping[str, Any]) -> list[Any]:
        cells = []
        for column in self.columns:
            name = f"{self.name}.{number}.{column.key}"
            cell = field_for(column).bind(form=None, name=name, _meta=self.meta)
            cell.process(formdata, values.get(column.key))
            cell.errors = list(cell.process_errors)
            cells.append(cell)
        return cells

    def cells(self, number: int) -> Sequence[Any]:
        """The boxes of one row."""
        return self._cells[number]

    def shown(self) -> Sequence[Any]:
        """Every row, the empty ones too."""
        return self._cells


def field_for(asked: Any) -> Any:
    """The form field for a field of a pack."""
    options = [(one.key, one.label) for one in asked.options]
    more = {"description": asked.help}
    makers: dict[str, Any] = {
        "text": lambda: LineField(asked.label, **more),
        "long_text": lambda: LongField(asked.label, **more),
        "date": lambda: DayField(asked.label, **more),
        "datetime": lambda: MomentField(asked.label, **more),
        "number": lambda: NumberField(asked.label, **more),
        "money": lambda: MoneyField(asked.label, **more),
        "choice": lambda: ChoiceField(asked.label, options, **more),
        "choices": lambda: ChoicesField(asked.label, options, **more),
        "yes_no": lambda: YesNoField(asked.label, **more),
        "table": lambda: TableField(asked.label, asked.columns, **more),
    }
    return makers[asked.type]()
