"""The agenda of incoming letters: its numbers, who sees a letter, and what comes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import access, incoming, lists
from backoffice.actor import Person
from backoffice.agenda import registrar
from backoffice.errors import Incomplete
from backoffice.incoming import Arrival, register
from backoffice.letters.papers import receipt_values
from backoffice.list_letters import agenda
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.opening import open_case
from models import Case, Disposition, IncomingLetter, Office, Post, Scan, db
from seed import walking
from tests.factories import NOW, actor, make_case, office_of, person, version_of
from tests.office.test_races import together
from tests.town import Town

HANDS = 12


def arrival(**more: Any) -> Arrival:
    """A letter of the town's own sub-district."""
    return Arrival(
        **{"received_on": date(2026, 1, 12), "sender": "Camat Contoh", "subject": "Hal", **more}
    )


def enter(office: Office, **more: Any) -> IncomingLetter:
    """A letter that customer service wrote into the agenda."""
    return register(arrival(**more), actor=actor(office, "customer-service"), now=NOW)


def test_numbers_given_at_the_same_time_are_all_different_and_none_is_lost(
    app: Flask, dukcapil: Office
) -> None:
    def write(n: int) -> int:
        return enter(office_of("disdukcapil"), number=str(n)).agenda

    # A letter that is refused takes no number with it.
    with pytest.raises(Incomplete):
        enter(dukcapil, sender="")
    assert sorted(together(app, write, list(range(HANDS)))) == list(range(1, HANDS + 1))


def test_of_several_who_open_a_case_from_one_letter_one_does(app: Flask, dukcapil: Office) -> None:
    letter_id, filed_id = enter(dukcapil, number="1").id, enter(dukcapil, number="2").id
    incoming.archive(filed_id, now=NOW)

    def begin(letter_id: int) -> str:
        office = office_of("disdukcapil")
        version = version_of(office, "pengaduan-umum")
        inputs = Inputs(incoming_letter_id=letter_id)
        clerk = actor(office, "customer-service")
        open_case(version, actor=clerk, now=NOW, inputs=inputs)
        return "done"

    answers = together(app, begin, [letter_id] * 4 + [filed_id])
    assert sorted(answers) == ["done", *["letter_is_case"] * 3, "not_allowed"]
    case = db.session.scalars(sa.select(Case)).one()
    assert (case.channel, case.subject) == ("surat", "Hal")


@pytest.mark.sqlite
def test_the_agenda_begins_anew_with_the_year_of_the_office_and_for_each_office(
    dukcapil: Office, ambon: Office
) -> None:
    late = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # 23.00 WIB, and 01.00 of 2027 in Ambon
    written = [
        register(arrival(), actor=actor(office, post), now=now)
        for office, post, now in (
            (dukcapil, "customer-service", late),
            (ambon, "kasubbag-umum", late),
            (dukcapil, "customer-service", late + timedelta(hours=1)),
            (dukcapil, "customer-service", late + timedelta(hours=1)),
        )
    ]
    assert [incoming.agenda_of(one) for one in written] == ["1/2026", "1/2027", "1/2027", "2/2027"]


@pytest.mark.sqlite
def test_the_front_desk_and_who_keeps_the_registers_write_into_the_agenda(
    dukcapil: Office,
) -> None:
    may = {
        post.key
        for post in db.session.scalars(sa.select(Post).where(Post.office_id == dukcapil.id))
        if post.recorded_by_id is None and registrar(person(dukcapil, post.key)) is not None
    }
    assert may == {"customer-service", "kasubbag-umum"}


# -- who sees a letter -----------------------------------------------------------------------


@pytest.fixture
def town(session: Any) -> Town:
    """A small office on the database of this test."""
    return Town()


