"""Jabatan: the posts of the office, who stands under whom, and what each may do."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from backoffice import access
from backoffice.errors import Incomplete
from backoffice.text import _, _l
from models import Post, Role, db
from views.acting import holder_words
from views.converter import rows_in_scope
from views.fields import ChoicesField, LineField
from views.session import current_person
from views.settings import LONGEST_KEY, KeyedView, give_key, refuse_circle

CAPABILITIES = {
    "manage_office": _l("Manages the office: units, posts, people, holidays"),
    "manage_sop": _l("Writes and publishes SOPs"),
    "manage_templates": _l("Keeps the letter templates"),
    "keep_register": _l("Keeps the register of outgoing letters"),
    "audit": _l("Audits: sees every case of the office, confidential ones excepted"),
    "see_office": _l("Leads the office: sees every case, confidential ones excepted"),
}


def inside_roles() -> list[Role]:
    """The roles that a post may have: not those of people outside the office."""
    return [one for one in rows_in_scope(Role) if not one.outside]


def in_words(view: Any, context: Any, post: Post, name: str) -> str:
    """The capabilities of a post."""
    return ", ".join(str(CAPABILITIES[one]) for one in post.capabilities)


class PostView(KeyedView):
    """Posts, each with its roles in the SOPs and its capabilities."""

    model = Post
    slug = "jabatan"
    title = _l("Posts")
    lead = _l(
        "Posts are the chairs of the office: a case lies on the desk of a post, whoever holds it."
    )
    new_label = _l("Add a post")
    moves_managers = True
    can_delete = can_view_details = can_export = True
    details_template = "settings/post.html"
    column_list = ("title", "unit", "superior", "held_by", "roles")
    column_details_list = (
        "title",
        "key",
        "unit",
        "superior",
        "held_by",
        "roles",
        "capabilities",
        "recorded_by",
        "stands_alone",
        "takes_escalations",
    )
    column_labels = {
        "title": _l("Post"),
        "key": _l("Key in the pack"),
        "unit": _l("Unit"),
        "superior": _l("Superior"),
        "held_by": _l("Held today by"),
        "roles": _l("Roles in the SOPs"),
        "capabilities": _l("May also"),
        "recorded_by": _l("Decisions on paper recorded by"),
        "stands_alone": _l("Stands alone: may check and sign what its holder drafted"),
        "takes_escalations": _l("Outside: takes the cases whose terlapor is the head"),
    }
    column_formatters = {"capabilities": in_words}
    column_searchable_list = ("title", "key")
    form_columns = (
        "title",
        "unit",
        "superior",
        "roles",
        "capabilities",
        "recorded_by",
        "stands_alone",
        "takes_escalations",
        "key",
    )
    form_extra_fields = {
        "key": LineField(
            _l("Key in the pack"),
            longest=LONGEST_KEY,
            description=_l("The short name of the post in the pack. Left empty, it is made."),
        ),
        "capabilities": ChoicesField(_l("May also"), tuple(CAPABILITIES.items())),
    }
    form_args = {
        "roles": {
            "rows": inside_roles,
            "description": _l("What this post does in the SOPs; it gets the buttons of these."),
        },
        "superior": {
            "description": _l("Work lies with the superior as long as nobody holds the post."),
        },
        "recorded_by": {
            "description": _l(
                "For a head who decides on paper: this post records it, with the scan."
            ),
        },
        "stands_alone": {
            "description": _l(
                "Otherwise who drafted a letter does not set its paraf, and who set the paraf "
                "does not sign. The history says where one person did both."
            ),
        },
        "takes_escalations": {
            "description": _l(
                "One post, such as the Inspektorat: nobody in Paraf holds it, it has no superior "
                "and no role, and the post above records for it."
            ),
        },
    }

    def get_query(self) -> Any:
        """With what a row names, so that no row asks for its own."""
        return (
            super()
            .get_query()
            .options(joinedload(Post.unit), joinedload(Post.superior), selectinload(Post.roles))
        )

    def get_list(self, *args: Any, **kwargs: Any) -> Any:
        """The page of posts, with their holders."""
        count, rows = super().get_list(*args, **kwargs)
        if isinstance(rows, list):
            for row in rows:
                row.held_by = held_by(row)
        return count, rows

    def get_one(self, id: Any) -> Any:
        """One post, with its holders."""
        row = super().get_one(id)
        if row is not None:
            row.held_by = held_by(row)
        return row

    def on_model_change(self, form: Any, model: Post, is_created: bool) -> None:
        """A key of its own; nobody above himself, and nobody recording for himself."""
        if "key" in form:
            give_key(model, model.title)
        refuse_circle(model, "superior")
        if model.recorded_by is model:
            raise Incomplete({"recorded_by": "circle"})
        if model.takes_escalations:
            refuse_inside(model)
        model.capabilities = [one for one in access.CAPABILITIES if one in model.capabilities]


def refuse_inside(post: Post) -> None:
    """The post outside has its recorder and nothing else. Raises Incomplete at what is wrong."""
    faults = {
        name: "outside_has_none"
        for name in ("superior", "roles", "capabilities")
        if getattr(post, name)
    }
    if post.recorded_by is None:
        faults["recorded_by"] = "outside_needs_recorder"
    with db.session.no_autoflush:
        other = select(Post.id).where(
            Post.office_id == post.office_id, Post.takes_escalations, Post.id != (post.id or 0)
        )
        if db.session.scalar(other.limit(1)) is not None:
            faults["takes_escalations"] = "outside_is_there"
    if faults:
        raise Incomplete(faults)


def held_by(post: Post) -> str:
    """Who holds a post now, as what, and who is away; or that nobody does."""
    person = current_person()
    if person is None:
        return ""
    staff = person.staffing
    held = ((one.user.name, one.kind) for one in staff.holdings.get(post.id, ()))
    away = [one for one in staff.resting if one.holding.post_id == post.id]
    said = holder_words(held, away)
    return said if post.id in staff.held else "; ".join(filter(None, (said, _("nobody (vacant)"))))
