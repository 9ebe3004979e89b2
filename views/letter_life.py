"""The life of a letter as a line of stages, and the one sentence that says what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backoffice.actor import posts_of
from backoffice.letters import marks
from backoffice.text import _, short_date, short_moment
from backoffice.workflow import promises, routing
from backoffice.workflow.definition import Step
from backoffice.workflow.versions import definition_of
from models import Case, Duty, Letter, LetterMark, LetterState, MarkKind, Post, Status
from views.acting import who_marked

STAGES = (
    LetterState.DRAFT,
    LetterState.INITIALLED,
    LetterState.APPROVED,
    LetterState.SIGNED,
    LetterState.SENT,
    LetterState.RECEIVED,
)
PARAF = ("initial", "coordinate")
LEAVING = ("approve_letter", "send")  # a kind with neither is written, and stays as it is
# Effect of an SOP -> the stage that a letter waits for where a way has it; the farthest first.
AWAITED = {
    "approve_letter": LetterState.APPROVED,
    "initial": LetterState.INITIALLED,
    "coordinate": LetterState.INITIALLED,
    "send": LetterState.SENT,  # of a kind that the SOP has nobody approve
    "draft": LetterState.DRAFT,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A station of the line: `kind` and `icon` show what `state` says in words."""

    kind: str
    icon: str
    name: str
    state: str
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who set which mark, when; `fell` says why it counts no more."""

    what: str
    who: str
    at: str
    fell: str = ""


def names() -> dict[LetterState, str]:
    """The stations of the line."""
    return {
        LetterState.DRAFT: _("Draft"),
        LetterState.INITIALLED: _("Initialled"),
        LetterState.APPROVED: _("Approved"),
        LetterState.SIGNED: _("Signed"),
        LetterState.SENT: _("Sent"),
        LetterState.RECEIVED: _("Received"),
    }


@dataclass(frozen=True, slots=True)
class Life:
    """How far a letter is. `zone` is that of the office."""

    letter: Letter
    zone: str

    @property
    def case(self) -> Case:
        """Its case."""
        return self.letter.case

    def stages(self) -> list[Stage]:
        """The stations, without a paraf that the SOP does not ask for and nobody set."""
        words, awaited, passed = names(), self.awaited(), self._farthest()
        asked = self._asks(*PARAF) or marks.standing(self.letter) or marks.fallen(self.letter)
        found = []
        for place, one in enumerate(STAGES):
            if one is LetterState.INITIALLED and not asked:
                continue
            at = self._reached(one)
            if one is awaited:
                found.append(Stage("today", "today", words[one], _("Now"), self._facts(one, at)))
            elif at is not None or one is LetterState.DRAFT:
                found.append(Stage("done", "done", words[one], _("Done"), self._facts(one, at)))
            elif place < passed:
                found.append(Stage("wait", "info", words[one], self._left_out(one)))
            else:
                found.append(Stage("", "later", words[one], self._to_come(one)))
        return found

    def awaited(self) -> LetterState | None:
        """The station for which the letter waits; none where it is over."""
        letter = self.letter
        if self.is_over or letter.received_at is not None:
            return None
        if letter.sent_at is not None:
            return LetterState.RECEIVED
        if letter.approved_at is None:
            waits = self.case.is_live and self._asks(*LEAVING)
            return self._awaited_by_sop() if waits else None
        return LetterState.SENT if letter.signed_at is not None else LetterState.SIGNED

    @property
    def is_over(self) -> bool:
        """Whether nothing comes of it any more: it is void, or its case is."""
        return self.letter.state is LetterState.VOID or self.case.status is Status.VOID

    def _awaited_by_sop(self) -> LetterState:
        ways = self._effects(self.step) if self.step is not None else set()
        return next((one for name, one in AWAITED.items() if name in ways), LetterState.DRAFT)

    @property
    def step(self) -> Step | None:
        """Where the case stands."""
        procedure = definition_of(self.case)
        return procedure.step(self.case.step) if procedure.has_step(self.case.step) else None

    def _effects(self, step: Step) -> set[str]:
        """What the ways out of a step do with letters of this kind."""
        return {
            one.name
            for way in step.transitions
            for one in way.effects
            if one.argument in (None, "", self.letter.kind)
        }

    def _asks(self, *names: str) -> bool:
        """Whether the SOP has somebody do one of these with letters of this kind."""
        return promises.names(definition_of(self.case), names, self.letter.kind)

    def _farthest(self) -> int:
        """The place behind the last station that was reached."""
        return max((n for n, one in enumerate(STAGES) if self._reached(one)), default=0)

    def _reached(self, stage: LetterState) -> datetime | None:
        letter, standing = self.letter, marks.standing(self.letter)
        return {
            LetterState.DRAFT: letter.drafted_at,
            LetterState.INITIALLED: standing[-1].at if standing else None,
            LetterState.APPROVED: letter.approved_at,
            LetterState.SIGNED: letter.signed_at,
            LetterState.SENT: letter.sent_at,
        }.get(stage, letter.received_at)

    def _facts(self, stage: LetterState, at: datetime | None) -> str:
        """When; of what happens on paper the day."""
        if at is None:
            return ""
        if stage in (LetterState.SIGNED, LetterState.RECEIVED):
            return short_date(at.astimezone(ZoneInfo(self.zone)).date())
        return short_moment(at, self.zone)

    def _to_come(self, stage: LetterState) -> str:
        """What is said of a station that was not reached; a kind may never come there."""
        ink = stage in (LetterState.APPROVED, LetterState.SIGNED)
        asked = self._asks("approve_letter") if ink else self._asks(*LEAVING)
        return _("Not yet") if asked else _("Not asked by the SOP")

    def _left_out(self, stage: LetterState) -> str:
        """What is said of a station that was passed by."""
        if self.letter.approved_at is None and not self._asks("approve_letter"):
            return _("Not asked by the SOP")
        if stage is LetterState.SIGNED:
            return _("Scan not there yet")
        return _("No paraf holds") if stage is LetterState.INITIALLED else _("Not recorded")

    # What comes next

    def next_step(self, *, may_sign: bool, sent: str = "") -> str:
        """What is to be done with the letter now, and by whom; `sent`: what its sendings ask."""
        letter = self.letter
        if letter.state is LetterState.VOID:
            return _("This letter is void. Nothing is to be done with it any more.")
        if self.is_over:
            return _("Its case was voided. Nothing is to be done with the letter any more.")
        if letter.approved_at is None and letter.sent_at is None:
            return self._before_approval()
        return " ".join(self._after_approval(may_sign=may_sign, sent=sent))

    def _before_approval(self) -> str:
        if not self._asks(*LEAVING):
            return _("The SOP does not say who signs this letter; the case does not wait for it.")
        if not self.case.is_live:
            return _("The case has ended; this letter was not approved.")
        who = self.desk
        words = {
            LetterState.APPROVED: _("It waits for the approval of %(post)s.", post=who),
            LetterState.INITIALLED: _("It waits for the paraf of %(post)s.", post=who),
            LetterState.SENT: _("It waits to be sent by %(post)s.", post=who),
        }
        written = _("It is being written. The case lies with %(post)s.", post=who)
        return words.get(self._awaited_by_sop(), written)

    def _after_approval(self, *, may_sign: bool, sent: str) -> Iterator[str]:
        letter, signer = self.letter, self.signer
        if sent and letter.received_at is None:
            yield sent
        elif letter.sent_at is None and self.case.status is Status.WITHDRAWN:
            yield _("Its case was withdrawn. Send the letter only if it is still needed.")
        elif letter.signed_at is None and letter.sent_at is None:
            yield _("It waits for the signature of %(post)s.", post=signer)
        elif letter.sent_at is None:
            yield _("It is signed and waits to be sent by %(post)s.", post=self.desk)
        elif letter.received_at is None:
            yield _("It was sent. Record it when it has arrived.")
        else:
            yield _("It has arrived.")
        if letter.signed_at is None and letter.approved_at is not None:
            yield self._scan_words(may_sign=may_sign)
        elif letter.received_at is not None:
            yield _("Nothing is left to do.")

    def _scan_words(self, *, may_sign: bool) -> str:
        if self.letter.sent_at is not None:
            missing = _("The scan of the signed letter is still missing: upload it on this page.")
            theirs = _("%(post)s still uploads the scan of the signed letter.", post=self.drafter)
            return missing if may_sign else theirs
        if may_sign:
            return _("Once it is signed, upload its scan below.")
        return _("Once it is signed, %(post)s uploads its scan.", post=self.drafter)

    @property
    def signer(self) -> str:
        """The post that signs: which approved it, else whom the SOP names."""
        approved = [one for one in self.letter.marks if one.kind is MarkKind.APPROVE]
        return approved[-1].post.title if approved else self.desk

    @property
    def drafter(self) -> str:
        """The post that wrote it last, else that has the case."""
        newest = next(reversed(self.letter.revisions), None)
        return newest.post.title if newest is not None else self.desk

    @property
    def desk(self) -> str:
        """Who has the case; of one that has ended, whom the SOP names at its last step."""
        titles = [one.title for one in desk_posts(self.case)]
        return " / ".join(titles) or _("the office")

    # Who did what

    def deeds(self) -> list[Deed]:
        """Every mark, the newest first, with those that fell."""
        return [self._deed(one) for one in reversed(self.letter.marks)]

    def _deed(self, mark: LetterMark) -> Deed:
        words = {
            MarkKind.INITIAL: _("Initials"),
            MarkKind.COORDINATE: _("Coordinating initials"),
            MarkKind.APPROVE: _("Approved"),
            MarkKind.SIGN: _("Scan of the signed letter uploaded"),
            MarkKind.SEND: _("Sent"),
            MarkKind.RECEIVE: _("Received"),
        }
        who = who_marked(mark, self.case.events)
        return Deed(words[mark.kind], who, short_moment(mark.at, self.zone), self._fell(mark))

    def _fell(self, mark: LetterMark) -> str:
        """Why a mark counts no more: nothing of one that holds."""
        if mark.kind in marks.PARAF:
            return "" if marks.holds(self.letter, mark) else self._changed_by(mark)
        if mark.kind is MarkKind.APPROVE:
            newest = [one for one in self.letter.marks if one.kind is MarkKind.APPROVE][-1]
            holds = self.letter.approved_at is not None and mark is newest
            return "" if holds else _("taken back since")
        inked = mark.kind is not MarkKind.SIGN or self.letter.signed_at is not None
        return "" if inked else _("of a version that is void")

    def _changed_by(self, mark: LetterMark) -> str:
        change = marks.felled_by(self.letter, mark)
        if change is None:
            return _("the letter was changed since")
        moment = short_moment(change.saved_at, self.zone)
        return _("changed by %(post)s, %(moment)s", post=change.post.title, moment=moment)


def desk_posts(case: Case) -> list[Post]:
    """The posts that have the case now; of one that has ended those of the step where it ended."""
    posts = posts_of(case.office_id)
    found = [
        posts[one.post_id]
        for one in case.assignments
        if one.left_at is None and one.duty is Duty.RESPONSIBLE and one.post_id in posts
    ]
    if found or case.is_live:
        return found
    last = routing.last_actor_at(case, case.step)
    return [last] if last is not None else []
