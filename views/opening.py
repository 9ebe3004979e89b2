"""Catat berkas baru: which procedure and variant, and what is known; a number suffices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from sqlalchemy import select

from backoffice import access, incoming_cases
from backoffice.actor import Actor, Person
from backoffice.errors import Incomplete, LetterIsCase, Refusal
from backoffice.text import _
from backoffice.workflow.answers import Asked
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.opening import asked_at_opening, open_case
from backoffice.workflow.versions import procedure_of
from models import (
    Case,
    CaseEvent,
    EventKind,
    IncomingLetter,
    Office,
    ProcedureVersion,
    db,
)
from views import alike, counter, form_inputs, forms
from views.fields import ChoiceField, LineField, small_int
from views.kinds import openable_by
from views.outside import PREFIX, add_references, typed_numbers
from views.session import is_resumed, resumes, utc_now
from views.wording import word

SAME_PRESS = timedelta(seconds=4)  # nobody fills two forms in that time

NOTHING: Mapping[str, Any] = MappingProxyType({})
Openable = Sequence[tuple[ProcedureVersion, Actor]]


class Opening:
    """Opening a case of the kind of this view; mixed into `CaseView`."""

    can_create = True

    def openable(self) -> Openable:
        """The SOPs of this kind that the person may open a case of, the default variant first."""
        kind = self.model.__mapper__.polymorphic_identity  # type: ignore[attr-defined]
        person: Person = self.person  # type: ignore[attr-defined]
        found = [one for one in openable_by(person) if one[0].kind == kind]
        return sorted(found, key=lambda one: not procedure_of(one[0]).default)

    def may_create(self) -> bool:
        """Whether the button for a new case is shown and answered."""
        return bool(self.openable())

    @resumes
    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        """The form of a new case, and its answer."""
        offered = self.openable()
        if not offered:
            abort(404)
        office: Office = self.person.user.office  # type: ignore[attr-defined]
        wanted = asked_at_opening(procedure_of(offered[0][0]))
        letter = self.incoming_letter()
        form = opening_form(office, offered, wanted, begun_with(letter))
        if request.method == "GET" and letter is not None and letter.case_id is not None:
            flash(word(LetterIsCase()), "warning")
            return redirect(f"/surat-masuk/details/?id={letter.id}")
        if request.method == "GET":
            return self.opening_page(form, offered)
        form.read(request.form)
        if is_resumed():
            return self.opening_page(form, offered)
        chosen = chosen_of(form, offered)
        check(form, chosen is not None, self.person)  # type: ignore[attr-defined]
        if chosen is None or form.wrong:
            return self.opening_page(form, offered, word(Incomplete())), 422
        return self.open(form, chosen, wanted, office)

    def open(
        self,
        form: forms.OfficeForm,
        chosen: tuple[ProcedureVersion, Actor],
        wanted: Asked,
        office: Office,
    ) -> ResponseReturnValue:
        """Open the case that was described, or say why not."""
        now = utc_now()
        try:
            inputs: Inputs = opening_inputs(form, wanted, office, self.person)  # type: ignore[attr-defined]
            inputs = carried(inputs, self.incoming_letter())
            twin = just_opened(chosen[0], self.person, inputs, now)  # type: ignore[attr-defined]
            if twin is not None:
                return redirect(self.url_of(twin))  # type: ignore[attr-defined]
            shown = alike.at_opening(inputs, self.person, office, now)  # type: ignore[attr-defined]
            if not alike.confirmed(request.form, shown):
                return self.opening_page(form, self.openable(), doubles=shown), 422
            case = open_case(chosen[0], actor=chosen[1], now=now, inputs=inputs)
        except Refusal as refusal:
            message = form_inputs.told(form, refusal)
            return self.opening_page(form, self.openable(), message), refusal.status
        flash(_("Recorded. Go on with the first step below."), "success")
        return redirect(self.url_of(case.id))  # type: ignore[attr-defined]

    def incoming_letter(self) -> IncomingLetter | None:
        """The incoming letter from which the case is opened; 404 for one that is not in sight."""
        asked = request.values.get("surat")
        if not asked:
            return None
        mine = access.scope(self.person, IncomingLetter)  # type: ignore[attr-defined]
        query = select(IncomingLetter).where(IncomingLetter.id == (small_int(asked) or 0), mine)
        return db.session.scalars(query).one_or_none() or abort(404)

    def opening_page(
        self,
        form: forms.OfficeForm,
        offered: Openable,
        message: str = "",
        doubles: Sequence[alike.Alike] = (),
    ) -> str:
        """The page with the form; what the SOP requires of the citizen stands beside it.

        `doubles` are the cases that may be the same: they were not seen before.
        """
        procedures = [procedure_of(version) for version, _actor in offered]
        page: str = self.render(  # type: ignore[attr-defined]
            "case/new.html",
            form=form,
            message=message,
            doubles=doubles[: alike.MOST_SHOWN],
            more=max(0, len(doubles) - alike.MOST_SHOWN),
            seal=alike.seal(doubles),
            procedures=procedures,
            letter=self.incoming_letter(),
            counter=counter.script(self.person.user.office, procedures[0]),  # type: ignore[attr-defined]
        )
        return page


def begun_with(letter: IncomingLetter | None) -> dict[str, Any]:
    """What the form begins with: what the letter says, and the SOP that was chosen on its page."""
    known = incoming_cases.prefilled(letter) if letter is not None else {}
    return {**known, "procedure": request.args.get("sop", "")}


def carried(inputs: Inputs, letter: IncomingLetter | None) -> Inputs:
    """With the letter and its scans."""
    if letter is None:
        return inputs
    files = incoming_cases.files_of(letter)
    return replace(inputs, incoming_letter_id=letter.id, attachments=files)


def opening_form(
    office: Office, offered: Openable, wanted: Asked, begun: Mapping[str, Any] = NOTHING
) -> forms.OfficeForm:
    """Which SOP, then everything its first step asks; nothing of it is required yet.

    `begun`: field -> what stands there; an SOP that is not offered is passed over.
    """
    parts = forms.Parts(office)
    parts.group()
    if len(offered) > 1:
        choices = [(version.code, version.title) for version, _actor in offered]
        first = offered[0][0]
        preset = first.code if procedure_of(first).default else None
        parts.add("procedure", ChoiceField(_("Procedure"), choices), preset, required=True)
    forms.add_columns(parts, wanted.columns, None)
    forms.add_parties(parts, wanted, None)
    if wanted.fields:
        parts.group(_("What this step asks"))
        forms.add_pack_fields(parts, wanted.fields, {}, "fields.")
    parts.required = {"procedure"}
    add_references(parts)
    parts.group(_("Follows an earlier case"), folded=True)
    parts.add("follows", LineField(_("Number of the earlier case")))
    forms.add_late_entry(parts)
    codes = {version.code for version, _actor in offered}
    known = {name: one for name, one in begun.items() if name in parts.fields}
    if known.get("procedure") not in codes:
        known.pop("procedure", None)
    parts.values.update(known)
    return parts.build("new")


def chosen_of(form: forms.OfficeForm, offered: Openable) -> tuple[ProcedureVersion, Actor] | None:
    """The SOP that was chosen, or the only one."""
    if len(offered) == 1:
        return offered[0]
    code = form.value("procedure")
    return next((one for one in offered if one[0].code == code), None)


def check(form: forms.OfficeForm, has_procedure: bool, person: Person) -> None:
    """Say everything that keeps a case from being opened at once, beside what cannot be read."""
    if not has_procedure:
        form.tell_code("procedure", "required")
    try:
        earlier_case(form.value("follows") or "", person)
    except Refusal as refusal:
        form_inputs.told(form, refusal)
    if form.value("happened_at") and not form.value("reason"):
        form.tell_code("reason", "reason_required")


def opening_inputs(form: forms.OfficeForm, wanted: Asked, office: Office, person: Person) -> Inputs:
    """What was typed; an unknown number of an earlier case is told, not ignored."""
    common = form_inputs.common_inputs(form, office)
    moment: datetime | None = common["happened_at"]
    return Inputs(
        columns=given_columns(form, wanted),
        parties=form_inputs.party_inputs(form, dict(wanted.parties)),
        fields=form.under("fields."),
        references=typed_numbers(form.under(PREFIX)),
        follows_id=earlier_case(form.value("follows") or "", person),
        happened_at=moment,
        reason=common["reason"],
    )


def just_opened(
    version: ProcedureVersion, person: Person, inputs: Inputs, now: datetime
) -> int | None:
    """The case that the same press has opened a moment ago: a double click has one effect."""
    query = select(Case.id).join(CaseEvent, CaseEvent.case_id == Case.id)
    same = [
        getattr(Case, name) == inputs.columns.get(name)
        for name in ("queue_number", "subject", "summary")
    ]
    found: int | None = db.session.scalar(
        query.where(
            CaseEvent.kind == EventKind.OPENED,
            CaseEvent.user_id == person.user_id,
            CaseEvent.recorded_at > now - SAME_PRESS,
            Case.procedure_version_id == version.id,
            *same,
        ).order_by(Case.id.desc())
    )
    return found


def given_columns(form: forms.OfficeForm, wanted: Asked) -> dict[str, Any]:
    """Only what was filled: the day of receipt, left open, is today's."""
    return {name: form[name].data for name in wanted.columns if form[name].data}


def earlier_case(number: str, person: Person) -> int | None:
    """The case of that number in this office; the front desk may know that it exists."""
    if not number:
        return None
    query = select(Case.id).where(
        Case.office_id == person.office_id, Case.number.in_((number, number.upper()))
    )
    found: int | None = db.session.scalar(query)
    if found is None:
        raise Incomplete({"follows": "unknown_number"})
    return found
