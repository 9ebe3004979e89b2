"""Lint on parafs: three in the hierarchy at most, all of them before the approval."""

from __future__ import annotations

import pytest

from backoffice.workflow.findings import Finding
from backoffice.workflow.lint import lint_folder
from tests.factories import OFFICES
from tests.packs import OFFICE, linted

HEAD = """\
code: izin
number_code: IZIN
title: Pelayanan Izin
kind: general
outcomes:
  - {key: terbit, label: Terbit}
steps:
"""
ROLES = {"kasi": "Kepala Seksi", "kabid": "Kepala Bidang", "sekretaris": "Sekretaris"}
STAFFED = OFFICE.replace(
    "  - {key: juru, title: Juru Tulis}\n",
    "  - {key: juru, title: Juru Tulis}\n  - {key: sekretaris, title: Sekretaris}\n"
    "  - {key: asisten, title: Asisten}\n",
).replace(
    "posts:\n",
    "posts:\n  - {key: sekretaris, title: Sekretaris, under: kadis, roles: [sekretaris]}\n"
    "  - {key: juru, title: Juru Tulis, under: kadis, roles: [juru]}\n"
    "  - {key: asisten, title: Asisten, under: kadis, roles: [asisten]}\n",
)


def step(key: str, actor: str, to: str, *effects: str, back: str = "") -> str:
    """A step with its way on, and one back where `back` names a step."""
    lines = [
        f"  - key: {key}",
        f"    row: {key.removeprefix('s')}",
        f"    activity: Langkah {key}",
        f"    actor: {actor}",
        "    time: 1 jam",
        "    transitions:",
        "      - action: forward",
        "        label: Teruskan",
        f"        to: {to}",
        f"        effects: [{', '.join(effects)}]",
    ]
    if back:
        lines += ["      - action: return", "        label: Kembalikan", f"        to: {back}"]
    return "\n".join(lines) + "\n"


def of(text: str, word: str) -> list[Finding]:
    """What lint says of this."""
    return [one for one in linted(HEAD + text, in_office=STAFFED) if word in one.message]


DRAFT = step("s1", "loket", "s2", "number", "draft: surat-balasan")
INITIAL = "initial: surat-balasan"
END = "{end: terbit}"
SIGNED = ("approve_letter: surat-balasan", "send: surat-balasan")


def chain(*last: str) -> str:
    """Three officials of the hierarchy initial, and then `last` is done before the signature."""
    first = DRAFT + step("s2", "kasi", "s3", INITIAL, back="s1")
    return (
        first
        + step("s3", "kabid", "s4", INITIAL, back="s1")
        + step("s4", "sekretaris", "s5", INITIAL, back="s1")
        + step("s5", "asisten", "s6", *last)
        + step("s6", "kepala", END, *SIGNED)
    )


def test_a_fourth_paraf_in_the_hierarchy_is_an_error_where_it_is_set() -> None:
    (fault,) = of(chain(INITIAL), "paraf hierarki paling banyak 3")
    assert (fault.level, "Langkah 5" in fault.where) == ("error", True)
    assert "paraf 4 pejabat" in fault.message


def test_a_paraf_of_coordination_stands_beside_the_three() -> None:
    assert of(chain("coordinate: surat-balasan"), "paraf") == []


def test_two_ways_with_two_parafs_each_are_no_way_with_four() -> None:
    fork = DRAFT.rstrip() + (
        "\n      - key: lain\n        action: forward\n        label: Lewat bidang\n"
        "        to: s4\n        effects: [draft: surat-balasan]\n"
    )
    text = (
        fork
        + step("s2", "kasi", "s3", INITIAL)
        + step("s3", "sekretaris", "s6", INITIAL)
        + step("s4", "kabid", "s5", INITIAL)
        + step("s5", "asisten", "s6", INITIAL)
        + step("s6", "kepala", END, *SIGNED)
    )
    assert of(text, "paraf hierarki") == []


def test_a_letter_that_is_drafted_anew_begins_with_no_paraf() -> None:
    text = (
        DRAFT
        + step("s2", "kasi", "s3", INITIAL)
        + step("s3", "kabid", "s4", INITIAL)
        + step("s4", "juru", "s5", "draft: surat-balasan")
        + step("s5", "sekretaris", "s6", INITIAL)
        + step("s6", "asisten", "s7", INITIAL)
        + step("s7", "kepala", END, *SIGNED)
    )
    assert of(text, "paraf hierarki") == []


def test_a_paraf_after_the_approval_is_an_error() -> None:
    text = (
        DRAFT
        + step("s2", "kepala", "s3", SIGNED[0])
        + step("s3", "sekretaris", END, INITIAL, SIGNED[1])
    )
    (fault,) = of(text, "setelah surat disetujui")
    assert (fault.level, "Langkah 3" in fault.where) == ("error", True)


def test_a_paraf_that_one_way_alone_brings_after_the_approval_is_a_warning() -> None:
    text = (
        DRAFT
        + step("s2", "sekretaris", "s3", INITIAL)
        + step("s3", "kepala", "s4", SIGNED[0])
        + step("s4", "loket", END, SIGNED[1])
        + "      - key: lagi\n        action: forward\n"
        + "        label: Periksa lagi\n        to: s2\n"
    )
    (fault,) = of(text, "setelah surat disetujui")
    assert (fault.level, "Langkah 2" in fault.where) == ("warning", True)


def test_a_return_that_takes_the_approval_back_may_lead_to_a_paraf() -> None:
    text = (
        DRAFT
        + step("s2", "sekretaris", "s3", INITIAL)
        + step("s3", "kepala", "s4", SIGNED[0])
        + step("s4", "loket", END, SIGNED[1], back="s2")
    )
    assert of(text, "setelah surat disetujui") == []


@pytest.mark.parametrize("office", sorted(one.name for one in OFFICES.iterdir() if one.is_dir()))
def test_the_shipped_sops_initial_as_their_papers_say(office: str) -> None:
    said = [one for one in lint_folder(OFFICES / office).findings if "paraf" in one.message.lower()]
    assert said == []
