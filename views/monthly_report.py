"""A monthly report put together: what the page, the workbook and the Word file all show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backoffice.actor import Person
from backoffice.figures.period import Period, Span
from backoffice.figures.sheet import Sheet
from backoffice.text import _
from models import Office
from views import monthly_steps as steps
from views import monthly_tables as tables
from views.monthly_tables import Table
from views.monthly_words import (
    Chart,
    finished_chart,
    month_name,
    notes,
    period_name,
    scope_words,
    step_chart,
)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is shown, in order."""

    person: Person
    office: Office
    now: datetime
    sheet: Sheet
    period: str
    scope: str
    summary: Table
    groups: tuple[Table, ...]
    months: Table
    steps: tuple[Table, ...]
    finished: Chart
    slow: Chart | None
    notes: list[str]

    @property
    def file_name(self) -> str:
        """Without its ending: laporan-bulanan-2026-01, laporan-tahun-2026-03."""
        period: Period = self.sheet.period
        kind = "bulanan" if period.span is Span.MONTH else str(period.span)
        return f"laporan-{kind}-{period.month:%Y-%m}"


def report_of(sheet: Sheet, person: Person, office: Office, now: datetime) -> Report:
    """The report of these figures."""
    titles = tables.titles_of(sheet)
    lines = steps.step_lines(sheet, titles, office)
    return Report(
        person=person,
        office=office,
        now=now,
        sheet=sheet,
        period=period_name(sheet.period),
        scope=scope_words(person),
        summary=tables.summary(sheet.total),
        groups=(
            tables.by_procedure(sheet, titles),
            tables.by_channel(sheet),
            tables.by_unit(sheet),
            tables.by_outcome(sheet),
        ),
        months=tables.by_months(sheet, [month_name(one.month) for one in sheet.months]),
        steps=tuple(steps.step_tables(lines)),
        finished=finished_chart(sheet),
        slow=step_chart(lines),
        notes=notes(sheet, person, now),
    )


def steps_title() -> str:
    """Above the tables of steps."""
    return _("Working time at each step, beside its standard")
