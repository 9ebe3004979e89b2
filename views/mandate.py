"""Mandat tanda tangan: which post signs in the name of which other one, a.n. and u.b."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import joinedload

from backoffice.letters import mandates
from backoffice.text import _l
from models import Mandate, db
from views import spans
from views.fields import LineField
from views.settings import SettingsView


class MandateView(SettingsView):
    """Mandates. Only the block under a letter follows from them; who may approve says the SOP."""

    model = Mandate
    slug = "mandat"
    title = _l("Signing for another post")
    lead = _l(
        "Which post signs in the name of which other one: a.n., and u.b. where that one signs "
        "a.n. a third. It is the block under letters; who approves them says the SOP."
    )
    new_label = _l("Enter a mandate")
    can_delete = can_view_details = can_export = True
    column_default_sort = ("id", True)
    column_list = ("post", "for_post", "from_at", "until_at", "state")
    column_details_list = (*column_list, "letter_number", "letter_on")
    column_labels = {
        "post": _l("Post that signs"),
        "for_post": _l("In the name of"),
        "from_at": _l("From"),
        "until_at": _l("Until"),
        "state": _l("Time"),
        "letter_number": _l("Number of the letter of mandate"),
        "letter_on": _l("Date of that paper"),
    }
    column_formatters = spans.FORMATTERS
    column_filters = (spans.time_filter(Mandate),)
    form_columns = ("post", "for_post", *spans.SPAN, "letter_number", "letter_on")
    form_extra_fields = {
        **spans.FIELDS,
        "letter_number": LineField(_l("Number of the letter of mandate"), longest=120),
    }
    form_args = {
        "post": {"description": _l("Its holder signs the letters that this post approves.")},
        "for_post": {"description": _l("It stands above the block, after a.n.")},
    }

    def build_new_instance(self) -> Any:
        """A mandate has no office of its own: its posts have."""
        return Mandate()

    def edit_form(self, obj: Any = None) -> Any:
        """With the days as they stand."""
        form = super().edit_form(obj)
        spans.show(form, obj)
        return form

    def get_query(self) -> Any:
        """With both posts, so that no row asks for its own."""
        return super().get_query().options(joinedload(Mandate.post), joinedload(Mandate.for_post))

    def on_model_change(self, form: Any, model: Mandate, is_created: bool) -> None:
        """One at a time, upwards, and no longer than a block has lines."""
        with db.session.no_autoflush:
            spans.take(form, model)
            mandates.refuse(model)
