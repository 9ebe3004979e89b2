"""One letter for each of many cases: issued, konsep, or a paper; what fails stops no other."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from sqlalchemy import select

from backoffice import access, job_turns, jobs, storage
from backoffice.actor import Actor
from backoffice.config import Settings
from backoffice.database import begin_write
from backoffice.letters import drafting, issuing, many, many_files
from backoffice.letters.many_kinds import choices
from models import Case, Job, JobState, Letter, Office, db
from tests import factories
from tests.factories import NOW

KIND = "surat-balasan"
COUNTER, HEAD = "customer-service", "kabag"
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def worker(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that does this kind of job, in the folder of the test."""
    monkeypatch.setattr(job_turns, "handlers", {})
    jobs.handler(many.KIND)(lambda job: many.make(job, settings.files))


def case_of(office: Office, *, letter: str = "", text: str = "KTP-el sudah dicetak.") -> Case:
    """A numbered case whose letter is a draft, approved, or not there."""
    case = factories.make_case(office, "pengaduan-menengah", "penyusunan")
    head = factories.actor(office, "kadis")
    if letter:
        begin_write()
        made = drafting.save_draft_letter(case, KIND, {"isi": text}, actor=head, now=NOW)
        if letter == "approved":
            drafting.approve(made, actor=head, now=NOW)
        db.session.commit()
    return case


def done(ids: list[int], form: str, actor: Actor, kind: str = KIND) -> Job:
    """The job, asked for and done."""
    job_id = many.ask(ids, kind, form, actor=actor, now=NOW).id
    db.session.commit()
    assert jobs.run_due(LATER) == 1
    return db.session.get_one(Job, job_id)


def result(settings: Settings, job: Job) -> bytes:
    """The file that was made."""
    return storage.path(settings.files, job.result_sha256).read_bytes()


