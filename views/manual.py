"""Bantuan: the manual, opened at the part that concerns whoever asks."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from backoffice.actor import Person
from backoffice.workflow.definition import Procedure, Step
from backoffice.workflow.versions import procedure_of
from models import Post, db
from views.kinds import meets_cases, newest, openable_by, roles_of
from views.manual_text import FOLDER, parts, pictures
from views.preparing import sets_up
from views.session import current_person, to_login

page = Blueprint("manual", __name__)

EVERYBODY = "untuk-semua"
COUNTER = "petugas-loket"
OFFICER = "petugas-pengaduan-dan-staf"
SUPERIOR = "kasubbag-kepala-seksi-dan-kepala-bidang"
HEAD = "kepala-kantor"
LETTERS = "sekretariat-surat"
OFFICE = "administrator-kantor"
SYSTEM = "administrator-sistem"


@page.route("/bantuan/")
def index() -> ResponseReturnValue:
    """One part of the manual, and the way to the others."""
    person = current_person()
    if person is None:
        return to_login()
    known, mine = parts(), part_for(person)
    part = known.get(request.args.get("bagian", mine)) or abort(404)
    return render_template("manual.html", part=part, parts=known.values(), mine=mine)


@page.route("/bantuan/gambar/<name>")
def picture(name: str) -> ResponseReturnValue:
    """A picture of the manual."""
    if current_person() is None:
        return to_login()
    if name not in pictures():
        abort(404)
    return send_from_directory(FOLDER / "pictures", name, max_age=86_400)


def part_for(person: Person) -> str:
    """The part that says what this person does all day; who does several things finds the rest."""
    if person.office_id is None:
        return SYSTEM if person.system_admin else EVERYBODY
    if not meets_cases(person):
        return OFFICE if sets_up(person) else EVERYBODY
    if _leads(person):
        return HEAD
    if person.beneath_post_ids - person.own_post_ids:
        return SUPERIOR
    if openable_by(person):
        return COUNTER
    return LETTERS if _only_sends(person) else OFFICER


def _leads(person: Person) -> bool:
    """Whether a post of this person stands under no other."""
    posts = (db.session.get_one(Post, key) for key in person.own_post_ids)
    return any(one.superior_id is None for one in posts)


def _only_sends(person: Person) -> bool:
    """Whether the SOPs let this person send letters, but draft none."""
    held = roles_of(person.office_id or 0).of_post
    mine = frozenset().union(*(held.get(key, frozenset()) for key in person.own_post_ids))
    steps = [one for version in newest(person) for one in _steps_of(procedure_of(version), mine)]
    ways = [way for step in steps for way in step.transitions]
    return any(way.has("send") for way in ways) and not any(way.has("draft") for way in ways)


def _steps_of(procedure: Procedure, roles: frozenset[str]) -> list[Step]:
    return [one for one in procedure.steps if roles & {*one.actors, one.recorded_by}]
