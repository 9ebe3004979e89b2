"""Recording what a head decided on paper: for whom one records, and the scan that proves it."""

from __future__ import annotations

from collections.abc import Sequence

from backoffice.actor import Actor
from backoffice.text import _
from views import forms


def heads(actors: Sequence[Actor]) -> str:
    """Whose decisions on paper these actors may record; empty where it is nobody's."""
    titles = (one.duty_post.title for one in actors if one.on_behalf)
    return " / ".join(dict.fromkeys(titles))


def sentence(actors: Sequence[Actor]) -> str:
    """Said above a form before anything is filled in; empty where one decides for oneself."""
    who = heads(actors)
    if not who:
        return ""
    if all(one.on_behalf for one in actors):
        return _("You record what %(who)s decided on paper. The scan must be attached.", who=who)
    return _("If you record what %(who)s decided on paper, the scan must be attached.", who=who)


def add_scan(parts: forms.Parts, actors: Sequence[Actor]) -> None:
    """The scan under the name of whoever decided, so that no other file is taken for it."""
    who = heads(actors)
    if who:
        only = all(one.on_behalf for one in actors)
        forms.add_files(parts, "scan", _("Scan of the decision of %(who)s", who=who), required=only)