def files_in(data: bytes) -> dict[str, bytes]:
    """The files of a .zip."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {one: package.read(one) for one in package.namelist()}


def text_of(data: bytes) -> list[str]:
    """What a Word file says."""
    return [one.text for one in Document(BytesIO(data)).paragraphs if one.text]


def head_of(office: Office) -> Actor:
    """Who heads it and sees all of it."""
    return factories.actor(office, "kadis")


def test_issued_letters_are_the_bytes_that_were_issued_and_drafts_are_konsep(
    settings: Settings, dukcapil: Office
) -> None:
    issued, draft, none = (case_of(dukcapil, letter=one) for one in ("approved", "draft", ""))
    letter = db.session.scalars(select(Letter).where(Letter.case_id == issued.id)).one()
    frozen = issuing.issued_of(letter.id, with_files=True)
    assert frozen is not None
    net, numbers = frozen.net, [issued.number, draft.number]
    job = done([issued.id, draft.id, none.id], many_files.EACH, head_of(dukcapil))
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    assert job.faults == [
        {"case": none.id, "number": none.number, "of": "complaint", "code": many.NO_LETTER}
    ]
    files = files_in(result(settings, job))
    assert list(files) == [
        f"00001-{numbers[0]}-{KIND}.docx",
        f"00002-{numbers[1]}-{KIND}-konsep.docx",
    ]
    assert next(iter(files.values())) == net
    assert "KTP-el sudah dicetak." in text_of(list(files.values())[1])
    assert (job.result_name, job.result_size) == (f"{KIND}.zip", len(result(settings, job)))


def test_a_paper_of_the_case_is_filled(settings: Settings, dukcapil: Office) -> None:
    cases = [case_of(dukcapil) for _ in range(2)]
    numbers = [one.number for one in cases]
    job = done([one.id for one in cases], many_files.PRINT, head_of(dukcapil), "tanda-terima")
    document = Document(BytesIO(result(settings, job)))
    assert len(document.sections) == 2
    said = "".join(one.text or "" for one in document.element.body.iter(qn("w:t")))
    assert [one for one in numbers if one and one in said] == numbers
    assert (job.result_name, job.faults) == ("tanda-terima.docx", [])


@pytest.mark.sqlite
def test_more_letters_than_go_into_one_file_are_several_files(
    settings: Settings, dukcapil: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_files, "MOST_TOGETHER", 2)
    monkeypatch.setattr(many, "CHUNK", 2)
    ids = [case_of(dukcapil, letter="draft", text=f"Surat ke-{n}.").id for n in range(3)]
    files = files_in(result(settings, done(ids, many_files.PRINT, head_of(dukcapil))))
    assert list(files) == [f"{KIND}-001.docx", f"{KIND}-002.docx"]
    said = [[one for one in text_of(data) if one.startswith("Surat")] for data in files.values()]
    assert said == [["Surat ke-0.", "Surat ke-1."], ["Surat ke-2."]]


def test_a_case_that_left_his_view_meanwhile_is_not_made(
    settings: Settings, dukcapil: Office
) -> None:
    seen, gone = (case_of(dukcapil, letter="draft") for _ in "ab")
    head = head_of(dukcapil)
    job_id = many.ask([seen.id, gone.id], KIND, many_files.EACH, actor=head, now=NOW).id
    db.session.commit()
    gone.reported_user_id = head.user.id  # he is the one who is complained about
    number = gone.number
    db.session.commit()
    jobs.run_due(LATER)
    job = db.session.get_one(Job, job_id)
    assert job.faults == [{"case": gone.id, "number": number, "code": many.GONE}]
    assert len(files_in(result(settings, job))) == 1
    person = factories.person(dukcapil, "kadis")
    assert many.still_sees(job, person)
    seen.reported_user_id = head.user.id
    db.session.commit()
    assert not many.still_sees(job, person)


@pytest.mark.sqlite
def test_one_that_breaks_is_listed_and_the_others_are_made(
    settings: Settings, dukcapil: Office, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    ids = [case_of(dukcapil, letter="draft").id for _ in range(3)]
    real = drafting.render

    def broken(letter: Letter, **how: Any) -> bytes:
        if letter.case_id == ids[0]:
            raise ZeroDivisionError
        if letter.case_id == ids[1]:
            letter.fields = {**letter.fields, "hal": None}
        return real(letter, **how)

    monkeypatch.setattr(drafting, "render", broken)
    job = done(ids, many_files.PRINT, head_of(dukcapil))
    assert [one["code"] for one in job.faults][:1] == [many.BROKEN]
    assert "ZeroDivisionError" in caplog.text
    assert job.state is JobState.DONE
    assert job.result_size > 0


@pytest.mark.sqlite
def test_where_nothing_could_be_made_there_is_no_file(settings: Settings, dukcapil: Office) -> None:
    ids = [case_of(dukcapil).id for _ in range(2)]
    for form in many_files.FORMS:
        job = done(ids, form, head_of(dukcapil))
        assert [one["code"] for one in job.faults] == [many.NO_LETTER] * 2
        assert (job.state, job.result_name, job.result_sha256) == (JobState.DONE, "", "")
    assert list(settings.files.rglob(".new-*")) == []


@pytest.mark.sqlite
def test_who_has_many_waiting_waits(dukcapil: Office) -> None:
    head, case_id = head_of(dukcapil), case_of(dukcapil).id
    for _ in range(many.MOST_WAITING):
        many.ask([case_id], KIND, many_files.EACH, actor=head, now=NOW)
        db.session.commit()
    with pytest.raises(many.TooManyWaiting):
        many.ask([case_id], KIND, many_files.EACH, actor=head, now=NOW)


def test_what_can_be_chosen_is_what_is_there(dukcapil: Office) -> None:
    ids = [case_of(dukcapil, letter=one).id for one in ("approved", "draft", "draft", "")]
    found = {one.key: one for one in choices(ids)}
    assert (found[KIND].issued, found[KIND].drafts) == (1, 2)
    assert found["tanda-terima"].papers == 4
    assert choices([]) == []


def test_only_who_asked_sees_the_job(dukcapil: Office, ambon: Office) -> None:
    case_id = case_of(dukcapil).id
    job_id = many.ask([case_id], KIND, many_files.EACH, actor=head_of(dukcapil), now=NOW).id
    db.session.commit()
    for office, post, count in ((dukcapil, "kadis", 1), (dukcapil, COUNTER, 0), (ambon, HEAD, 0)):
        person = factories.person(office, post)
        query = select(Job.id).where(access.scope(person, Job), Job.id == job_id)
        assert len(list(db.session.scalars(query))) == count
