"""Laporan bulanan: what came, what was finished, what remained and what was late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from markupsafe import Markup

from backoffice.errors import Refusal
from backoffice.figures import painting
from backoffice.figures.period import Period, Span, moved, period_of
from backoffice.figures.sheet import sheet_of
from backoffice.text import _l, number
from models import Office
from views import export
from views.monthly_book import workbook
from views.monthly_paper import TYPE as WORD_TYPE
from views.monthly_paper import paper
from views.monthly_report import Report, report_of, steps_title
from views.monthly_words import SPANS, Chart, month_name
from views.personal import CasesPage
from views.rows import office_of
from views.session import today, utc_now
from views.tree import GROUP
from views.uploads import settings
from views.wording import word

MOST_MONTHS = 24  # offered; any other stands in the address


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a select."""

    value: str
    label: str
    chosen: bool


class MonthlyView(CasesPage):
    """For whoever may meet cases: the figures of those he sees."""

    def __init__(self) -> None:
        super().__init__(
            name=_l("Monthly report"), category=GROUP, endpoint="laporan", url="/laporan-bulanan"
        )

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """The figures of one month, with their charts."""
        return self.answer(self.page)

    @expose("/excel/")
    def excel(self) -> ResponseReturnValue:
        """The same tables as a workbook."""
        return self.answer(lambda report: download(workbook(report), export.TYPE, "xlsx", report))

    @expose("/word/")
    def word(self) -> ResponseReturnValue:
        """The same as a report to be signed."""
        return self.answer(lambda report: download(paper(report), WORD_TYPE, "docx", report))

    def answer(self, made: Callable[[Report], ResponseReturnValue]) -> ResponseReturnValue:
        """The report of the month that is asked for, or why there is none."""
        person, now = self.person, utc_now()
        office = office_of(person)
        try:
            period = asked_period(office, now)
        except Refusal as refusal:
            return self.refused(office, refusal), 422
        sheet = sheet_of(person, office, period)
        found: ResponseReturnValue = made(report_of(sheet, person, office, now))
        return found

    def page(self, report: Report) -> str:
        """The report on the screen."""
        period = report.sheet.period
        page: str = self.render(
            "office/monthly.html",
            report=report,
            number=number,
            charts=[drawn(one) for one in (report.finished, report.slow) if one is not None],
            steps_title=steps_title(),
            files=f"bulan={period.month:%Y-%m}&rentang={period.span}",
            before=neighbour(period, -1),
            after=neighbour(period, 1) if not period.running else None,
            **self.form(period.month, period.span),
        )
        return page

    def refused(self, office: Office, refusal: Refusal) -> str:
        """The form again, with what is wrong with the month."""
        page: str = self.render(
            "office/monthly.html",
            report=None,
            fault=word(refusal),
            **self.form(today().replace(day=1), Span.MONTH),
        )
        return page

    def form(self, month: date, span: Span) -> dict[str, Any]:
        """What may be chosen."""
        latest = today().replace(day=1)
        months = [moved(latest, -n) for n in range(MOST_MONTHS)]
        months += [month] if month not in months else []
        return {
            "months": [Choice(f"{one:%Y-%m}", month_name(one), one == month) for one in months],
            "spans": [Choice(key, str(label), key == span) for key, label in SPANS.items()],
        }


def asked_period(office: Office, now: datetime) -> Period:
    """The period in the address; a Refusal where it is none."""
    asked = request.args.get("bulan", "").strip()
    return period_of(asked, request.args.get("rentang", ""), zone=office.timezone, now=now)


def neighbour(period: Period, by: int) -> tuple[str, str]:
    """Name and address of the month before or after, with as much counted as here."""
    other = moved(period.month, by)
    span = "" if period.span is Span.MONTH else f"&rentang={period.span}"
    return month_name(other), f"?bulan={other:%Y-%m}{span}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as the page shows it: for a desk and for a phone."""

    chart: Chart
    wide: Markup
    narrow: Markup


def drawn(chart: Chart) -> Drawn:
    """Paint a chart, or take it from where it was painted before; nothing where it has no bar.

    The figures stand in the tables, too: nobody loses the report over a picture.
    """
    if not chart.has_bars:
        return Drawn(chart, Markup(), Markup())
    data_dir = settings().data_dir
    try:
        wide = painting.svg(chart.wide, chart.label, "wide", data_dir)
        narrow = painting.svg(chart.narrow, chart.label, "slim", data_dir)
    except painting.FAILURES:
        current_app.logger.exception("no chart")
        return Drawn(chart, Markup(), Markup())
    # Made by the painter from figures; the words in it were escaped there.
    return Drawn(chart, Markup(wide), Markup(narrow))  # noqa: S704


def download(data: bytes, kind: str, ending: str, report: Report) -> Response:
    """A file to keep."""
    answer = Response(data, mimetype=kind)
    name = f"{report.file_name}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
