"""Walking a case along its SOP as its people would: for the demo, the figures and the tests."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from backoffice.actor import Actor, holders, person_of
from backoffice.errors import NotAllowed
from backoffice.letters import drafting
from backoffice.workflow.answers import asked
from backoffice.workflow.choices import choices_for
from backoffice.workflow.definition import OPINION, Action, Field, Need, Procedure, Transition
from backoffice.workflow.engine import available_transitions, command, perform
from backoffice.workflow.inputs import Inputs, Upload
from backoffice.workflow.team import awaited
from backoffice.workflow.versions import definition_of
from backoffice.workflow.vocabulary import PARTIES
from models import Case, Duty, User, db

COLUMNS: dict[str, Any] = {
    "subject": "Kartu keluarga belum terbit setelah dua minggu",
    "summary": "Berkas sudah diserahkan lengkap di loket, tetapi kartu keluarga belum terbit.",
    "channel": "datang",
    "category": "02",
    "urgency": "biasa",
    "severity": "ringan",
    "queue_number": "A-017",
}
PARTY = {
    "name": "Fitri Teladani",
    "identity": "0000000000000001",
    "address": "Jalan Contoh Nomor 2, Kelurahan Contoh Hulu",
    "telephone": "0800-0000-142",
    "email": "fitri@example.go.id",
}
ANSWERS: dict[str, Any] = {
    "text": "Contoh isian",
    "long_text": "Contoh isian yang lebih panjang.",
    "number": 2,
    "money": Decimal("150000"),
    "yes_no": True,
}
# What is said in a letter of which a story says nothing.
TEXTS = {
    "surat-balasan": "Berkas Saudara telah kami periksa dan selesai diproses.\n"
    "Dokumen dapat diambil di loket pada hari kerja dengan membawa surat keterangan.",
    "surat-rekomendasi": "Memberikan pendampingan hukum kepada pelapor selama perkara diperiksa.\n"
    "Memberikan pendampingan psikologis bila diperlukan.",
    "surat-tindak-lanjut": "Peninjauan lokasi bersama ketua RT.\n"
    "Peneguran tertulis kepada pihak yang diadukan.",
}
SCAN = Upload(name="pindaian.pdf", sha256="0" * 64, size=1, content_type="application/pdf")


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the people of one case say; whatever is left out has an ordinary answer."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    party: Mapping[str, Any] = field(default_factory=dict)  # "anonymous": True hides the reporter
    fields: Mapping[str, Any] = field(default_factory=dict)
    letter: Mapping[str, Any] = field(default_factory=dict)
    mended: Mapping[str, Any] = field(default_factory=dict)  # the letter once it was returned
    notes: Mapping[str, str] = field(default_factory=dict)  # step key -> note
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # record -> its answers
    unit: str | None = None
    post: str | None = None  # title of the post that is chosen
    variant: str | None = None
    upload: Upload = SCAN


def answer(one: Field, on: date) -> Any:
    """An ordinary answer to a field of the pack; what has a day happened on the day `on`."""
    if one.type == "choice":
        return one.options[0].key
    if one.type == "choices":
        return [one.options[0].key]
    if one.type == "table":
        return [{column.key: answer(column, on) for column in one.columns}]
    if one.type == "date":
        return on
    if one.type == "datetime":
        return datetime.combine(on, time(9))  # the wall clock of the office
    return ANSWERS[one.type]


def inputs_for(case: Case, way: Transition, actor: Actor, story: Story) -> Inputs:
    """Everything this way asks for, filled in."""
    wanted = asked(case, way)
    offered = choices_for(case, way, actor)
    came = case.received_on or case.opened_at.date()
    spoken = {**COLUMNS, "received_on": case.received_on, **story.columns}
    said = story.notes.get(case.step, "Sudah diperiksa, mohon dilanjutkan.")
    posts = {role: posts[0].id for role, posts in offered.next_posts.items()}
    for role, found in offered.posts.items():
        liked = [post for post in found if post.title == story.post]
        posts[role] = (liked or list(found))[0].id
    units = [unit.key for unit in offered.units]
    return Inputs(
        note=said if way.note == Need.REQUIRED else "",
        columns={name: spoken[name] for name in wanted.columns},
        parties={role: {**PARTY, **story.party} for role in dict(wanted.parties)},
        fields={one.key: story.fields.get(one.key, answer(one, came)) for one in wanted.fields},
        records={
            form.key: {one.key: answer(one, came) for one in form.fields}
            | dict(story.records.get(form.key, {}))
            for form in wanted.records
        },
        unit=story.unit if story.unit in units else next(iter(units), None),
        posts=posts,
        severity="ringan" if offered.severities else None,
        variant=(
            (story.variant if story.variant in offered.variants else next(iter(offered.variants)))
            if offered.variants
            else None
        ),
        attachments=(story.upload,) if way.attach == Need.REQUIRED else (),
        scan=(story.upload,) if actor.on_behalf else (),
        letter=letter_for(case, wanted.letter, story),
    )


def letter_for(case: Case, kind: str | None, story: Story) -> dict[str, Any]:
    """A letter without a gap, where the step drafts one."""
    if kind is None:
        return {}
    typed = {"isi": TEXTS.get(kind, TEXTS["surat-balasan"])}
    again = any(event.action == Action.RETURN for event in case.events)
    mended = story.mended if again else {}
    given = {**drafting.prefill(case, kind), **typed, **story.letter, **mended}
    for gap in drafting.gaps(given, kind, case.office_id):
        given[gap] = "Contoh isian"
    return given


def actor_at(
    case: Case, at: datetime, *, duty: Duty = Duty.RESPONSIBLE, role: str | None = None
) -> Actor:
    """Somebody who has the case now, acting as the post itself where it is held.

    Of several desks the first is taken, or the first whose post has that role.
    """
    desks = [
        desk
        for desk in case.assignments
        if desk.left_at is None
        and desk.duty == duty
        and (role is None or role in {one.key for one in desk.post.roles})
    ]
    held = holders([desk.post_id for desk in desks], at)
    users = [user for desk in desks for user in held[desk.post_id]] or list(
        db.session.query(User).filter_by(office_id=case.office_id, active=True).order_by(User.id)
    )
    found = [
        actor
        for user in users
        for desk in desks
        for actor in person_of(user, at).actors_for(desk.post_id)
    ]
    if not found:
        raise NotAllowed
    return min(found, key=lambda actor: (actor.on_behalf, actor.for_post is not None))


def path(procedure: Procedure, start: str, goal: str) -> list[str]:
    """The transition keys of the shortest way from one step to another, returns last."""
    queue: deque[tuple[str, list[str]]] = deque([(start, [])])
    seen = {start}
    while queue:
        key, keys = queue.popleft()
        if key == goal:
            return keys
        ways = procedure.step(key).transitions
        for way in sorted(ways, key=lambda one: one.action in (Action.RETURN, Action.REJECT)):
            if way.to.step is not None and way.to.step not in seen:
                seen.add(way.to.step)
                queue.append((way.to.step, [*keys, way.key]))
    raise LookupError(f"{goal} is not reached from {start}")


def act(case_id: int, key: str, *, now: datetime, story: Story | None = None, **more: Any) -> Case:
    """Take one way, as whoever has the case; `more` replaces single inputs."""
    story = story or Story()
    with command(case_id) as case:
        duty = Duty.OPINION if key == OPINION else Duty.RESPONSIBLE
        actor = actor_at(case, now, duty=duty)
        ways = available_transitions(case, actor, now)
        way = next((one for one in ways if one.key == key), None)
        if way is None:
            raise NotAllowed
        inputs = replace(inputs_for(case, way, actor, story), **more)
        perform(case, key, actor=actor, now=now, inputs=inputs)
    return case


def fitted(procedure: Procedure, keys: Sequence[str], story: Story, *, start: str) -> Story:
    """The story with the answers on which the ways `keys` depend, one after the other."""
    columns, fields, party = dict(story.columns), dict(story.fields), dict(story.party)
    step = procedure.step(start)
    for key in keys:
        way = step.transition(key)
        for one in way.when if way is not None else ():
            if one.name in PARTIES:
                party["anonymous"] = "anonymous" in one.values
            else:
                answers = fields if procedure.field(one.name) else columns
                if answers.get(one.name) not in one.values:
                    answers[one.name] = one.values[0]
        step = procedure.step((way.to.step if way is not None else None) or step.key)
    return replace(story, columns=columns, fields=fields, party=party)


def hear(case: Case, *, when: Callable[[Case], datetime], story: Story | None = None) -> Case:
    """Everybody in the team who was asked gives an opinion."""
    while awaited(case):
        case = act(case.id, OPINION, now=when(case), story=story)
    return case


def bring(
    case_id: int,
    goal: str,
    *,
    when: Callable[[Case], datetime],
    story: Story | None = None,
) -> Case:
    """Walk the shortest way to `goal`; `when` says at what moment the next step is taken.

    Whoever is asked on the way answers so that it leads there, and a team is heard.
    """
    case = db.session.get_one(Case, case_id)
    procedure = definition_of(case)
    keys = path(procedure, case.step, goal)
    story = fitted(procedure, keys, story or Story(), start=case.step)
    for key in keys:
        case = act(hear(case, when=when, story=story).id, key, now=when(case), story=story)
    return case
