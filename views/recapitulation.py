"""Rekapan: the list through which the cases of a batch are decided on together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from jinja2 import pass_context
from sqlalchemy.orm import joinedload, selectinload

from backoffice import access
from backoffice.errors import Incomplete, Refusal
from backoffice.letters import drafting
from backoffice.letters.kinds import LetterKind
from backoffice.letters.offering import offered_of_list
from backoffice.text import _, _l, short_moment
from backoffice.workflow.bulk import BatchReport, perform_batch
from backoffice.workflow.definition import Action
from backoffice.workflow.versions import definition_of
from models import Assignment, Case, Recapitulation, RecapitulationRow, db
from views import labels
from views.base import OfficeView
from views.case_papers import word_file
from views.fields import cleaned, small_int
from views.form_inputs import told
from views.kinds import meets_cases, office_kinds
from views.many_letters import Asked, answer
from views.recap_form import RecapForm, forms_of
from views.rows import RowMaker, case_url, office_of
from views.session import is_resumed, resumes, utc_now
from views.summary import in_words
from views.times import Tag
from views.wording import word


class RecapitulationView(OfficeView):
    """Lists of cases that are decided on as one."""

    model = Recapitulation
    slug = "rekapan"
    title = _l("Recapitulations")
    lead = _l("Lists on which the head of the office decides on several cases at once.")
    can_view_details = True
    column_list = ("name", "state", "rows", "opened_at", "frozen_at")
    column_labels = {
        "name": _l("Recapitulation"),
        "state": _l("State"),
        "rows": _l("Rows"),
        "opened_at": _l("Opened"),
        "frozen_at": _l("Frozen"),
    }

    def is_visible(self) -> bool:
        """In the menu of offices that decide on lists, for who may meet their cases."""
        return "aid_proposal" in office_kinds(self.person) and meets_cases(self.person)

    def get_query(self) -> Any:
        """With the rows, to count them."""
        return super().get_query().options(selectinload(Recapitulation.rows))

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell."""
        return self.cell(model, name)

    def cell(self, row: Recapitulation, name: str) -> Any:
        """One cell in words."""
        match name:
            case "name":
                return f"{batch_words(row)} #{row.id}"
            case "state":
                return state_tag(row)
            case "rows":
                return sum(one.left_at is None for one in row.rows)
        moment = getattr(row, name)
        return short_moment(moment, self.office_zone()) if moment else ""

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """The list with a form for every step at which the person may act."""
        recap = self.one_or_404()
        return self.page(recap, forms_of(self.live(recap), self.person, utc_now()))

    @expose("/paper/")
    def paper(self) -> ResponseReturnValue:
        """The list as a Word file, in a form the SOP names; 404 for any other."""
        recap = self.one_or_404()
        cases = standing(recap, self.on_list(recap))
        kind = request.args.get("kind", "")
        if kind not in {one.key for one in lists_of(cases)}:
            abort(404)
        data = drafting.list_paper(recap, cases, kind, now=utc_now())
        return word_file(data, f"{kind}-{recap.id}.docx")

    @expose("/letters/", methods=("GET", "POST"))
    def letters(self) -> ResponseReturnValue:
        """A letter for each case on the list, or for those that are left ticked."""
        recap = self.get_one(request.values.get("id", "")) or abort(404)
        ids = [one.id for one in self.live(recap)]
        if ticked := request.method == "POST" and not request.form.get("all"):
            chosen = set(self.chosen_ids())
            ids = [one for one in ids if one in chosen]
        back = f"/{self.slug}/details/?id={recap.id}"
        action = f"/{self.slug}/letters/?id={recap.id}"
        source = f"{batch_words(recap)} #{recap.id}"
        asked = Asked(ids=ids, ticked=ticked, action=action, back=back, source=source)
        return answer(self, asked)

    @resumes
    @expose("/act/", methods=("POST",))
    def act(self) -> ResponseReturnValue:
        """Perform what was chosen per row; rows that are refused stay on the page with why."""
        recap = self.get_one(request.form.get("id", "")) or self.one_or_404()
        found = forms_of(self.live(recap), self.person, utc_now())
        step = cleaned(request.form.get("step"))
        table = next((one for one in found if one.step == step), None)
        if table is None:
            return self.page(recap, found, word(Refusal())), 422
        table.form.read(request.form, request.files)
        if is_resumed():
            return self.page(recap, found)
        chosen = list(table.chosen())
        table.receive(request.form, f"{self.person.user_id}-rekapan-{recap.id}-{step}")
        table.check()
        if not chosen or table.form.wrong:
            message = word(Incomplete()) if chosen else _("Choose a decision for at least one row.")
            return self.page(recap, found, message), 422
        return self.decide(recap, found, table)

    def decide(
        self, recap: Recapitulation, found: list[RecapForm], table: RecapForm
    ) -> ResponseReturnValue:
        """Every way goes as one action over its rows."""
        try:
            report = self.perform(recap, table)
        except Refusal as refusal:
            return self.page(recap, found, told(table.form, refusal)), refusal.status
        if report.moved:
            flash(_("%(n)s rows were decided on.", n=len(report.moved)), "success")
        if not report.refused:
            return redirect(f"/{self.slug}/details/?id={recap.id}")
        again = forms_of(self.live(self.get_one(str(recap.id))), self.person, utc_now())
        fresh = next((one for one in again if one.step == table.step), None)
        if fresh is not None:
            fresh.form.read(request.form)
            fresh.kept = table.kept
            for case_id, reason in report.refused.items():
                fresh.refuse(case_id, reason)
        names = ", ".join(str(db.session.get_one(Case, one).number) for one in report.refused)
        message = _("Not decided: %(names)s. The reasons stand beside the rows.", names=names)
        return self.page(self.get_one(str(recap.id)), again, message), 422

    def perform(self, recap: Recapitulation, table: RecapForm) -> BatchReport:
        """Act on the rows of each way together."""
        actor, now = table.actor(), utc_now()
        plans: dict[str, dict[int, Any]] = {}
        for row, way in table.chosen():
            plans.setdefault(way.key, {})[row.case.id] = table.inputs(row)
        seen = {one.case.id: seen_version(one.case.id) for one in table.rows}
        report = BatchReport()
        for key, rows in plans.items():
            part = perform_batch(recap, key, rows, seen=seen, actor=actor, now=now)  # type: ignore[arg-type]
            report.moved += part.moved
            report.refused.update(part.refused)
        return report

    def live(self, recap: Recapitulation) -> list[Case]:
        """The cases that stand on the list and lie open to this person."""
        query = (
            sa.select(Case)
            .join(RecapitulationRow, RecapitulationRow.case_id == Case.id)
            .where(
                RecapitulationRow.recapitulation_id == recap.id,
                RecapitulationRow.left_at.is_(None),
                access.sees_case(self.person),
            )
            .order_by(Case.id)
            .options(
                joinedload(Case.office),
                joinedload(Case.procedure_version),
                selectinload(Case.parties),
                selectinload(Case.events),
                selectinload(Case.assignments).joinedload(Assignment.post),
            )
        )
        return list(db.session.scalars(query))

    def page(self, recap: Recapitulation, found: Sequence[RecapForm], message: str = "") -> str:
        """The list: what may be decided first, then every row, struck ones too."""
        cases = self.on_list(recap)
        maker = RowMaker(self.person, office_of(self.person), utc_now())
        left = {one.case_id: one.left_at for one in recap.rows}
        lines = [
            {"row": row, "struck": was_struck(case, left.get(case.id)), "facts": facts(case)}
            for row, case in zip(maker.rows(cases), cases, strict=True)
        ]
        page: str = self.render(
            "case/recapitulation.html",
            recap=recap,
            name=f"{batch_words(recap)} #{recap.id}",
            state=state_tag(recap),
            opened=short_moment(recap.opened_at, self.office_zone()),
            frozen=short_moment(recap.frozen_at, self.office_zone()) if recap.frozen_at else "",
            forms=found,
            lines=lines,
            papers=lists_of(standing(recap, cases)),
            message=message,
            facts_of=facts,
            subject_of=labels.subject_of,
            url_of=lambda case: case_url(case.id, case.kind),
        )
        return page

    def on_list(self, recap: Recapitulation) -> list[Case]:
        """Every case that is or was on the list, as far as it lies open to this person."""
        query = (
            sa.select(Case)
            .join(RecapitulationRow, RecapitulationRow.case_id == Case.id)
            .where(RecapitulationRow.recapitulation_id == recap.id, access.sees_case(self.person))
            .order_by(RecapitulationRow.id)
            .options(joinedload(Case.procedure_version), selectinload(Case.events))
        )
        return list(dict.fromkeys(db.session.scalars(query)))


