"""Susunan kantor: the office as its bagan, with holders and what lies on each desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access
from backoffice.actor import Person
from backoffice.figures.reading import hidden_titles
from backoffice.figures.tree import Branch, Seat, cases_at, holders_of, office_tree
from backoffice.text import _, _l
from models import Post
from views.absence import absent
from views.acting import holder_words
from views.fields import small_int
from views.kinds import meets_cases
from views.personal import PersonalPage
from views.rows import COLUMNS, RowMaker, office_of
from views.session import utc_now

GROUP = _l("The office")
MOST_OPEN = 40  # posts that are shown unfolded
MOST_ROWS = 200  # cases of one desk; more than anybody reads
ALL = "semua"


@dataclass(frozen=True, slots=True)
class Words:
    """What the templates say of a seat and of a unit."""

    @staticmethod
    def head(top: Branch) -> Seat | None:
        """The one seat under which the units hang; whoever takes escalations is outside."""
        inside = [one for one in top.seats if not one.post.takes_escalations]
        return inside[0] if len(inside) == 1 else None

    @staticmethod
    def holders(seat: Seat) -> str:
        """Budi Contoh (Plh.); Dra. Citra Misalnya (cuti)."""
        return holder_words(((one.name, one.kind) for one in seat.holders), seat.away)

    @staticmethod
    def away(seat: Seat) -> Iterator[str]:
        """Holders who do not act as the post meanwhile."""
        yield from (absent(one.holding.user.name, one.kind) for one in seat.away)

    @staticmethod
    def vacant(seat: Seat) -> str:
        """Who does the work of a post that nobody holds."""
        away = "; ".join(Words.away(seat))
        said = f"{away}. " if away else ""
        if seat.stand_in is not None:
            return said + _("The work lies with %(post)s.", post=seat.stand_in.title)
        return said + _("Nobody has the work: the administrator names a holder.")

    @staticmethod
    def on_paper(seat: Seat) -> str:
        """Who records for a head who decides on paper."""
        if seat.recorder is None:
            return ""
        return _("Decides on paper; %(post)s records it.", post=seat.recorder.title)

    @staticmethod
    def posts(branch: Branch) -> str:
        """5 jabatan, 1 kosong."""
        said = _("%(n)s posts", n=branch.size)
        return f"{said}, {_('%(n)s vacant', n=branch.vacant)}" if branch.vacant else said


class TreeView(PersonalPage):
    """For everybody who holds a post in an office."""

    def __init__(self) -> None:
        super().__init__(
            name=_l("Who is who"), category=GROUP, endpoint="susunan", url="/susunan-kantor"
        )

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """The whole office."""
        person = self.person
        top = office_tree(person, utc_now())
        whole = top.size <= MOST_OPEN or request.args.get("buka") == ALL
        return self.render(
            "office/tree.html",
            top=top,
            words=Words,
            counted=counted(person) if meets_cases(person) else "",
            whole=whole,
            all_url="" if whole else f"?buka={ALL}",
        )

    @expose("/meja/")
    def desk(self) -> ResponseReturnValue:
        """What lies on the desk of one post, the most urgent first."""
        person = self.person
        post = self.post_or_404(person)
        rows = cases_at(person, post.id, COLUMNS, MOST_ROWS + 1)
        office = office_of(person)
        return self.render(
            "office/desk.html",
            post=post,
            holders=", ".join(one.name for one in holders_of(person, utc_now()).get(post.id, ())),
            rows=RowMaker(person, office, utc_now()).rows(rows[:MOST_ROWS]),
            more=len(rows) > MOST_ROWS,
            most=MOST_ROWS,
            counted=counted(person),
        )

    def post_or_404(self, person: Person) -> Post:
        """The post that is asked for, if its work is this person's business."""
        asked = small_int(request.args.get("id"))
        if asked is None or asked not in access.counts_desks(person):
            abort(404)
        return person.staffing.posts[asked]


def counted(person: Person) -> str:
    """Which cases the figures count, in a sentence or two."""
    if person.capabilities & access.SEES_ALL:
        said = _("Every open case of the office is counted at its desk.")
    else:
        said = _("Open cases are counted at your desk and at those beneath it.")
    hidden = hidden_titles(person)
    if hidden:
        own = _(
            "Of confidential SOPs (%(sops)s) only cases that came to your own desk are counted."
        )
        said += " " + own % {"sops": ", ".join(hidden)}
    return said
