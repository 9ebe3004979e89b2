"""Instansi: what stands on the kop, when the office is open, how it numbers."""

from __future__ import annotations

from typing import Any

from wtforms.fields import SelectField
from wtforms.validators import InputRequired

from backoffice import accounts
from backoffice.errors import Incomplete
from backoffice.text import _l
from backoffice.workflow.recount import recount
from models import Office
from views.fields import LineField
from views.office_fields import (
    HoursField,
    LinesField,
    PairsField,
    PatternsField,
    SpecialHoursField,
    StatementsField,
)
from views.session import today
from views.settings import SettingsView, give_key, show_once

ZONES = (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"))
FIVE_DAYS = {"mon-thu": ["07:30-12:00", "13:00-16:00"], "fri": ["07:30-11:30", "13:00-16:30"]}
MOST_LINES = 3  # of the name on the kop
MORE_ZONES = (*ZONES, ("Asia/Pontianak", "WIB (Pontianak)"))


class OfficeSettingsView(SettingsView):
    """The administrator's own office; the system administrator founds new ones, no more."""

    model = Office
    slug = "instansi"
    title = _l("Office")
    new_label = _l("Found an office")
    can_view_details = True
    column_list = ("title", "government", "address")
    column_details_list = ("title", "government", "address", "key")
    column_labels = {
        "title": _l("Name"),
        "name": _l("Name, one to three lines of the kop"),
        "government": _l("Government"),
        "address": _l("Address"),
        "contacts": _l("Contacts"),
        "timezone": _l("Time zone"),
        "hours": _l("Office hours"),
        "special_hours": _l("Special hours"),
        "numbers": _l("How numbers are written"),
        "statements": _l("Maklumat, motto, vision"),
        "key": _l("Key"),
    }
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
        "key",
    )
    form_extra_fields = {
        "name": LinesField(_l("Name, one to three lines of the kop"), [InputRequired()]),
        "contacts": PairsField(
            _l("Contacts"), description=_l("One a line: Telepon: 0800-000-0101")
        ),
        "timezone": SelectField(_l("Time zone"), [InputRequired()], choices=MORE_ZONES),
        "hours": HoursField(
            _l("Office hours"),
            [InputRequired()],
            description=_l("Without the break, one a line: Sen-Kam: 07.30-12.00, 13.00-16.00"),
        ),
        "special_hours": SpecialHoursField(
            _l("Special hours"),
            description=_l("E.g. in Ramadan: 2026-02-18 2026-03-19 Sen-Kam: 08.00-15.00"),
        ),
        "numbers": PatternsField(
            _l("How numbers are written"), description=_l("E.g. case: {kode}-{tahun}-{urut:04}")
        ),
        "statements": StatementsField(
            _l("Maklumat, motto, vision"), description=_l("One a line: Moto: Cepat dan ramah")
        ),
        "key": LineField(_l("Key"), description=_l("May be left empty: it is made of the name.")),
    }
    form_args: dict[str, Any] = {"address": {"validators": []}}

    def build_new_instance(self) -> Office:
        """A new office begins with five working days."""
        return Office(hours=FIVE_DAYS)

    def may_create(self) -> bool:
        """Only the system administrator founds offices."""
        return self.person.system_admin and super().may_create()

    def writable(self, row: Any = None) -> tuple[str, ...]:
        """Founding asks for little; the office's own administrator fills in the rest."""
        names = super().writable(row)
        begun = ("name", "government", "address", "timezone", "key")
        return names if row is not None else tuple(one for one in names if one in begun)

    def settle(self) -> None:
        """New hours move what is due."""
        if self.person.office_id is not None:
            recount(self.person.office_id)

    def on_model_change(self, form: Any, model: Office, is_created: bool) -> None:
        """One to three lines of name; a new office gets its first administrator."""
        if not 1 <= len(model.name) <= MOST_LINES:
            raise Incomplete({"name": "name_lines"})
        if is_created:
            give_key(model, model.title)
            password = accounts.temporary_password()
            username = f"admin.{model.key}"[: accounts.LONGEST_NAME]
            admin = accounts.create_office_admin(
                model, username, "Administrator Instansi", password, today()
            )
            show_once(admin, password)