def letter(town: Town, by: Post, to: Post, urgency: str = "biasa", **more: Any) -> IncomingLetter:
    """A letter that `by` registered and laid before `to`."""
    count = db.session.scalar(sa.select(sa.func.count(IncomingLetter.id))) or 0
    row = IncomingLetter(
        office=town.office,
        year=2026,
        agenda=count + 1,
        received_on=NOW.date(),
        sender="Camat Contoh",
        subject="Hal",
        urgency=urgency,
        user=town.user(f"pencatat-{town.office.key}-{count}"),
        post=by,
        for_post=to,
        registered_at=NOW,
        **more,
    )
    row.scans.append(
        Scan(name="surat.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    )
    row.scans[0].uploaded_at = NOW
    db.session.add(row)
    db.session.flush()
    return row


def disposed(row: IncomingLetter, giver: Post, to: Post, **more: Any) -> None:
    """The letter was laid on the desk of `to`."""
    made = Disposition(from_post=giver, to_post=to, duty="report", given_at=NOW, **more)
    row.dispositions.append(made)
    db.session.flush()


def seen(person: Person) -> set[int]:
    """The letters in sight, which the list and the scans agree on."""
    found = set(
        db.session.scalars(sa.select(IncomingLetter.id).where(access.scope(person, IncomingLetter)))
    )
    listed = lists.ids_newest_first(person, IncomingLetter, 50, shape=agenda)
    assert listed == sorted(found, reverse=True)
    scans = sa.select(Scan.incoming_letter_id).where(access.scope(person, Scan))
    assert set(db.session.scalars(scans)) == found
    return found


def test_a_letter_is_seen_along_the_posts_it_goes_through_and_above_them(town: Town) -> None:
    loket, other = town.post("loket"), town.post("other")
    ani, budi = town.person("ani", town.desk), town.person("budi", town.head)
    citra, fajar = town.person("citra", town.director), town.person("fajar", other)
    gita = town.person("gita", loket)
    row = letter(town, loket, town.head)
    assert [bool(seen(one)) for one in (ani, budi, citra, fajar, gita)] == [0, 1, 1, 0, 1]
    disposed(row, town.head, town.desk)
    disposed(row, town.head, other, recalled_at=NOW, ended_at=NOW)
    assert [bool(seen(one)) for one in (ani, fajar)] == [1, 0]


def test_a_secret_letter_is_seen_by_those_it_goes_through_and_by_nobody_above(town: Town) -> None:
    keeper = town.post("keeper", capabilities=["keep_register", "see_office"])
    ani, budi = town.person("ani", town.desk), town.person("budi", town.head)
    citra, hana = town.person("citra", town.director), town.person("hana", keeper)
    row, plain = letter(town, town.desk, town.head, "rahasia"), letter(town, town.desk, town.head)
    both = {row.id, plain.id}
    assert [seen(one) for one in (ani, budi, citra, hana)] == [both, both, {plain.id}, {plain.id}]
    disposed(row, town.head, keeper)
    assert seen(hana) == both


def test_the_letter_of_a_case_is_as_hidden_as_the_case(town: Town) -> None:
    keeper = town.person("hana", town.post("keeper", capabilities=["keep_register"]))
    budi = town.person("budi", town.head)
    row = letter(town, town.desk, town.head)
    assert seen(keeper) == seen(budi) == {row.id}
    row.case = town.case(town.desk, sop=town.procedure("khusus", confidential=True))
    db.session.flush()
    assert (seen(keeper), seen(budi)) == (set(), {row.id})
    row.case.reported_user_id = budi.user_id
    db.session.flush()
    assert seen(budi) == set()


def test_nobody_sees_a_letter_of_another_office(town: Town) -> None:
    elsewhere = Town("jauh")
    power = [*access.CAPABILITIES]
    dewi = elsewhere.person("dewi", elsewhere.post("besar", capabilities=power))
    letter(town, town.desk, town.head)
    assert seen(dewi) == set()


# -- the SOP ---------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_a_case_that_came_by_letter_is_registered_in_the_agenda_once(sekadau: Office) -> None:
    by_letter = walking.Story(columns={"channel": "surat"})
    case = make_case(sekadau, "pengaduan", "pertimbangan", story=by_letter)
    row = db.session.scalars(sa.select(IncomingLetter)).one()
    assert (row.case_id, row.agenda, row.sender) == (case.id, 1, "Fitri Teladani")
    assert (row.subject, row.received_on) == (case.subject, case.received_on)
    make_case(sekadau, "pengaduan", "pertimbangan")  # this one came in person
    assert db.session.scalar(sa.select(sa.func.count(IncomingLetter.id))) == 1
    assert receipt_values(db.session.get_one(Case, case.id))["nomor_agenda"] == "1/2026"
