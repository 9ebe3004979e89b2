"""The steps of the SOPs in a monthly report: working time beside the standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from backoffice.figures.sheet import Sheet
from backoffice.figures.steps import StepTime
from backoffice.text import _
from backoffice.workflow.deadlines import standard_of
from models import Office
from views.kinds import roles_of
from views.monthly_tables import NOBODY_KNOWS, Column, Shape, Table
from views.sop_table import who_works


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the words of its SOP, with its times."""

    sop: str
    row: str
    activity: str
    who: str
    standard: str
    waits: bool
    time: StepTime


def step_lines(sheet: Sheet, titles: Mapping[int, str], office: Office) -> list[StepLine]:
    """Every step that a case left in the period, in the order of the papers."""
    roles = roles_of(office.id).titles
    found = []
    for version_id, procedure in sorted(sheet.procedures.items(), key=lambda one: titles[one[0]]):
        for step in procedure.steps:
            time = sheet.steps.get((version_id, step.key))
            if time is None:
                continue
            standard = standard_of(procedure, step)
            found.append(
                StepLine(
                    sop=titles[version_id],
                    row=procedure.row_of(step).row or NOBODY_KNOWS,
                    activity=step.activity,
                    who=who_works(procedure, step, roles),
                    standard=str(standard) if standard is not None else _("none yet"),
                    waits=procedure.waits(step),
                    time=time,
                )
            )
    return found


STEP_WIDTHS = {"activity": 60, "who": 34, "time": 22}


def step_table(title: str, lines: Iterable[StepLine]) -> Table:
    """The steps of one SOP; where somebody outside was waited for nothing is judged."""
    columns = (
        Column(_("No."), Shape.TEXT, 6),
        Column(_("Activity"), Shape.TEXT, STEP_WIDTHS["activity"]),
        Column(_("Carried out by"), Shape.TEXT, STEP_WIDTHS["who"]),
        Column(_("Times"), width=8),
        Column(_("Median working time"), Shape.TIME, STEP_WIDTHS["time"]),
        Column(_("Standard"), Shape.TEXT, 18),
        Column(_("Late"), width=10),
        Column(_("On time"), Shape.SHARE),
    )
    return Table("langkah", title, columns, tuple(step_row(one) for one in lines))


def step_row(line: StepLine) -> tuple[Any, ...]:
    """One step."""
    time = line.time
    return (
        line.row,
        line.activity,
        line.who,
        time.visits,
        time.median,
        _("waiting, not counted") if line.waits else line.standard,
        time.late if time.judged else None,
        time.on_time / time.judged if time.judged else None,
    )


def step_tables(lines: Sequence[StepLine]) -> list[Table]:
    """One table for each SOP."""
    sops = dict.fromkeys(one.sop for one in lines)
    return [step_table(sop, [one for one in lines if one.sop == sop]) for sop in sops]


def minutes(time: timedelta) -> int:
    """Whole minutes, as a workbook counts them."""
    return time // timedelta(minutes=1)
