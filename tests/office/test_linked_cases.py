"""A case opens another of a different SOP: what goes over, whose desk it is, and who sees it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice import access
from backoffice.errors import CannotTakeBack, Incomplete, Refusal
from backoffice.workflow import corrections, publishing, reading
from backoffice.workflow.engine import command
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.linking import NotPublished
from models import (
    Attachment,
    Case,
    Duty,
    EventKind,
    Office,
    OutsideReference,
    ReferenceKind,
    Status,
    VersionState,
    db,
)
from seed import walking
from tests.factories import NOW, actor, after, make_case, person, post_of, user_of

FIRST = """
code: laporan
number_code: LAP
title: Laporan Langsung
kind: complaint
outcomes:
  - {key: selesai, label: Selesai}
steps:
  - key: terima
    row: 1
    activity: Petugas menerima laporan
    actor: petugas-pengaduan
    asks: [reporter, subject, summary, channel, category, urgency, received_on]
    transitions:
      - action: forward
        label: Teruskan
        to: putus
        attach: required
        effects: [number]
  - key: putus
    row: 2
    activity: Kasubbag memutuskan
    actor: kasubbag-umum
    transitions:
      - action: forward
        key: lanjutkan
        label: Lanjutkan sebagai tindak lanjut
        to: tutup
        effects: [open_case: lanjutan]
  - key: tutup
    row: 3
    activity: Kepala Dinas membaca dan menutup
    actor: kepala-dinas
    transitions:
      - action: return
        label: Kembalikan
        to: putus
      - action: close
        label: Tutup
        to: {end: selesai}
"""
SECOND = """
code: lanjutan
number_code: LAN
title: Tindak Lanjut
kind: general
outcomes:
  - {key: selesai, label: Selesai}
steps:
  - key: mulai
    row: 1
    activity: Kasi menindaklanjuti
    actor: {actor}
    time: 1 hari kerja
    asks: [subject]
    transitions:
      - action: close
        label: Selesaikan
        to: {{end: selesai}}
