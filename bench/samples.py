"""Cases that were really walked, read at every step on their way: the loader copies these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from backoffice.workflow import corrections
from backoffice.workflow.definition import Procedure
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.moves import open_notices
from backoffice.workflow.versions import definition_of
from bench.copying import Copier, Source
from models import Case, Office, db
from seed.walking import Story, act, actor_at, path
from tests import factories


@dataclass(frozen=True, kw_only=True)
class Tour:
    """One case to walk: to the last step of its SOP or to `goal`, then to an end."""

    office: str
    code: str
    goal: str | None = None
    story: Story = field(default_factory=Story)
    beside: tuple[tuple[str, str], ...] = ()  # (step, way) taken once where the case stays


TOURS = (
    Tour(office="disdukcapil", code="pengaduan-umum"),
    Tour(office="disdukcapil", code="pengaduan-umum", goal="informasi"),
    Tour(office="disdukcapil", code="pengaduan-menengah"),
    Tour(
        office="disdukcapil",
        code="pengaduan-besar",
        story=Story(post="Kepala Seksi Pencatatan Sipil"),
        beside=(("arahan", "minta-kasi"), ("arahan", "minta-tim-teknis")),
    ),
    Tour(office="dinsos-sekadau", code="permintaan-data", story=Story(unit="rehsos")),
    Tour(office="dinsos-sekadau", code="permintaan-data", story=Story(unit="linjamsos")),
    Tour(office="dinsos-sekadau", code="permintaan-data", goal="perbaikan"),
    Tour(office="kesra-ambon", code="bantuan-qurban"),
    Tour(office="kesra-ambon", code="bantuan-qurban", goal="kelengkapan"),
    Tour(office="kesra-ambon", code="bantuan-qurban", goal="pemberitahuan"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A case as it stood at one moment: where, whether it had ended, and all its rows."""

    office: str
    code: str
    step: str
    live: bool
    rows: dict[str, list[Source]]


def walk_all(now: datetime) -> list[Sample]:
    """Walk the tours, the first step of each at `now`, in offices that are imported if missing."""
    offices = {key: office(key) for key in dict.fromkeys(tour.office for tour in TOURS)}
    return [
        sample
        for tour in TOURS
        for sample in walk(factories.make_case(offices[tour.office], tour.code, now=now), tour)
    ]


def office(key: str) -> Office:
    """An office of the papers with its SOPs and staff."""
    there = db.session.scalars(select(Office).where(Office.key == key)).one_or_none()
    return there or factories.make_office(key)


def walk(case: Case, tour: Tour) -> Iterator[Sample]:
    """A sample of every moment of a tour."""
    yield sample_of(case, tour)
    procedure = definition_of(case)
    for key in ways_of(procedure, tour):
        case = act(case.id, key, now=factories.after(case), story=tour.story)
        yield sample_of(case, tour)
    keep_promises(case)
    case = act(case.id, ending(case), now=factories.after(case), story=tour.story)
    yield sample_of(case, tour)


def ways_of(procedure: Procedure, tour: Tour) -> list[str]:
    """The ways to take, in order."""
    goal = tour.goal or procedure.steps[-1].key
    keys, step = [], procedure.first
    for key in path(procedure, step.key, goal):
        keys += [beside for place, beside in tour.beside if place == step.key]
        keys.append(key)
        way = step.transition(key)
        step = procedure.step(str(way.to.step if way is not None else goal))
    return keys


def keep_promises(case: Case) -> None:
    """Tell the party whatever was promised: an end waits for it."""
    for notice_id in [notice.id for notice in open_notices(case)]:
        moment = factories.after(case)
        actor = actor_at(case, moment)
        with command(case.id) as locked:
            corrections.tell(
                locked, notice_id, actor=actor, now=moment, channel="telepon", note="Sudah."
            )


def ending(case: Case) -> str:
    """The way by which a case at the end of its tour is closed."""
    moment = factories.after(case)
    ways = available_transitions(case, actor_at(case, moment), moment)
    return next(way.key for way in ways if way.to.is_end)


def sample_of(case: Case, tour: Tour) -> Sample:
    """The case and its rows as they stand now."""
    rows = Copier(db.session.connection()).read(case.id)
    return Sample(tour.office, tour.code, case.step, case.is_live, rows)
