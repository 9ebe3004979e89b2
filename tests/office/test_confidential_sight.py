"""Who still reads a case after it has left his desk, of children and victims above all."""

from __future__ import annotations

import pytest

from backoffice.access import limited
from backoffice.workflow import corrections, publishing
from backoffice.workflow.engine import command
from models import Case, Office, Status
from seed import walking
from tests.factories import NOW, actor, after, make_case, person

SOP = "pengaduan-puspaga"
LETTER = walking.Story(columns={"channel": "surat"})
UNDISPOSED = """
code: konseling-singkat
number_code: KON
title: Konseling Singkat
kind: complaint
confidential: true
steps:
  - key: catat
    row: 1
    activity: Sekretariat mencatat
    actor: sekretariat
    time: 1 jam
    asks: [reporter, subject]
    transitions:
      - action: forward
        label: Teruskan
        to: putus
        effects: [number]
  - key: putus
    row: 2
    activity: Kepala Dinas memutuskan
    actor: kepala-dinas
    time: 1 jam
    transitions:
      - action: forward
        label: Putuskan
        to: sampaikan
  - key: sampaikan
    row: 3
    activity: Unit menyampaikan
    actor: unit-pengaduan
    time: 1 jam
    transitions:
      - action: close
        label: Tutup
        to: {end: selesai}
"""


def readers(office: Office, case: Case, *posts: str) -> set[str]:
    """Which of these posts read the whole case."""
    return {post for post in posts if not limited(person(office, post), case)}


def test_whoever_works_on_it_again_keeps_it_while_the_head_decides(sampang: Office) -> None:
    case = make_case(sampang, SOP, "disposisi", story=LETTER)

    posts = ("petugas-sekretariat", "admin-pengaduan", "kadis", "kabid-pppa")
    assert readers(sampang, case, *posts) == {"admin-pengaduan", "kadis"}


def test_the_front_desk_that_only_took_it_in_keeps_number_and_step(sampang: Office) -> None:
    desk = "petugas-sekretariat"
    assert readers(sampang, make_case(sampang, SOP, "penerimaan"), desk) == {desk}
    for step in ("pencatatan", "klarifikasi"):
        assert readers(sampang, make_case(sampang, SOP, step), desk) == set()


def test_who_ended_it_before_any_disposition_can_still_read_what_he_decided(
    sampang: Office,
) -> None:
    case = make_case(sampang, SOP, "surat-kaleng", story=LETTER)
    closed = walking.act(case.id, "close", now=after(case))

    assert closed.status is Status.CLOSED
    posts = ("petugas-sekretariat", "admin-pengaduan", "kadis")
    assert readers(sampang, closed, *posts) == {"admin-pengaduan", "kadis"}


def test_without_a_disposition_in_the_sop_nobody_who_worked_on_it_loses_it(
    sampang: Office,
) -> None:
    publishing.save_draft(sampang, UNDISPOSED)
    publishing.publish_all(sampang, now=NOW, by=None)
    case = make_case(sampang, "konseling-singkat", "sampaikan")

    worked = {"petugas-sekretariat", "kadis", "admin-pengaduan"}
    assert readers(sampang, case, *worked, "kabid-pppa", "sekretaris") == worked


@pytest.mark.sqlite
def test_a_step_taken_back_gives_the_sight_back_with_the_desk(sampang: Office) -> None:
    case = make_case(sampang, SOP, "pencatatan")
    with command(case.id) as locked:
        corrections.take_back(
            locked, actor=actor(sampang, "petugas-sekretariat"), now=after(locked)
        )

    assert readers(sampang, case, "petugas-sekretariat") == {"petugas-sekretariat"}


@pytest.mark.sqlite
def test_a_disposition_to_another_bidang_that_is_taken_back_takes_nothing_from_the_first(
    sekadau: Office,
) -> None:
    case = make_case(sekadau, "pengaduan", "disposisi-bidang", story=walking.Story(unit="rehsos"))
    walking.act(case.id, "return", now=after(case))
    assert readers(sekadau, case, "kabid-rehsos") == {"kabid-rehsos"}
    other = walking.Story(unit="linjamsos")
    walking.act(case.id, "forward", now=after(case, 20), story=other)
    assert readers(sekadau, case, "kabid-rehsos") == set()
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(sekadau, "kadis"), now=after(locked, 25))

    assert readers(sekadau, case, "kabid-rehsos") == {"kabid-rehsos"}
