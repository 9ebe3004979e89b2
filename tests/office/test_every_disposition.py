"""Whatever is laid on whose desk: it ends with what it came from, and nobody is forgotten."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from backoffice.errors import Incomplete, Refusal
from backoffice.workflow import disposing, publishing, reading
from backoffice.workflow.disposing import Order
from backoffice.workflow.engine import command
from backoffice.workflow.sheets import open_rows
from models import Disposition, Duty, Office, db
from tests import factories
from tests.factories import NOW
from tests.walks import LONG, OneCase, having, walk

RUNS = 1_000 if LONG else 80
# Down two levels and up again; it begins where there are most posts beneath.
SOP = """
code: berjenjang
title: Penanganan berjenjang
kind: general
number_code: JENJANG
steps:
  - key: pimpinan
    row: "1"
    activity: Pimpinan mendisposisikan
    actor: kepala-dinas
    transitions:
      - {action: forward, label: Disposisikan, to: bidang, choose: {unit: [rehsos, linjamsos]},
         effects: [dispose]}
      - {action: close, label: Selesaikan, to: {end: selesai}}
  - key: bidang
    row: "2"
    activity: Bidang meneruskan
    actor: kepala-bidang
    transitions:
      - {action: forward, label: Teruskan, to: seksi, choose: {post: kepala-seksi},
         effects: [dispose]}
      - {action: record, key: tanya, label: Minta pendapat, to: bidang,
         choose: {post: kepala-seksi}, effects: [dispose]}
      - {action: return, label: Kembalikan, to: pimpinan}
  - key: seksi
    row: "3"
    activity: Seksi mengerjakan
    actor: kepala-seksi
    transitions:
      - {action: forward, label: Naikkan, to: pimpinan}
      - {action: return, label: Kembalikan, to: bidang}
"""
DEEDS: dict[str, Any] = {
    "begin": disposing.begin,
    "report": disposing.report,
    "recall": disposing.recall,
    "settle": disposing.settle,
    "back": disposing.give_back,
}
MORE = {"recall": {"reason": "Keliru"}, "report": {"text": "Sudah."}, "back": {"note": "Lengkapi."}}
DAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("recall",),
    ("report", "settle"),
    ("report", "back"),
    ("report",),
    ("begin",),
    ("read", "recall"),
    ("join", "apart"),
    ("void",),
    ("withdraw",),
)
STILL = ("begin", "back")  # nobody's page is out of date by these


class Chain(OneCase):
    """A case that lies before somebody with posts beneath him."""

    @initialize(below=st.booleans())
    def open(self, below: bool) -> None:
        """Before the head, or before the Bidang to which the SOP has disposed of it."""
        office = factories.office_of("dinsos-sekadau")
        case = factories.make_case(office, "berjenjang", "bidang" if below else None)
        self.case_id, self.now = case.id, factories.after(case)

    @rule(
        giver=st.integers(0, 3),
        to=st.integers(0, 30),
        days=st.sampled_from([3, 30, None, 0]),
        deeds=st.sampled_from(DAYS),
        which=st.integers(0, 3),
    )
    def bring_a_day(
        self, giver: int, to: int, days: int | None, deeds: tuple[str, ...], which: int
    ) -> None:
        """Somebody gives or passes on a sheet, and something comes of one that is open."""
        self.lay_on_desks_below(giver, to, days)
        rows = sorted(open_rows(self.case), key=lambda one: (one.duty != Duty.REPORT, -one.id))
        row_id = rows[which % len(rows)].id if rows else 0
        for deed in deeds if rows else ():
            self.do(deed, row_id)

    def lay_on_desks_below(self, giver: int, to: int, days: int | None) -> None:
        """Who answers for the case disposes of it, or who was asked for a report passes it on."""
        case = self.case
        givers = [
            actor
            for post in having(case)
            for actor in self.actors_of(post)
            if not actor.on_behalf and disposing.may_dispose(case, actor)
        ]
        self.pass_time(5)
        actor = givers[giver % len(givers)] if givers else None
        below = disposing.targets(case, actor, self.now) if actor is not None else []
        if actor is None or not below:
            return
        first, last = below[to % len(below)].id, below[-1 - to % len(below)].id
        what = Order(
            to=tuple({first, last}),
            lead=first,
            ticks=("proses",),
            deadline_on=None if days is None else self.now.date() + timedelta(days=days),
        )
        # It may be later than one's own day, or have been given before.
        with suppress(Incomplete), command(self.case_id) as locked:
            disposing.give(locked, actor=actor, now=self.now, order=what)

    def do(self, deed: str, row_id: int) -> None:
        """Something with one disposition, or with the case as a whole."""
        match deed:
            case "join":
                self.join_another(True)
            case "apart":
                self.take_apart()
            case "void" | "withdraw":
                self.end_early(deed)
            case _:
                self.handle(deed, row_id)

    def handle(self, deed: str, row_id: int) -> None:
        """One of the deeds with a disposition, by whoever has the post now."""
        self.pass_time(5)
        row = db.session.get_one(Disposition, row_id, populate_existing=True)
        if deed == "read":
            reading.mark_read(self.case_id, frozenset([row.to_post_id]), now=self.now)
            return
        above = deed in ("recall", "settle", "back")
        post = row.from_post if above else row.to_post
        found = [one for one in self.actors_of(post) if not one.on_behalf]
        if found:
            with suppress(Refusal), command(self.case_id, moves=deed not in STILL) as locked:
                one = disposing.find(locked, row.id)
                DEEDS[deed](one, actor=found[0], now=self.now, **MORE.get(deed, {}))


@(pytest.mark.slow if LONG else pytest.mark.sqlite)  # the big run is on both databases
def test_whatever_is_disposed_of_ends_with_what_it_came_from(sekadau: Office) -> None:
    publishing.save_draft(sekadau, SOP)
    publishing.publish_all(sekadau, now=NOW, by=None)
    db.session.commit()
    walk(Chain, RUNS)
