"""Forms that Flask-Admin generates from a table: plain fields, relations held to the scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from flask_admin.contrib.sqla.form import AdminModelConverter
from flask_admin.model.form import converts
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import BooleanField, DateField, SelectField
from wtforms.fields.choices import Choice, SelectFieldBase
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, Select

from backoffice import access
from backoffice.text import _, form_translations
from models import Base, db

from .fields import cleaned, small_int
from .session import current_person

MOST_OPTIONS = 2000


class RowForm(FlaskForm):
    """Our messages, our cleaning: no NUL, control or half character reaches a column."""

    def __init__(self, formdata: Any = _Auto, obj: Any = None, **more: Any) -> None:
        # Flask-Admin's check for a unique column asks which row is being changed.
        self._obj = obj
        super().__init__(formdata, obj=obj, **more)

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            """WTForms' own messages stand in our catalogue."""
            return form_translations

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Every text is cleaned before any validator sees it."""
            own = unbound_field.kwargs.get("filters") or ()
            options["filters"] = [clean_value, *own]
            return super().bind_field(form, unbound_field, options)


def clean_value(value: Any) -> Any:
    """`value` without what no database can hold; everything but text passes."""
    return cleaned(value) if isinstance(value, str) else value


def rows_in_scope(model: type[Base]) -> Sequence[Any]:
    """The rows of `model` that the person at the screen may refer to."""
    person = current_person()
    if person is None:
        return ()
    key = model.__mapper__.primary_key[0]
    query = db.select(model).where(access.scope(person, model)).order_by(key)
    return db.session.scalars(query.limit(MOST_OPTIONS)).all()


class _Rows(SelectFieldBase):
    """Options that are rows of a table, asked for anew in every request."""

    def __init__(
        self,
        *args: Any,
        rows: Callable[[], Sequence[Any]],
        words: Callable[[Any], str],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._source, self._words = rows, words

    @property
    def options(self) -> dict[int, Any]:
        """Rows by key: those in the scope, and what stands there already."""
        current = self.object_data
        kept = current if isinstance(current, list) else [current] if current else []
        return {row.id: row for row in (*self._source(), *kept)}

    def has_groups(self) -> bool:
        """No groups: one flat list."""
        return False


class RowField(_Rows):
    """One row, e.g. the unit of a post. An unknown or foreign key is an error, never a blank."""

    widget = Select()

    def __init__(self, *args: Any, allow_blank: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.allow_blank = allow_blank
        self.flags.required = not allow_blank

    def iter_choices(self) -> Iterator[Choice]:
        """The blank where it is allowed or nothing is chosen yet, then the rows."""
        if self.allow_blank or self.data is None:
            blank = _("None") if self.allow_blank else _("Choose")
            yield Choice("", blank, self.data is None, {})
        for key, row in self.options.items():
            yield Choice(str(key), self._words(row), row is self.data, {})

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The row with this key, if the person may refer to it."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            self.data = self.options.get(small_int(text) or 0)
            if self.data is None:
                raise ValueError(_("Choose one from the list."))

    def pre_validate(self, form: Any) -> None:
        """A blank is told where it is not allowed."""
        if self.data is None and not self.allow_blank and not self.process_errors:
            raise ValidationError(_("Choose one from the list."))


class RowsField(_Rows):
    """Several rows as boxes to tick, e.g. the roles of a post."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def iter_choices(self) -> Iterator[Choice]:
        """Every row, ticked or not."""
        chosen = self.data or []
        for key, row in self.options.items():
            yield Choice(str(key), self._words(row), row in chosen, {})

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The rows with these keys; one that may not be referred to spoils the lot."""
        options = self.options
        found = [options.get(small_int(text) or 0) for text in dict.fromkeys(valuelist)]
        self.data = [row for row in found if row is not None]
        if len(self.data) != len(found):
            raise ValueError(_("Choose from the list."))


class CodeField(SelectField):
    """A code of a fixed list, shown in words."""

    def __init__(self, *args: Any, allow_blank: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.allow_blank = allow_blank
        self.flags.required = not allow_blank

    def iter_choices(self) -> Iterator[Choice]:
        """The blank where nothing may be chosen, then the codes."""
        if self.allow_blank:
            yield Choice("", _("None"), self.data is None, {})
        yield from super().iter_choices()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """An empty choice is no choice; an unknown one is an error."""
        if valuelist and not valuelist[0] and self.allow_blank:
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Choose one from the list.")) from error

    def pre_validate(self, form: Any) -> None:
        """Only what is on the list."""
        known = [value for value, *_rest in self.choices or ()]
        if self.data not in known and not (self.allow_blank and self.data is None):
            raise ValidationError(_("Choose one from the list."))


class OfficeConverter(AdminModelConverter):
    """Flask-Admin's converter with plain widgets; `column_choices` give a code its words."""

    def _model_select_field(
        self, prop: Any, multiple: str | bool, remote_model: Any, **kwargs: Any
    ) -> Any:
        if prop.direction.name == "ONETOMANY":
            raise TypeError(f"{prop}: a form never takes the rows of another table along")
        kwargs.setdefault("rows", partial(rows_in_scope, remote_model))
        kwargs.setdefault("words", str)
        kwargs["validators"] = [
            one for one in kwargs["validators"] if not isinstance(one, InputRequired)
        ]
        if multiple:
            kwargs.pop("allow_blank", None)
            return RowsField(**kwargs)
        return RowField(**kwargs)

    @converts("sqlalchemy.sql.sqltypes.Enum")
    def convert_enum(self, column: Any, field_args: Any, **extra: Any) -> Any:
        """A select of the codes, in the words of `column_choices`."""
        words = dict((getattr(self.view, "column_choices", None) or {}).get(column.key, ()))
        kind = column.type.enum_class
        field_args["choices"] = [(one, words.get(one, one.value)) for one in kind]
        field_args["coerce"] = kind
        field_args["allow_blank"] = column.nullable
        return CodeField(**field_args)

    @converts("Boolean")
    def conv_Boolean(self, field_args: Any, **extra: Any) -> Any:  # noqa: N802 - their name
        """A box to tick."""
        return BooleanField(**field_args)

    @converts("Date")
    def convert_date(self, field_args: Any, **extra: Any) -> Any:
        """The browser's own day picker."""
        return DateField(**field_args)
