"""What a case was asked under an SOP it ran on before it was moved to another variant."""

from __future__ import annotations

from collections.abc import Collection

from backoffice.workflow.definition import Field, Procedure, RecordForm
from backoffice.workflow.versions import procedures_of
from models import Case


def fields_of(case: Case, procedure: Procedure) -> tuple[Field, ...]:
    """The fields of its SOP, then those of earlier ones that were answered."""
    known = {one.key for one in procedure.fields}
    if known >= case.answers.keys():
        return procedure.fields
    more = {one.key: one for sop in _before(case) for one in sop.fields if one.key not in known}
    return (*procedure.fields, *more.values())


def forms_of(case: Case, procedure: Procedure, filled: Collection[str]) -> dict[str, RecordForm]:
    """Record key -> form, for every record that was filled."""
    found = {form.key: form for form in procedure.records}
    if not found.keys() >= set(filled):
        for sop in _before(case):
            for form in sop.records:
                found.setdefault(form.key, form)
    return found


def _before(case: Case) -> list[Procedure]:
    """The SOPs it ran on before, the newest first."""
    ids = [event.data.get("before", {}).get("version_id") for event in reversed(case.events)]
    once = [one for one in dict.fromkeys(ids) if one not in (None, case.procedure_version_id)]
    found = procedures_of(once) if once else {}
    return [found[one] for one in once]
