"""The monthly report as a Word file: with the kop of the office, to be signed and sent on."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import current_app

from backoffice.access import SEES_ALL
from backoffice.figures import painting
from backoffice.figures.paper import Paper
from backoffice.letters.kop import logo_of
from backoffice.letters.signing import Signer, head_of, signature, signer_of
from backoffice.letters.values import letterhead
from backoffice.text import _, plain_date
from models import Post
from views.monthly_report import Report, steps_title
from views.monthly_tables import Shape, Table
from views.monthly_words import Chart

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS = {Shape.TEXT: 3.0, Shape.COUNT: 1.1, Shape.SHARE: 1.1, Shape.TIME: 1.7}
STEP_WIDTHS = (0.7, 4.1, 2.7, 0.9, 1.5, 1.9, 1.2, 1.1)


def paper(report: Report) -> bytes:
    """The bytes of the .docx file."""
    title = _("Report on services: %(period)s", period=report.period)
    made = Paper(title, report.now)
    head = letterhead(report.office)
    made.letterhead(head, logo_of(report.office))
    made.title(_("REPORT ON SERVICES"), report.period.upper())
    made.words(_("%(scope)s, %(period)s.", scope=report.scope, period=report.period))
    if report.sheet.is_empty:
        made.words(_("No case in %(period)s.", period=report.period))
    else:
        _figures(made, report)
    made.heading(_("Notes"))
    made.items(report.notes)
    today = plain_date(report.now.astimezone(ZoneInfo(report.office.timezone)).date())
    made.signature(f"{head['tempat']}, {today}", signature(signer(report)))
    return made.saved()


def _figures(made: Paper, report: Report) -> None:
    made.heading(report.finished.finding)
    if report.finished.remark:
        made.words(report.finished.remark, keep=report.finished.has_bars)
    _picture(made, report.finished)
    _table(made, report.summary)
    for table in report.groups:
        if table.rows:
            _table(made, table)
    made.heading(steps_title())
    if report.slow is not None:
        made.words(report.slow.finding, keep=True)
        _picture(made, report.slow)
    for table in report.steps:
        _table(made, table, STEP_WIDTHS)


def _picture(made: Paper, chart: Chart) -> None:
    """The chart; without it the tables say the same."""
    if not chart.has_bars:
        return
    try:
        made.picture(painting.png(chart.wide), chart.label)
    except painting.FAILURES:
        current_app.logger.exception("no chart")


def _table(made: Paper, table: Table, widths: tuple[float, ...] = ()) -> None:
    made.heading(table.title)
    shapes = [column.shape for column in table.columns]
    made.table(
        [column.title for column in table.columns],
        table.words(),
        widths or [WIDTHS[shape] for shape in shapes],
        words=frozenset(place for place, shape in enumerate(shapes) if shape is Shape.TEXT),
        summed=table.summed,
    )


def signer(report: Report) -> Signer:
    """The head signs for the office; who counts less than that signs himself."""
    post = signing_post(report)
    return signer_of(post, report.now) if post is not None else Signer()


def signing_post(report: Report) -> Post | None:
    """The head of the office, or the reader's own first post."""
    if report.person.capabilities & SEES_ALL:
        return head_of(report.office.id)
    own = (one.post for one in report.person.actors if one.for_post is None)
    return next(own, None)
