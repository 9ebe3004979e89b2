"""Banyak surat: one letter for each of many cases is asked for on a page of its own.

From a list of cases with the ticked rows or all it was narrowed down to, and from a rekapan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access
from backoffice.actor import Person
from backoffice.errors import Refusal
from backoffice.letters import many, many_files
from backoffice.letters.many_kinds import Choice, choices
from backoffice.text import _, number
from models import Case, db
from views import labels
from views.filters import address, narrowing
from views.rows import SLUGS
from views.scoped import MOST_ACTED_ON
from views.session import local_path, utc_now
from views.wording import word

CHUNK = 1000
LETTERS = "letters"  # the verb in the bar above a list


@dataclass(frozen=True, slots=True)
class Row:
    """A case that may still be left out."""

    id: int
    number: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of which cases, and where one comes from. `ticked`: they were chosen one by one."""

    ids: Sequence[int]
    ticked: bool
    action: str
    back: str
    source: str  # the list, as the trail names it

    @property
    def shown(self) -> bool:
        """Whether the rows are few enough to be shown and left out one by one."""
        return len(self.ids) <= MOST_ACTED_ON

    @property
    def too_many(self) -> bool:
        """Whether so many letters are not made at once."""
        return len(self.ids) > many.MOST_CASES

    def rows(self) -> list[Row]:
        """The cases by name, in this order."""
        if not self.shown:
            return []
        found = {one.id: one for one in db.session.scalars(_cases(self.ids))}
        cases = [found[one] for one in self.ids if one in found]
        return [Row(one.id, one.number or "", labels.subject_of(one)) for one in cases]


class ManyLetters:
    """The page and the deed; mixed into a list of cases."""

    person: Any
    slug: str
    title: Any
    chosen_ids: Any
    found: Any
    _get_list_extra_args: Any

    @expose("/letters/", methods=("GET", "POST"))
    def letters_view(self) -> ResponseReturnValue:
        """Which letter of these cases, and how; the second press asks for them."""
        ticked = request.method == "POST" and not request.form.get("all")
        ids = self.chosen_ids() if ticked else self.narrowed_ids()
        ids = visible(ids, self.person)
        back = local_path(request.form.get("back") or address(narrowing(), f"/{self.slug}/"))
        action = address(narrowing(), f"/{self.slug}/letters/")
        source = str(self.title)
        asked = Asked(ids=ids, ticked=ticked, action=action, back=back, source=source)
        return answer(self, asked)

    def narrowed_ids(self) -> list[int]:
        """Everything this address narrows the list down to, up to one more than are made."""
        wanted = self._get_list_extra_args()
        found: list[int] = self.found(
            many.MOST_CASES + 1, wanted.search, wanted.filters, oldest=True
        )
        return found

    def letters_url(self) -> str:
        """The page for all that the list shows, as it is narrowed now."""
        return address(narrowing(), f"/{self.slug}/letters/")


def answer(view: Any, asked: Asked) -> ResponseReturnValue:
    """The page, or on its second press the way to the job."""
    if not asked.ids:
        nothing = _("There is no case here of which a letter could be made.")
        flash(_("Tick at least one row first.") if asked.ticked else nothing, "warning")
        return redirect(asked.back)
    offered = [] if asked.too_many else choices(asked.ids)
    if not request.form.get("confirmed") or asked.too_many:
        return page(view, asked, offered)
    kind, form = request.form.get("kind", ""), request.form.get("form", "")
    if kind not in {one.key for one in offered} or form not in many_files.FORMS:
        return page(view, asked, offered, _("Choose a letter and how you want it.")), 422
    try:
        actor = view.person.actors[0]
        job = many.ask(asked.ids, kind, form, actor=actor, now=utc_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        return page(view, asked, offered, word(refusal)), refusal.status
    return redirect(f"/pekerjaan/details/?id={job.id}")


def page(view: Any, asked: Asked, offered: Sequence[Choice], error: str = "") -> str:
    """The letters that exist in these cases; nothing is made yet."""
    shown: str = view.render(
        "job/letters.html",
        asked=asked,
        rows=asked.rows(),
        count=number(len(asked.ids)),
        most=number(many.MOST_CASES),
        together=many_files.MOST_TOGETHER,
        days=many.KEPT_DAYS,
        offered=[(one, facts_of(one)) for one in offered],
        error=error,
        kind=request.form.get("kind") or (offered[0].key if len(offered) == 1 else ""),
        form=request.form.get("form") or many_files.EACH,
    )
    return shown


def facts_of(one: Choice) -> str:
    """12 siap ditandatangani · 3 konsep · dapat diisi untuk 40 berkas."""
    said = (
        (one.issued, _("%(n)s approved", n=number(one.issued))),
        (one.drafts, _("%(n)s drafts", n=number(one.drafts))),
        (one.papers, _("filled from %(n)s cases", n=number(one.papers))),
    )
    return " · ".join(words for count, words in said if count)


def visible(ids: Sequence[int], person: Person) -> list[int]:
    """Those that lie open to the person in full, in this order; others are passed over."""
    found: set[int] = set()
    for at in range(0, len(ids), CHUNK):
        query = sa.select(Case.id).where(
            Case.id.in_(ids[at : at + CHUNK]), access.sees_case(person)
        )
        found.update(db.session.scalars(query))
    return [one for one in ids if one in found]


def _cases(ids: Sequence[int]) -> sa.Select[Case]:
    return sa.select(Case).where(Case.id.in_(ids), Case.kind.in_(SLUGS))
