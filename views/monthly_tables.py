"""The tables of a monthly report: the same for the page, the workbook and the Word file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from backoffice.figures.counting import Flow
from backoffice.figures.sheet import Sheet
from backoffice.text import _, number
from backoffice.workflow.definition import Procedure
from models import ProcedureVersion, Unit, db
from views import labels
from views.due import span

NOBODY_KNOWS = "–"


class Shape(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"  # 0 to 1
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in characters of a workbook."""

    title: str
    shape: Shape = Shape.COUNT
    width: int = 15


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; None is a figure that nobody knows. The last row may be the sum."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    summed: bool = False

    def words(self) -> list[list[str]]:
        """The rows as the page says them."""
        shapes = [one.shape for one in self.columns]
        return [[in_words(*pair) for pair in zip(row, shapes, strict=True)] for row in self.rows]


def in_words(value: Any, shape: Shape) -> str:
    """One cell: 1.234, 83 %, 2 jam 5 menit."""
    if value is None:
        return NOBODY_KNOWS
    if shape is Shape.COUNT:
        return number(value)
    if shape is Shape.SHARE:
        return percent(value)
    return span(value) if shape is Shape.TIME else str(value)


def percent(share: float) -> str:
    """83 %; all and none are said of all and none only."""
    shown = min(max(round(100 * share), 1 if share > 0 else 0), 99 if share < 1 else 100)
    return f"{shown}\N{NO-BREAK SPACE}%"


def summary(flow: Flow) -> Table:
    """How the remaining cases came about."""
    lines: list[tuple[str, int | None]] = [
        (_("Remaining before"), flow.begun),
        (_("Came in"), flow.came),
        (_("Finished"), flow.finished),
        (_("– of these on time"), flow.on_time),
        (_("– of these late"), flow.late),
        (_("– of these without a standard or a known time"), flow.finished - flow.judged),
        (_("Joined to another case (finished there)"), flow.joined),
        (_("Withdrawn by the citizen"), flow.withdrawn),
        (_("Void"), flow.void),
        (_("Remaining at the end"), flow.remaining),
        (_("– of these late, at the end"), flow.overdue),
    ]
    columns = (Column(_("Figure"), Shape.TEXT, 52), Column(_("Cases")))
    return Table("ringkasan", _("Summary"), columns, tuple(lines))


def flow_columns(head: str) -> tuple[Column, ...]:
    """The columns of every table of cases."""
    return (
        Column(head, Shape.TEXT, 44),
        Column(_("Remaining before")),
        Column(_("Came in")),
        Column(_("Finished")),
        Column(_("of these late")),
        Column(_("Left unfinished"), width=16),
        Column(_("Remaining at the end")),
        Column(_("of these late now")),
    )


def flow_row(name: str, flow: Flow, *, has_standard: bool = True) -> tuple[Any, ...]:
    """One group; what is late is unknown where no standard tells."""
    unknown = flow.finished > 0 and not flow.judged
    return (
        name,
        flow.begun,
        flow.came,
        flow.finished,
        None if unknown else flow.late,
        flow.left_otherwise,
        flow.remaining,
        flow.overdue if has_standard else None,
    )


def flow_table(
    key: str, title: str, head: str, rows: Iterable[tuple[Any, ...]], total: Flow
) -> Table:
    """The groups in the order of their names, and their sum."""
    found = sorted(rows, key=lambda one: str(one[0]).casefold())
    found.append(flow_row(_("Sum"), total))
    return Table(key, title, flow_columns(head), tuple(found), summed=True)


def by_procedure(sheet: Sheet, titles: Mapping[int, str]) -> Table:
    """One line for each SOP."""
    rows = (
        flow_row(titles[key], flow, has_standard=has_standard(sheet.procedures[key]))
        for key, flow in sheet.by_version.items()
    )
    return flow_table("sop", _("By SOP"), _("SOP"), rows, sheet.total)


def has_standard(procedure: Procedure) -> bool:
    """Whether the paper names any time at all."""
    return procedure.time_limit is not None or any(one.time for one in procedure.steps)


def by_channel(sheet: Sheet) -> Table:
    """One line for each channel."""
    rows = (
        flow_row(
            str(labels.CHANNELS.get(key, key)) if key else _("Channel not recorded"),
            flow,
        )
        for key, flow in sheet.by_channel.items()
    )
    return flow_table("saluran", _("By channel"), _("Channel"), rows, sheet.total)


def by_unit(sheet: Sheet) -> Table:
    """One line for each unit."""
    query = select(Unit.id, Unit.name).where(Unit.id.in_([key for key in sheet.by_unit if key]))
    names = {row.id: row.name for row in db.session.execute(query)}
    rows = (
        flow_row(names[key] if key else _("Not given to a unit"), flow)
        for key, flow in sheet.by_unit.items()
    )
    return flow_table("bidang", _("By unit"), _("Unit"), rows, sheet.total)


def by_outcome(sheet: Sheet) -> Table:
    """How the finished cases ended, the most frequent first."""
    counts: dict[str, int] = {}
    for (version_id, key), n in sheet.outcomes.items():
        label = outcome_label(sheet.procedures[version_id], key)
        counts[label] = counts.get(label, 0) + n
    all_of_them = sum(counts.values())
    rows = [
        (label, n, n / all_of_them)
        for label, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    if rows:
        rows.append((_("Sum"), all_of_them, 1.0))
    columns = (
        Column(_("Outcome"), Shape.TEXT, 52),
        Column(_("Finished")),
        Column(_("Share"), Shape.SHARE),
    )
    return Table("hasil", _("By outcome"), columns, tuple(rows), summed=bool(rows))


def outcome_label(procedure: Procedure, key: str) -> str:
    """The word of the SOP for an end."""
    found = next((one.label for one in procedure.outcomes if one.key == key), key)
    return found or _("Outcome not recorded")


def titles_of(sheet: Sheet) -> dict[int, str]:
    """What each SOP is called; its version only where there are several."""
    query = select(ProcedureVersion.id, ProcedureVersion.code, ProcedureVersion.version)
    rows = db.session.execute(query.where(ProcedureVersion.id.in_(sheet.procedures))).all()
    codes = [row.code for row in rows]
    return {
        row.id: sheet.procedures[row.id].title
        if codes.count(row.code) == 1
        else _("%(sop)s (version %(n)d)", sop=sheet.procedures[row.id].title, n=row.version)
        for row in rows
    }


def by_months(sheet: Sheet, names: Sequence[str]) -> Table:
    """The last months, as the chart shows them."""
    rows = tuple(
        (name, one.came, one.finished, one.on_time, one.late, one.finished - one.on_time - one.late)
        for name, one in zip(names, sheet.months, strict=True)
    )
    columns = (
        Column(_("Month"), Shape.TEXT, 20),
        Column(_("Came in")),
        Column(_("Finished")),
        Column(_("On time")),
        Column(_("Late")),
        Column(_("Cannot be judged"), width=18),
    )
    return Table("bulan", _("The last months"), columns, rows)
