"""Catat surat masuk: the form of a letter that came in, and its answer.

Mixed into the view of the agenda. A refused form is the same page with 422 and everything that
was typed; so is a letter that may be there already, until somebody says that it is another one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access, incoming
from backoffice.agenda import registrar
from backoffice.errors import Incomplete, Refusal
from backoffice.incoming import agenda_of
from backoffice.text import _
from models import IncomingLetter, db
from views.form_inputs import told
from views.forms import OfficeForm
from views.incoming_form import SCAN, arrival_of, form_of
from views.kept import Kept, receive
from views.rows import office_of
from views.session import is_resumed, resumes, today, utc_now
from views.wording import word

SAME_PRESS = timedelta(seconds=4)  # nobody registers two letters in that time


class Registering:
    """Whoever sits at the front desk or keeps the registers writes into the agenda."""

    person: Any
    slug: str
    url_of: Callable[[int], str]
    render: Callable[..., str]

    def may_create(self) -> bool:
        """The front desk, and who keeps the registers."""
        return registrar(self.person) is not None

    @resumes
    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        """The form of a letter that came in, and its answer."""
        if not self.may_create():
            abort(404)
        form = form_of(office_of(self.person), today())
        if request.method == "GET":
            return self.form_page(form)
        readable = form.read(request.form, request.files)
        if is_resumed():
            return self.form_page(form)
        kept, refusals = receive(
            {SCAN: form[SCAN].data or ()}, request.form, {SCAN: ""}, self.owner()
        )
        for refusal in refusals:
            told(form, refusal)
        if refusals or not readable:
            return self.form_page(form, kept, word(Incomplete())), 422
        return self.register(form, kept)

    def register(self, form: OfficeForm, kept: Kept) -> ResponseReturnValue:
        """Give it its number, unless it may be there already and nobody has said otherwise."""
        arrival, person = arrival_of(form, kept.of(SCAN)), self.person
        actor, now = registrar(person), utc_now()
        if actor is None:
            abort(404)
        alike = incoming.alike(actor.duty_post.office_id, arrival.sender, arrival.number)
        twin = next((one for one in alike if self.same_press(one)), None)
        if twin is not None:
            return redirect(self.url_of(twin.id))
        if {str(one.id) for one in alike} - set(request.form.get("alike", "").split("-")):
            return self.form_page(form, kept, alike=alike), 422
        try:
            letter = incoming.register(arrival, actor=actor, now=now)
        except Refusal as refusal:
            return self.form_page(form, kept, told(form, refusal)), refusal.status
        flash(_("Registered with agenda number %(n)s.", n=agenda_of(letter)), "success")
        return redirect(self.url_of(letter.id))

    def same_press(self, letter: IncomingLetter) -> bool:
        """Whether the same button was pressed twice."""
        mine = letter.user_id == self.person.user_id
        return mine and utc_now() - letter.registered_at < SAME_PRESS

    def owner(self) -> str:
        """Whose form it is: another cannot use its files."""
        return f"{self.person.user_id}-{self.slug}"

    def form_page(
        self,
        form: OfficeForm,
        kept: Kept | None = None,
        message: str = "",
        alike: list[IncomingLetter] | None = None,
    ) -> str:
        """The page with the form; `alike` are letters that may be the same."""
        mine = access.scope(self.person, IncomingLetter)
        ids = [one.id for one in alike or ()]
        query = sa.select(IncomingLetter.id).where(IncomingLetter.id.in_(ids), mine)
        seen = set(db.session.scalars(query)) if ids else set()
        page: str = self.render(
            "incoming/new.html",
            form=form,
            kept=kept or Kept(),
            message=message,
            alike=[(one, agenda_of(one), one.id in seen) for one in alike or ()],
            seal="-".join(map(str, ids)),
        )
        return page