def standing(recap: Recapitulation, cases: Sequence[Case]) -> list[Case]:
    """The cases that were not taken off the list."""
    left = {one.case_id: one.left_at for one in recap.rows}
    return [one for one in cases if not was_struck(one, left.get(one.id))]


def lists_of(cases: Sequence[Case]) -> list[LetterKind]:
    """The papers on which the SOP of these cases has the list printed."""
    return offered_of_list(definition_of(cases[0]), cases) if cases else []


def was_struck(case: Case, left_at: datetime | None) -> bool:
    """Whether a case was taken off its list; one that went on from its last step was not."""
    if left_at is None:
        return False
    onward = (Action.FORWARD, Action.APPROVE, Action.CLOSE)
    return not any(one.recorded_at == left_at and one.action in onward for one in case.events)


def seen_version(case_id: int) -> int:
    """The version of a row as the table showed it."""
    return small_int(request.form.get(f"version.{case_id}")) or 0


def batch_words(recap: Recapitulation) -> str:
    """rekapan-qurban: Rekapan qurban."""
    return recap.batch.replace("-", " ").capitalize()


def state_tag(recap: Recapitulation) -> Tag:
    """Whether proposals still join it."""
    return Tag("done", _("Frozen")) if recap.frozen_at else Tag("later", _("still open"))


def facts(case: Case) -> str:
    """What the SOP asked of the applicant, on one line, but for what is private.

    The clerk compares rows by it.
    """
    procedure = definition_of(case)
    return " · ".join(
        f"{one.label}: {in_words(one, case.answers[one.key])}"
        for one in procedure.fields
        if not one.private and case.answers.get(one.key) not in (None, "", [])
    )
