"""Instansi: what stands on the kop, when the office is open, how it numbers."""

from __future__ import annotations

from typing import Any

from wtforms.validators import InputRequired

from backoffice import accounts
from backoffice.calendars import fill_holidays
from backoffice.errors import Incomplete
from backoffice.letters.classifying import suggest
from backoffice.numbers import DEFAULT_PATTERNS
from backoffice.text import _, _l
from backoffice.workflow.office_definition import CATEGORIES
from backoffice.workflow.recount import recount
from models import Office
from views.fields import LineField, LongField
from views.office_fields import (
    CategoriesField,
    HoursField,
    LinesField,
    PairsField,
    PatternsField,
    SpecialHoursField,
    StatementsField,
    ZoneField,
)
from views.office_pages import OfficePages
from views.session import today, utc_now
from views.settings import LONGEST_KEY, give_key, show_once

FIVE_DAYS = {"mon-thu": ["07:30-12:00", "13:00-16:00"], "fri": ["07:30-11:30", "13:00-16:30"]}
MOST_LINES, LONGEST_LINE = 3, 100  # of the name on the kop
BEGUN = ("name", "government", "address", "timezone", "hours", "numbers", "key")
ADMIN = ("admin_name", "admin_username")


class AsideField(LineField):
    """Asked together with a row, and no part of it."""

    def populate_obj(self, obj: Any, name: str) -> None:
        """The view makes something else of it."""


def managers_in_words(view: Any, context: Any, office: Office, name: str) -> str:
    """Who can log in and manage the office."""
    named = [one.name for one in view.managers(office)]
    return ", ".join(named) or _("nobody yet")


class OfficeSettingsView(OfficePages):
    """The administrator's own office; the system administrator founds new ones, no more."""

    model = Office
    slug = "instansi"
    title = _l("Office")
    lead = _l("What stands at the head of the letters, when the office works, how it numbers.")
    new_label = _l("Found an office")
    can_view_details = True
    list_template = "settings/offices.html"
    create_template = "settings/found.html"
    details_template = "settings/office.html"
    column_list = ("title", "government", "key", "managers")
    column_details_list = ("title", "government", "address", "key", "managers")
    column_labels = {
        "title": _l("Name"),
        "government": _l("Government"),
        "address": _l("Address"),
        "key": _l("Key"),
        "managers": _l("Managed by"),
    }
    column_formatters = {"managers": managers_in_words}
    form_columns = (
        "name",
        "government",
        "address",
        "contacts",
        "timezone",
        "hours",
        "special_hours",
        "numbers",
        "statements",
        "categories",
        "deviation",
        "key",
        *ADMIN,
    )
    form_extra_fields = {
        "name": LinesField(
            _l("Name, one to three lines of the kop"),
            [InputRequired()],
            description=_l("One line of the kop a line, without the name of the government."),
        ),
        "contacts": PairsField(
            _l("Contacts"), description=_l("One a line: Telepon: 0800-000-0101")
        ),
        "timezone": ZoneField(_l("Time zone"), [InputRequired()], default="Asia/Jakarta"),
        "hours": HoursField(
            _l("Office hours"),
            [InputRequired()],
            default=FIVE_DAYS,
            description=_l(
                "Without the break, one a line: Sen-Kam: 07.30-12.00, 13.00-16.00. "
                "Friday, with its longer break, has a line of its own."
            ),
        ),
        "special_hours": SpecialHoursField(
            _l("Special hours"),
            description=_l("E.g. in Ramadan: 2026-02-18 2026-03-19 Sen-Kam: 08.00-15.00"),
        ),
        "numbers": PatternsField(
            _l("How numbers are written"),
            default=DEFAULT_PATTERNS,
            description=_l(
                "{kode} is the code of the SOP, {tahun} the year, {urut:04} the count with four "
                "digits; a letter may have {klasifikasi}, {unit}, {bulan}, {bulan_romawi}."
            ),
        ),
        "statements": StatementsField(
            _l("Maklumat, motto, vision"),
            render_kw={"rows": 6},
            description=_l(
                "One a line: Moto: Cepat dan ramah. Further lines of a text begin with a space. "
                "What is called Kode Etik is shown to the counter when it records a case."
            ),
        ),
        "categories": CategoriesField(
            _l("Categories of problems"),
            render_kw={"rows": 6},
            description=_l("One a line: 05: Pertanahan. Left empty, the ten national codes hold."),
        ),
        "deviation": LongField(
            _l("How we read our papers"),
            description=_l("E.g. which post is meant by a word of the SOP."),
        ),
        "key": LineField(
            _l("Key"),
            longest=LONGEST_KEY,
            description=_l(
                "The short name of the office in user names and packs, e.g. dinas-contoh. "
                "Left empty, it is made of the name. It never changes."
            ),
        ),
        "admin_name": AsideField(
            _l("Name of the administrator"),
            validators=[InputRequired()],
            longest=200,
            description=_l("Who sets the office up: enters units, posts, people and SOPs."),
        ),
        "admin_username": AsideField(
            _l("User name"),
            description=_l("Left empty, it is admin. and the key of the office."),
        ),
    }
    form_args: dict[str, Any] = {"address": {"validators": []}, "deviation": {"validators": []}}

    def build_new_instance(self) -> Office:
        """A new office begins with the national codes; hours and patterns stand in the form."""
        return Office(categories=[{"key": key, "label": label} for key, label in CATEGORIES])

    def get_list(self, *args: Any, **kwargs: Any) -> Any:
        """The page of offices, with their administrators asked for together."""
        count, rows = super().get_list(*args, **kwargs)
        if isinstance(rows, list):
            self.ask_managers(rows)
        return count, rows

    def may_create(self) -> bool:
        """Only the system administrator founds offices."""
        return self.founds() and super().may_create()

    def writable(self, row: Any = None) -> tuple[str, ...]:
        """Founding asks for little; the office's own administrator fills in the rest."""
        names = super().writable(row)
        if row is not None or not names:
            return names
        begun = (*(one for one in names if one in BEGUN), *ADMIN)
        return tuple(one for one in self.form_columns if one in begun)

    def settle(self) -> None:
        """New hours move what is due."""
        if self.person.office_id is not None:
            recount(self.person.office_id)

    def on_model_change(self, form: Any, model: Office, is_created: bool) -> None:
        """One to three lines of name; a new office gets its holidays and first administrator."""
        if not 1 <= len(model.name) <= MOST_LINES:
            raise Incomplete({"name": "name_lines"})
        if any(len(line) > LONGEST_LINE for line in model.name):
            raise Incomplete({"name": "name_long"})
        if is_created:
            give_key(model, model.title)
            for year in (today().year, today().year + 1):
                fill_holidays(model, year)
            self.name_administrator(form, model)
            suggest(model)

    def name_administrator(self, form: Any, office: Office) -> None:
        """Somebody who can log in, with a password that is shown once."""
        typed = form.admin_username.data or f"admin.{office.key}"[: accounts.LONGEST_NAME]
        password = accounts.temporary_password()
        try:
            user = accounts.create_office_admin(
                office, typed, form.admin_name.data, password, utc_now()
            )
        except Incomplete as refusal:
            faults = {f"admin_{name}": code for name, code in refusal.fields.items()}
            raise Incomplete(faults) from None
        show_once(user, password)
