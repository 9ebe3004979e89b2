"""Hari libur: the days on which the office is closed and its clock stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice.calendars import fill_holidays
from backoffice.errors import Incomplete
from backoffice.text import _, _l
from backoffice.workflow.recount import recount
from models import Holiday, Office, db
from views.fields import small_int
from views.filters import ChoiceFilter
from views.guard import begin_write
from views.session import today
from views.settings import SettingsView

YEARS_AHEAD = 2


def years() -> list[tuple[str, str]]:
    """The years one may look at or fill: the last three and the next two."""
    now = today().year
    return [(str(year), str(year)) for year in range(now - 3, now + YEARS_AHEAD + 1)]


def by_year(value: str) -> Any:
    """The days of one year."""
    return Holiday.day.between(date(int(value), 1, 1), date(int(value), 12, 31))


class HolidayView(SettingsView):
    """Holidays, begun from the national list and corrected by the office."""

    model = Holiday
    slug = "hari-libur"
    title = _l("Holidays")
    lead = _l("Days on which the office does not work; no clock counts them.")
    new_label = _l("Add a holiday")
    can_delete = can_export = True
    list_template = "settings/holidays.html"
    column_default_sort = ("day", True)
    column_list = ("day", "name")
    column_labels = {"day": _l("Day"), "name": _l("Name")}
    column_filters = (ChoiceFilter("tahun", _l("Year"), years, by_year),)
    form_columns = ("day", "name")

    def fillable_years(self) -> list[int]:
        """This year and those to come."""
        now = today().year
        return list(range(now, now + YEARS_AHEAD + 1))

    @expose("/fill/", methods=("POST",))
    def fill(self) -> ResponseReturnValue:
        """Add the national holidays of a year; what the office changed stays."""
        year = small_int(request.form.get("year"))
        if year not in self.fillable_years():
            abort(422)
        begin_write()
        office = db.session.get_one(Office, self.person.office_id)
        added = fill_holidays(office, year)
        self.settle()
        db.session.commit()
        flash(_("%(n)d holidays of %(year)d were added.", n=added, year=year), "success")
        return redirect(url_for(".index_view"))

    def on_model_change(self, form: Any, model: Holiday, is_created: bool) -> None:
        """Every day once."""
        with db.session.no_autoflush:
            same = sa.select(Holiday.id).where(
                Holiday.office_id == model.office_id,
                Holiday.day == model.day,
                Holiday.id != (model.id or 0),
            )
            if db.session.scalar(same) is not None:
                raise Incomplete({"day": "day_taken"})

    def settle(self) -> None:
        """A new day off moves what is due; so does one that is taken away."""
        if self.person.office_id is not None:
            recount(self.person.office_id)
