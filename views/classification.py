"""Kode klasifikasi: the codes by which letters are numbered and filed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice.errors import Incomplete
from backoffice.letters import register
from backoffice.letters.classifying import SUGGESTED, kind_twice, suggest
from backoffice.letters.drafting import DRAFTED
from backoffice.letters.kinds import KINDS
from backoffice.letters.register import Wanted
from backoffice.text import _, _l, number
from models import Classification, Office, db
from views.fields import ChoicesField
from views.guard import begin_write
from views.rows import office_of
from views.session import today
from views.settings import SettingsView

CHOICES = tuple((key, KINDS[key].title if key in KINDS else key) for key in DRAFTED)
TITLES = dict(CHOICES)
EXAMPLE = "UMUM"  # a unit for the example of a number
FIFTEENTH = 15


def in_words(view: Any, context: Any, row: Classification, name: str) -> str:
    """The letters that take a code by themselves."""
    return ", ".join(TITLES.get(one, one) for one in row.kinds)


class ClassificationView(SettingsView):
    """The table of the office; for who manages it and who keeps its registers."""

    model = Classification
    slug = "klasifikasi"
    title = _l("Classification codes")
    lead = _l("The codes that letters are numbered and filed by.")
    new_label = _l("Add a code")
    can_delete = can_export = True
    list_template = "settings/classifications.html"
    column_default_sort = ("code", False)
    column_list = ("code", "title", "kinds")
    column_labels = {
        "code": _l("Code"),
        "title": _l("What it stands for"),
        "kinds": _l("Letters that take it by themselves"),
    }
    column_formatters = {"kinds": in_words}
    column_formatters_export = {"kinds": in_words}
    form_columns = ("code", "title", "kinds")
    form_extra_fields = {
        "kinds": ChoicesField(
            _l("Letters that take it by themselves"),
            CHOICES,
            description=_l("Each kind of letter takes one code. The others are chosen by hand."),
        ),
    }

    def count_words(self, count: int) -> str:
        """6 kode."""
        return _("%(n)s codes.", n=number(count))

    def example(self) -> str:
        """A number as the office writes it, with the first code of the table."""
        office = office_of(self.person)
        codes = register.classifications_of(office.id)
        code = codes[0].code if codes else SUGGESTED[0].code
        wanted = Wanted(classification=code, unit=EXAMPLE)
        return register.written(office, FIFTEENTH, "", wanted, today())

    def pattern_url(self) -> str:
        """Where the pattern of the numbers is written, for who may change it."""
        office_id = self.person.office_id
        return f"/instansi/edit/?id={office_id}" if self.person.can("manage_office") else ""

    def lacks_suggestions(self) -> bool:
        """Whether a suggested code is not in the table."""
        codes = {one.code for one in register.classifications_of(office_of(self.person).id)}
        return any(one.code not in codes for one in SUGGESTED)

    @expose("/suggest/", methods=("POST",))
    def suggest(self) -> ResponseReturnValue:
        """Isi dengan saran: what the office has stays as it is."""
        begin_write()
        added = suggest(db.session.get_one(Office, self.person.office_id))
        db.session.commit()
        flash(_("%(n)d suggested codes were added. Check each of them.", n=added), "success")
        return redirect(url_for(".index_view"))

    def on_model_change(self, form: Any, model: Classification, is_created: bool) -> None:
        """Every code once, and one code for each kind of letter."""
        model.code, model.title = model.code.strip(), model.title.strip()
        with db.session.no_autoflush:
            same = sa.select(Classification.id).where(
                Classification.office_id == model.office_id,
                Classification.code == model.code,
                Classification.id != (model.id or 0),
            )
            if db.session.scalar(same) is not None:
                raise Incomplete({"code": "code_taken"})
            if kind_twice(model.office_id, model.id, list(model.kinds or ())) is not None:
                raise Incomplete({"kinds": "kind_has_code"})
