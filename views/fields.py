"""Form fields for what an SOP asks: each cleans what was typed and says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms.fields import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, FileInput, ListWidget

from backoffice import text as words
from backoffice.text import _

LARGEST = 2**31 - 1  # what an integer column of PostgreSQL holds
LONGEST = {"text": 500, "long_text": 20_000}
KEPT = "\n\t"


def cleaned(text: str | None) -> str:
    """`text` without what no letter or database can hold: NUL, controls, half characters."""
    joined = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in joined if one in KEPT or unicodedata.category(one) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def small_int(text: str | None) -> int | None:
    """A positive whole number that every database holds, or none."""
    digits = (text or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(LARGEST)):
        return None
    return number if 0 < (number := int(digits)) <= LARGEST else None


class Typed:
    """What all our fields share: the last word on what was typed, which is never thrown away."""

    def pre_validate(self, form: Any) -> None:
        """Nothing is required here: the workflow knows what is, and says so for every field."""


class LineField(Typed, StringField):
    """One line of text; `longest` is what its column holds."""

    longest = LONGEST["text"]

    def __init__(self, label: str, *, longest: int | None = None, **more: Any) -> None:
        super().__init__(label, **more)
        self.longest = longest or self.longest

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Clean the text; too long is said, not cut."""
        if not valuelist:
            return
        self.data = cleaned(valuelist[0])
        if len(self.data) > self.longest:
            most, now = words.number(self.longest), words.number(len(self.data))
            raise ValueError(_("At most %(most)s characters; now %(now)s.", most=most, now=now))


class LongField(LineField, TextAreaField):
    """Several lines of text."""

    widget = TextAreaField.widget
    longest = LONGEST["long_text"]


class DayField(Typed, DateField):
    """A day."""

    def process_data(self, value: Any) -> None:
        """What is there already; an answer is kept as text."""
        self.data = date.fromisoformat(value) if isinstance(value, str) and value else value

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The day, or a sentence in our own words."""
        self.data = None
        if valuelist and cleaned(valuelist[0]):
            try:
                self.data = date.fromisoformat(cleaned(valuelist[0]))
            except ValueError as error:
                raise ValueError(_("Write the day as 31/12/2026.")) from error


class MomentField(Typed, DateTimeLocalField):
    """A day and a time on the office's clock; without a zone until the form adds it."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, format="%Y-%m-%dT%H:%M", **more)

    def process_data(self, value: Any) -> None:
        """What is there already; an answer is kept as text."""
        self.data = datetime.fromisoformat(value) if isinstance(value, str) and value else value

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The moment, or a sentence in our own words."""
        self.data = None
        if valuelist and cleaned(valuelist[0]):
            try:
                self.data = datetime.fromisoformat(cleaned(valuelist[0])).replace(tzinfo=None)
            except ValueError as error:
                raise ValueError(_("Write the day and the time.")) from error


class NumberField(Typed, IntegerField):
    """A count: a whole number from 0, not larger than a database column."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The number, or a sentence in our own words."""
        self.data = None
        if not valuelist or not (text := cleaned(valuelist[0])):
            return
        if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > LARGEST:
            raise ValueError(_("Write a whole number, without a point or a comma."))
        self.data = int(text)


class MoneyField(Typed, StringField):
    """An amount in rupiah as people write it: 1.500.000 or 1.500.000,50."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The amount as text with a point, or a sentence in our own words."""
        self.data = None
        if not valuelist or not (text := cleaned(valuelist[0])):
            return
        self.data = money(text)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data).replace(".", ",")


def money(text: str) -> str:
    """`Rp 1.500.000,50` as "1500000.50"; ValueError where it is no amount."""
    plain = re.sub(r"^rp\.?\s*", "", text.strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})*(,[0-9]{1,2})?|[0-9]+(,[0-9]{1,2})?", plain):
        raise ValueError(_("Write the amount as 1.500.000."))
    try:
        amount = Decimal(plain.replace(".", "").replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(_("Write the amount as 1.500.000.")) from error
    if amount >= Decimal(10) ** 15:
        raise ValueError(_("This amount is too large."))
    return str(amount)


class ChoiceField(Typed, SelectField):
    """One of a list; an answer that is not on it is told, and nothing chosen is None."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        empty = [("", _("Choose"))]
        super().__init__(label, choices=[*empty, *choices], validate_choice=False, **more)

    def process_data(self, value: Any) -> None:
        """What is there already, as the key of an option."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The key of an option."""
        chosen = cleaned(valuelist[0]) if valuelist else ""
        self.data = chosen
        if chosen not in {key for key, _label in self.choices}:
            raise ValueError(_("Choose one from the list."))


class ChoicesField(Typed, SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(label, choices=list(choices), validate_choice=False, **more)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """The keys of the options, in the order of the list."""
        chosen = {cleaned(one) for one in valuelist}
        self.data = [key for key, _label in self.choices if key in chosen]
        if len(self.data) != len(chosen):
            raise ValueError(_("Choose from the list."))


class YesNoField(ChoiceField):
    """Ya or Tidak; left open is neither."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, choices=[("true", _("Yes")), ("false", _("No"))], **more)

    def process_data(self, value: Any) -> None:
        """Kept as a truth value, shown as a word."""
        self.data = {True: "true", False: "false"}.get(value, "")


class TickField(Typed, BooleanField):
    """A box to tick."""


class FilesField(Typed, MultipleFileField):
    """Several files; the ones without a name are empty boxes of the browser."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """The files that were chosen."""
        self.data = [one for one in valuelist if getattr(one, "filename", "")]


class FileField(FilesField):
    """One file; whoever chooses several gets the last."""

    widget = FileInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """The file that was chosen."""
        super().process_formdata(valuelist[-1:])


def plain(one: Any) -> Any:
    """The value of a field as it is remembered."""
    if isinstance(one, YesNoField):
        return {"true": True, "false": False}.get(one.data)
    if isinstance(one.data, (date, datetime)):
        return one.data.isoformat()
    return one.data
