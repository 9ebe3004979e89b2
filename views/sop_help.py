"""Cara menulis SOP: what every key of an SOP means, beside the text that is being written.

A test holds the keys to those that are read.
"""

from __future__ import annotations

from collections.abc import Mapping

from backoffice.text import _l

Chapter = tuple[str, str, Mapping[str, str]]

PROCEDURE = {
    "code": _l("Short name, unique in the office: small letters, digits and dashes."),
    "title": _l("As it stands on the paper."),
    "kind": _l(
        "complaint (pengaduan), data_request (permintaan data), aid_proposal (proposal bantuan), "
        "general (anything else)."
    ),
    "number_code": _l("What a case number begins with, e.g. ADU. A family shares it."),
    "family": _l("Name of several variants of one SOP between which a case may be moved."),
    "variant": _l("Which of the family this is."),
    "default": _l("true for the one variant that is chosen beforehand."),
    "confidential": _l("true: only the posts that have or had a case see it."),
    "anonymous": _l("true: the reporter may stay unknown."),
    "basis": _l("Legal basis: a list."),
    "requirements": _l("What the applicant brings: a list."),
    "product": _l("What comes of it."),
    "fee": _l("What it costs."),
    "standard": _l("Other printed parts of the service standard: component and text of each."),
    "lanes": _l(
        "The columns of Pelaksana by role in the order of this paper, where it is another than "
        "that of the office."
    ),
    "time_limit": _l("For the whole case, or one each for ringan, sedang and berat."),
    "fields": _l("What this SOP asks beyond what every case has."),
    "records": _l("Small forms filled on the way, e.g. a notulen: key, title, fields."),
    "outcomes": _l(
        "How a case may end: key, label, and notice: required where the person must be told."
    ),
    "deviation": _l("What you read into the paper or added to it."),
    "steps": _l("The rows of the table, in order; a case opens at the first."),
}
STEP = {
    "key": _l("Short name of the step."),
    "row": _l("The number as printed; null where the paper has none."),
    "activity": _l("What is done, as printed."),
    "actor": _l("The role that acts, a list of roles, or {same_as: <step>} for the same post."),
    "recorded_by": _l("Where somebody outside acts: the role that records it."),
    "team": _l("A role whose posts each give an opinion before the actor concludes."),
    "batch": _l("Name of a list on which cases are decided together."),
    "requirements": _l("What is needed (Kelengkapan): a list."),
    "time": _l("How long, e.g. 15 menit; null where the paper says nothing."),
    "output": _l("What comes of the step."),
    "remark": _l("The last column of the table."),
    "asks": _l("What must be filled in before the step is left: a list."),
    "gives_up": _l("Waiting for somebody outside: {remind: 14 hari, after: 30 hari, to: …}."),
    "deviation": _l("What you read into this row or added to it."),
    "transitions": _l("The ways out, in order; each is a button."),
}
TRANSITION = {
    "action": _l(
        "forward (pass on), approve, return (give back), reject, record (only note), close."
    ),
    "key": _l("Needed where a step has two ways of the same action."),
    "label": _l("The word on the button: a verb."),
    "to": _l("The next step, or {end: <outcome>}."),
    "when": _l("Only if something was answered so: {<field>: <answer>}."),
    "choose": _l("What is chosen: {unit: any}, {post: <role>}, severity or variant."),
    "asks": _l("What must be filled in for this way alone: a list."),
    "note": _l("none, optional or required; who returns or rejects always says why."),
    "attach": _l("A file: none, optional or required."),
    "attach_label": _l("What the file is called."),
    "effects": _l("What else happens, in order: a list."),
}
FIELD = {
    "key": _l("Short name of the field."),
    "label": _l("The question."),
    "type": _l("text, long_text, date, datetime, number, money, choice, choices, yes_no or table."),
    "required": _l("true: it must be answered where it is asked."),
    "help": _l("A sentence below the question."),
    "options": _l("The answers of a choice: a list."),
    "private": _l("true: hidden from whoever need not know it."),
    "fields": _l("The columns of a table."),
    "from_meeting": _l("In a form of records: what of the newest minutes it begins with."),
}
EFFECTS = {
    "number": _l("The case gets its number."),
    "receipt": _l("A receipt is offered."),
    "paper": _l("A paper can be printed before it: paper: berita-acara-serah-terima."),
    "register": _l("The letter gets its number in the register."),
    "dispose": _l("A disposition to the chosen post or unit."),
    "share": _l("The result is shown to the superior."),
    "reclassify": _l("The case moves to the chosen variant."),
    "draft": _l("A letter is written at this step: draft: surat-balasan."),
    "initial": _l("Paraf on the letter."),
    "coordinate": _l("Paraf koordinasi on the letter."),
    "approve_letter": _l("The letter is approved and ready to be signed."),
    "send": _l("The letter leaves the office."),
    "receive": _l("The letter has arrived, as its addressee says."),
    "notify": _l("The person must be told, by letter or by a call that is recorded."),
    "record": _l("A form of records is filled in: record: notulen."),
    "open_case": _l("A linked case of another SOP is opened: open_case: <code>."),
    "extend": _l("More time, once, with the reason: extend: 7 hari kerja."),
}
ASKED = {
    "subject, summary": _l("What it is about, and what happened."),
    "channel, category, urgency": _l("How it came in, of what kind, how urgent."),
    "received_on, severity, queue_number": _l("The day, how serious, the queue number."),
    "reporter, reported, applicant, victim, representative": _l(
        "A person; the name alone. A part is written reporter.telephone: name, identity, address, "
        "telephone, email."
    ),
    "menit, jam": _l("Within office hours."),
    "hari kerja": _l("Whole working days after the day of entry."),
    "hari, minggu, bulan": _l("By the calendar; a holiday moves it on."),
    "1x24 jam": _l("By the clock on the wall."),
}
CHAPTERS: tuple[Chapter, ...] = (
    (
        _l("The SOP as a whole"),
        _l("code, title, kind, number_code and steps must be there."),
        PROCEDURE,
    ),
    (_l("A step"), _l("key, row, activity, actor and transitions must be there."), STEP),
    (_l("A way out (transitions)"), _l("action, label and to must be there."), TRANSITION),
    (_l("What else happens (effects)"), "", EFFECTS),
    (_l("What is asked (asks), and times"), _l("And the keys of your own fields."), ASKED),
    (_l("A field of your own (fields)"), _l("key, label and type must be there."), FIELD),
)
