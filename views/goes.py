"""Where an action leads, said before it happens."""

from __future__ import annotations

from collections.abc import Mapping

from backoffice.letters import drafting
from backoffice.text import _
from backoffice.workflow import paper, routing
from backoffice.workflow.definition import Action, Procedure, Transition
from backoffice.workflow.linking import opened_from
from models import Case
from views.sop_table import place, who_acts

MARKS = ("approve_letter", "initial", "coordinate")  # what is set on a letter


def sentence(case: Case, procedure: Procedure, way: Transition, roles: Mapping[str, str]) -> str:
    """Berkas kembali ke Kasubbag Umum dan Kepegawaian (langkah 4)."""
    return " ".join(one for one in (_where(case, procedure, way, roles), *_also(case, way)) if one)


def _where(case: Case, procedure: Procedure, way: Transition, roles: Mapping[str, str]) -> str:
    if way.to.is_end:
        label = procedure.outcome(str(way.to.outcome)).label
        if way.has("notify"):
            return _("The case ends (%(outcome)s) once the person was told.", outcome=label)
        return _("The case ends: %(outcome)s.", outcome=label)
    target = procedure.step(str(way.to.step))
    if way.action is Action.OPINION:
        who = receiver(case, procedure, way, roles)
        return _("%(who)s concludes once every opinion is there.", who=who)
    if target.key == case.step:
        return _("The case stays on this desk.")
    number, who = place(procedure, target.key), receiver(case, procedure, way, roles)
    if way.action is Action.RETURN and target.is_outside:
        who = who_acts(procedure, target, roles)
        return _("The case waits for %(who)s (%(place)s).", who=who, place=number)
    if way.action is Action.RETURN:
        return _("The case goes back to %(who)s (%(place)s).", who=who, place=number)
    return _("The case goes on to %(who)s (%(place)s).", who=who, place=number)


def receiver(case: Case, procedure: Procedure, way: Transition, roles: Mapping[str, str]) -> str:
    """Who has the case next: by a return whoever had it before; nobody where it ends."""
    if way.to.is_end or way.to.step is None:
        return ""
    if way.action is Action.RETURN:
        last = routing.last_actor_at(case, way.to.step)
        if last is not None:
            return last.title
    return who_acts(procedure, procedure.step(way.to.step), roles)


def waits_for(procedure: Procedure, way: Transition, roles: Mapping[str, str]) -> str:
    """Who outside the office acts next, in words; nobody where it is one of the office."""
    step = procedure.step(way.to.step) if way.to.step is not None else None
    if step is None or not step.is_outside:
        return ""
    return " / ".join(roles.get(one, one) for one in step.actors)


def reader(case: Case, procedure: Procedure, way: Transition, roles: Mapping[str, str]) -> str:
    """Who finds the note on his desk: for somebody outside it is whoever records for him."""
    step = procedure.step(way.to.step) if way.to.step is not None else None
    if step is not None and step.recorded_by is not None:
        return roles.get(step.recorded_by, step.recorded_by)
    return receiver(case, procedure, way, roles)


def _also(case: Case, way: Transition) -> list[str]:
    """What else happens, as far as somebody would ask."""
    words = {
        "number": _("It gets its number."),
        "receipt": _("A receipt can be printed."),
        "approve_letter": _(
            "A clean letter is printed for the signature in ink; the front desk uploads its scan."
        ),
        "initial": _("Your initials are recorded."),
        "coordinate": _("Your coordinating initials are recorded."),
        "send": _("The letter counts as sent."),
        "receive": _("The letter counts as received."),
        "open_case": _("A linked case is opened with what is known here."),
    }
    if any(not _has_template(case, one) for one in way.arguments("approve_letter")):
        words["approve_letter"] = _(
            "The text of the letter is approved; the office makes the paper for the signature in"
            " ink."
        )
    if any(opened_from(case, code) for code in way.arguments("open_case")):
        words["open_case"] = _("A linked case is there already; one more is opened if you tick it.")
    if any(one.name in MARKS and paper.has_letter(case, one.argument) for one in way.effects):
        words.update(dict.fromkeys(MARKS, _("The letter is still on paper, in the file.")))
    return [words[one.name] for one in way.effects if one.name in words]


def _has_template(case: Case, kind: str) -> bool:
    """Whether the letter that is approved comes out as a Word file; unnamed it is the one there."""
    if not kind:
        letter = drafting.current_letter(case)
        kind = letter.kind if letter is not None else ""
    return not kind or drafting.has_template(kind)