"""


def published(office: Office, *texts: str) -> Office:
    for text in texts:
        publishing.save_draft(office, text)
    publishing.publish_all(office, now=NOW, by=None)
    return office


def second(actor: str = "sekretaris") -> str:
    return SECOND.replace("{actor}", actor).replace("{{", "{").replace("}}", "}")


def at_decision(office: Office) -> Case:
    case = make_case(office, "laporan", "putus")
    case.references.append(OutsideReference(kind=ReferenceKind.LAPOR, number="1234567"))
    db.session.commit()
    return case


def go_on(case: Case, **more: object) -> Case:
    return walking.act(case.id, "lanjutkan", now=after(case), **more)


def linked(case: Case) -> list[Case]:
    """The cases that follow this one, oldest first."""
    return list(
        db.session.scalars(select(Case).where(Case.follows_id == case.id).order_by(Case.id))
    )


def test_the_linked_case_stands_at_its_first_step_with_all_that_is_known(
    dukcapil: Office,
) -> None:
    case = at_decision(published(dukcapil, FIRST, second()))
    case = go_on(case)
    [other] = linked(case)
    assert (case.step, other.step, other.status) == ("tutup", "mulai", Status.OPEN)
    assert (other.kind, other.number, other.version) == ("general", None, 1)
    for name in ("subject", "summary", "channel", "category", "urgency", "received_on"):
        assert getattr(other, name) == getattr(case, name) is not None
    assert other.party("reporter").telephone == case.party("reporter").telephone != ""
    assert [one.number for one in other.references] == ["1234567"]
    assert [(one.post.key, one.duty) for one in other.assignments] == [
        ("sekretaris", Duty.RESPONSIBLE)
    ]
    assert other.assignments[0].due_at is not None
    assert other.unit == post_of(dukcapil, "sekretaris").unit
    assert other.search_text


def test_the_files_go_over_as_rows_of_the_same_bytes(dukcapil: Office) -> None:
    case = go_on(at_decision(published(dukcapil, FIRST, second())))
    [other] = linked(case)
    rows = [
        db.session.scalars(select(Attachment).where(Attachment.case_id == one.id)).one()
        for one in (case, other)
    ]
    assert rows[0].sha256 == rows[1].sha256
    assert rows[0].id != rows[1].id
    assert (rows[0].name, rows[0].uploaded_at) == (rows[1].name, rows[1].uploaded_at)


def test_its_history_begins_with_where_it_comes_from(dukcapil: Office) -> None:
    case = go_on(at_decision(published(dukcapil, FIRST, second())))
    [event] = linked(case)[0].events
    assert (event.kind, event.seq, event.step) == (EventKind.OPENED, 1, "mulai")
    assert event.post.key == "kasubbag-umum"
    assert event.data == {
        "from_case": case.id,
        "from_event": case.events[-1].id,
        "from_number": case.number,
    }


def test_it_lives_on_its_own(dukcapil: Office) -> None:
    case = go_on(at_decision(published(dukcapil, FIRST, second())))
    [other] = linked(case)
    walking.act(other.id, "close", now=after(other))
    assert (other.status, case.status) == (Status.CLOSED, Status.OPEN)
    case = walking.act(case.id, "close", now=after(case))
    assert case.status == Status.CLOSED


@pytest.mark.sqlite
def test_met_again_after_a_return_it_is_opened_only_where_one_more_is_wanted(
    dukcapil: Office,
) -> None:
    case = go_on(at_decision(published(dukcapil, FIRST, second())))
    walking.act(case.id, "return", now=after(case))
    assert go_on(case).step == "tutup"
    assert len(linked(case)) == 1
    walking.act(case.id, "return", now=after(case))
    go_on(case, again=True)
    assert len(linked(case)) == 2


@pytest.mark.sqlite
def test_a_case_that_a_citizen_brought_later_is_no_linked_case_of_the_office(
    dukcapil: Office,
) -> None:
    case = at_decision(published(dukcapil, FIRST, second()))
    make_case(dukcapil, "lanjutan", inputs=Inputs(follows_id=case.id))
    go_on(case)
    assert len(linked(case)) == 2


@pytest.mark.sqlite
def test_it_is_refused_where_the_other_sop_is_not_published_and_nothing_moves(
    dukcapil: Office,
) -> None:
    publishing.save_draft(dukcapil, second())
    draft = publishing.save_draft(dukcapil, FIRST)  # publishing it alone is refused by lint
    draft.state, draft.published_at = VersionState.PUBLISHED, NOW
    db.session.commit()
    case = at_decision(dukcapil)
    with pytest.raises(NotPublished) as refused:
        go_on(case)
    assert refused.value.values == {"sop": "lanjutan"}
    assert db.session.get_one(Case, case.id).step == "putus"


@pytest.mark.sqlite
def test_where_several_could_begin_it_one_is_chosen(dukcapil: Office) -> None:
    case = at_decision(published(dukcapil, FIRST, second("kasi-terkait")))
    with pytest.raises(Incomplete) as refused:
        walking.act(case.id, "lanjutkan", now=after(case), posts={})
    assert refused.value.fields == {"post.kasi-terkait": "choose_post"}
    chosen = post_of(dukcapil, "kasi-pencatatan-sipil")
    go_on(case, posts={"kasi-terkait": chosen.id})
    assert [one.post_id for one in linked(case)[0].assignments] == [chosen.id]
    assert linked(case)[0].unit_id == chosen.unit_id


@pytest.mark.sqlite
def test_a_way_that_opened_a_case_is_not_taken_back(dukcapil: Office) -> None:
    case = go_on(at_decision(published(dukcapil, FIRST, second())))
    with pytest.raises(CannotTakeBack), command(case.id) as locked:
        corrections.take_back(locked, actor=actor(dukcapil, "kasubbag-umum"), now=after(case))


def test_who_is_named_as_reported_sees_neither_case(dukcapil: Office) -> None:
    case = at_decision(published(dukcapil, FIRST, second()))
    case.reported_user_id = user_of(dukcapil, "sekretaris").id
    db.session.commit()
    go_on(case)
    [other] = linked(case)
    named = person(dukcapil, "sekretaris")
    seen = select(Case.id).where(Case.id == other.id, access.sees_case(named))
    assert db.session.scalar(seen) is None


@pytest.mark.sqlite
def test_of_a_secret_case_nothing_but_the_link_goes_into_an_open_one(dukcapil: Office) -> None:
    secret = FIRST.replace("kind: complaint", "kind: complaint\nconfidential: true")
    case = at_decision(
        published(
            dukcapil, secret, second().replace("kind: general", "kind: general\nconfidential: true")
        )
    )
    published(dukcapil, FIRST, second())  # from now on both are open; the case runs as it began
    go_on(case)
    [other] = linked(case)
    assert (other.subject, other.summary, other.parties, other.references) == (None, None, [], [])
    assert other.received_on is not None
    rows = select(Attachment.id).where(Attachment.case_id == other.id)
    assert db.session.scalars(rows).all() == []


SHARED = FIRST.replace("effects: [open_case: lanjutan]", "effects: [share]").replace(
    "label: Tutup\n        to: {end: selesai}",
    "label: Tutup\n        to: {end: selesai}\n        effects: [share]",
)


@pytest.mark.sqlite
def test_what_is_shared_lies_with_the_superior_until_it_is_read(dukcapil: Office) -> None:
    case = go_on(at_decision(published(dukcapil, SHARED)))
    superior = post_of(dukcapil, "kasubbag-umum").superior
    assert superior is not None
    open_now = [(one.post.key, one.duty) for one in case.assignments if one.left_at is None]
    assert (superior.key, Duty.INFORMATION) in open_now
    assert case.events[-1].data["shared"] == superior.title
    reader = person(dukcapil, superior.key)
    reading.mark_read(case.id, reader.post_ids, now=after(case))
    assert all(one.left_at for one in case.assignments if one.duty == Duty.INFORMATION)


@pytest.mark.sqlite
def test_who_has_no_superior_here_writes_to_whom_it_went(dukcapil: Office) -> None:
    case = go_on(at_decision(published(dukcapil, SHARED)))
    case = walking.act(case.id, "close", now=after(case), note="Nota dinas kepada Sekda")
    assert case.events[-1].data["shared"] == "Nota dinas kepada Sekda"


@pytest.mark.sqlite
def test_what_was_shared_on_the_way_out_is_still_there_to_be_read(dukcapil: Office) -> None:
    post_of(dukcapil, "kadis").superior = None
    text = SHARED.replace("actor: kepala-dinas", "actor: sekretaris")
    case = go_on(at_decision(published(dukcapil, text)))
    case = walking.act(case.id, "close", now=after(case))
    waiting = [one.post.key for one in case.assignments if one.left_at is None]
    assert (case.status, waiting) == (Status.CLOSED, ["kadis"])


def test_nothing_is_opened_where_the_way_itself_is_refused(dukcapil: Office) -> None:
    case = at_decision(published(dukcapil, FIRST, second()))
    with pytest.raises(Refusal):
        go_on(case, happened_at=NOW.replace(year=2020), reason="Terlambat")
    assert linked(case) == []
