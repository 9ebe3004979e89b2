"""Laporan bulanan: the figures of an office for one period, as far as one reader sees its cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.figures.counting import (
    Facts,
    Flow,
    Month,
    by_month,
    concerns,
    flows,
    outcomes,
)
from backoffice.figures.period import Period
from backoffice.figures.reading import Rows, hidden_titles, read
from backoffice.figures.steps import StepKey, StepTime, overdue, step_times
from backoffice.workflow.definition import Procedure
from backoffice.workflow.versions import procedures_of
from models import Office


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a report tells. Groups are named by id or key; whoever shows them words them."""

    period: Period
    total: Flow
    by_version: Mapping[int, Flow]
    by_channel: Mapping[str | None, Flow]
    by_unit: Mapping[int | None, Flow]
    outcomes: Mapping[tuple[int, str], int]
    months: list[Month]
    steps: Mapping[StepKey, StepTime]
    taken_over: int
    hidden: list[str]
    procedures: Mapping[int, Procedure]

    @property
    def is_empty(self) -> bool:
        """Whether no case had to do with the period."""
        return not self.by_version


def sheet_of(person: Person, office: Office, period: Period) -> Sheet:
    """The figures for this reader; about eight statements."""
    rows = read(person, period)
    procedures = procedures_of({one.version_id for one in rows.cases})
    facts = facts_of(rows, period, procedures)
    whole = flows(rows.cases, period, facts, lambda one: None)
    concerned = {one.id for one in rows.cases if concerns(one, period)}
    return Sheet(
        period=period,
        total=whole.get(None, Flow()),
        by_version=flows(rows.cases, period, facts, lambda one: one.version_id),
        by_channel=flows(rows.cases, period, facts, lambda one: one.channel),
        by_unit=flows(rows.cases, period, facts, lambda one: one.unit_id),
        outcomes=outcomes(rows.cases, period),
        months=by_month(rows.cases, period, facts),
        steps=step_times(rows.visits, calendar_of(office)),
        taken_over=len(concerned & rows.taken_over),
        hidden=hidden_titles(person),
        procedures=procedures,
    )


def facts_of(rows: Rows, period: Period, procedures: Mapping[int, Procedure]) -> Facts:
    """What the rows tell beside the cases themselves."""

    def waits(version_id: int, step: str) -> bool:
        procedure = procedures[version_id]
        return procedure.has_step(step) and procedure.waits(procedure.step(step))

    remaining = [one for one in rows.cases if one.closed_at is None or one.closed_at >= period.end]
    late = overdue(remaining, rows.lying, period.end, waits)
    return Facts(kept=rows.kept, taken_over=rows.taken_over, overdue=late)
