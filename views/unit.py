"""Bidang, bagian, seksi: the units of the office."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import joinedload

from backoffice.text import _l
from models import Unit
from views.settings import KeyedView, give_key, refuse_circle


class UnitView(KeyedView):
    """Units; SOPs name them by their key."""

    model = Unit
    slug = "bidang"
    title = _l("Units")
    lead = _l("The parts of the office, by which its posts and cases are grouped.")
    new_label = _l("Add a unit")
    can_delete = can_view_details = can_export = True
    column_list = ("name", "parent", "key")
    column_details_list = ("name", "parent", "key")
    column_labels = {
        "name": _l("Name"),
        "parent": _l("Part of"),
        "key": _l("Key in the SOPs"),
    }
    column_searchable_list = ("name", "key")
    form_columns = ("name", "parent", "key")

    def get_query(self) -> Any:
        """With the unit above, so that no row asks for its own."""
        return super().get_query().options(joinedload(Unit.parent))

    def on_model_change(self, form: Any, model: Unit, is_created: bool) -> None:
        """A key of its own; no unit within itself."""
        if "key" in form:
            give_key(model, model.name)
        refuse_circle(model, "parent")
