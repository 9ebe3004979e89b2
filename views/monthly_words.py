"""What a monthly report says: its period, whose cases it counts, its findings and its notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from backoffice.access import SEES_ALL
from backoffice.actor import Person
from backoffice.figures.charts import Bar, Legend, Spec, columns, rows
from backoffice.figures.counting import Month
from backoffice.figures.period import Period, Span
from backoffice.figures.sheet import Sheet
from backoffice.text import LOCALE, _, _l, long_moment, number, zone_name
from views.monthly_steps import StepLine
from views.monthly_tables import percent

MOST_BARS = 8
SPANS = {
    Span.MONTH: _l("This month alone"),
    Span.QUARTER: _l("The quarter so far"),
    Span.YEAR: _l("The year so far"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart under its finding; `label` is read to whoever does not see it."""

    key: str
    finding: str
    remark: str
    label: str
    wide: Spec
    narrow: Spec
    has_bars: bool = True


def month_name(month: date) -> str:
    """Januari 2026."""
    return str(format_date(month, "MMMM y", LOCALE))


def short_month(month: date) -> str:
    """Jan."""
    return str(format_date(month, "MMM", LOCALE))


def period_name(period: Period) -> str:
    """Januari 2026, or Januari sampai Maret 2026."""
    if period.first == period.month:
        return month_name(period.month)
    first = format_date(period.first, "MMMM", LOCALE)
    return _("%(first)s to %(last)s", first=first, last=month_name(period.month))


def scope_words(person: Person) -> str:
    """Whose cases are counted."""
    if person.capabilities & SEES_ALL:
        return _("All cases of the office")
    posts = ", ".join(
        post.title for key, post in person.staffing.posts.items() if key in person.own_post_ids
    )
    if person.beneath_post_ids:
        return _("Cases of %(posts)s and of the posts beneath", posts=posts)
    return _("Cases that came to the desk of %(posts)s", posts=posts)


# -- findings --------------------------------------------------------------------------------


def legend() -> Legend:
    """What the shades mean."""
    return Legend(_("On time"), _("Cannot be judged"), _("Late"))


def finished_chart(sheet: Sheet) -> Chart:
    """How many were finished on time, over the last months."""
    bars = [
        Bar(
            name=short_month(one.month),
            on_time=one.on_time,
            unjudged=one.finished - one.on_time - one.late,
            late=one.late,
            total=_("%(n)s late", n=number(one.late)) if one.late else "",
            short=number(one.late) if one.late else "",
        )
        for one in sheet.months
    ]
    finding = finished_finding(sheet)
    months = [month_name(one.month) for one in (sheet.months[0], sheet.months[-1])]
    label = _("Cases finished from %(first)s to %(last)s.", first=months[0], last=months[1])
    title = _("Cases finished")
    return Chart(
        "selesai",
        finding,
        worst_month(sheet.months),
        f"{finding} {label} {_('The figures stand in the table below.')}",
        columns(bars, legend(), title),
        columns(bars, legend(), title, narrow=True),
        has_bars=any(bar.size for bar in bars),
    )


def finished_finding(sheet: Sheet) -> str:
    """243 dari 294 berkas selesai tepat waktu (83 %)."""
    flow = sheet.total
    if not flow.finished:
        return _("No case was finished in %(period)s.", period=period_name(sheet.period))
    if not flow.judged:
        return _(
            "%(n)s cases were finished; whether on time nobody can say.", n=number(flow.finished)
        )
    return _(
        "%(on)s of %(all)s cases were finished on time (%(share)s).",
        on=number(flow.on_time),
        all=number(flow.judged),
        share=percent(flow.on_time / flow.judged),
    )


def worst_month(months: Sequence[Month]) -> str:
    """Which of the months had most late ones; nothing where several had as many."""
    others, worst = sorted(months, key=lambda one: one.late)[-2:]
    if worst.late == others.late:
        return ""
    return _(
        "Of the last months %(month)s had most late ones: %(n)s.",
        month=month_name(worst.month),
        n=number(worst.late),
    )


def step_chart(lines: Sequence[StepLine]) -> Chart | None:
    """The steps that were late most often; none where nothing can be judged."""
    judged = [one for one in lines if one.time.judged]
    if not judged:
        return None
    shown = sorted(judged, key=lambda one: (-one.time.late, -one.time.judged))[:MOST_BARS]
    bars = [
        Bar(
            name=f"{one.row}. {one.who}|{one.sop}",
            on_time=one.time.on_time,
            unjudged=0,
            late=one.time.late,
            total=_("%(n)s of %(all)s late", n=number(one.time.late), all=number(one.time.judged)),
            short=f"{number(one.time.late)}/{number(one.time.judged)}",
        )
        for one in {(one.row, one.who, one.sop): one for one in reversed(shown)}.values()
    ][::-1]
    finding = step_finding(judged, shown[0])
    title = _("Times that a case was at the step")
    return Chart(
        "langkah",
        finding,
        _("Each stay at a step is counted for itself, also after a return."),
        f"{finding} {_('The figures stand in the table below.')}",
        rows(bars, legend(), title),
        rows(bars, legend(), title, narrow=True),
    )


def step_finding(judged: Sequence[StepLine], worst: StepLine) -> str:
    """Where it was late most often."""
    if not worst.time.late:
        return _(
            "Every step was left within its time (%(n)s times).",
            n=number(sum(one.time.judged for one in judged)),
        )
    return _(
        "Most often late: step %(row)s, %(who)s (%(n)s of %(all)s times).",
        row=worst.row,
        who=worst.who,
        n=number(worst.time.late),
        all=number(worst.time.judged),
    )


# -- notes -----------------------------------------------------------------------------------


def notes(sheet: Sheet, person: Person, now: datetime) -> list[str]:
    """What one must know to read the figures."""
    return [*_counted(sheet, now), *_left_out(sheet, person), *_how()]


def _counted(sheet: Sheet, now: datetime) -> Iterator[str]:
    zone = sheet.period.zone
    moment = f"{long_moment(now, zone)} {zone_name(zone)}"
    if sheet.period.running:
        yield _("The month is not over: counted up to %(moment)s.", moment=moment)
    else:
        yield _("Counted on %(moment)s from what was recorded by then.", moment=moment)
    flow = sheet.total
    if flow.joined:
        yield _(
            "%(n)s cases were joined to another one. They are not counted as finished: the case "
            "that goes on is counted once, when it is finished.",
            n=number(flow.joined),
        )
    if flow.withdrawn or flow.void:
        yield _(
            "Left without being finished: %(withdrawn)s withdrawn by the citizen, %(void)s void.",
            withdrawn=number(flow.withdrawn),
            void=number(flow.void),
        )
    if sheet.taken_over:
        yield _(
            "%(n)s cases were taken over from the paper register. The times of their steps before "
            "that are unknown and not guessed; without a late step here they are not judged.",
            n=number(sheet.taken_over),
        )


def _left_out(sheet: Sheet, person: Person) -> Iterator[str]:
    yield _("Counted: %(scope)s.", scope=scope_words(person))
    if sheet.hidden:
        yield _(
            "Confidential: %(sops)s. Only cases that came to your own desk are counted of these; "
            "the others are left out.",
            sops=", ".join(sheet.hidden),
        )


def _how() -> Iterator[str]:
    yield _(
        "A finished case is late when the promise for the whole of it was broken; where its SOP "
        "makes none, when a step was left after its time. A remaining one is late when its step or "
        "that promise was past due at the end of the period."
    )
    yield _(
        "Working time counts office hours only. Steps that were cut short by joining, withdrawing "
        "or voiding the case are not counted."
    )
