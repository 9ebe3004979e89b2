"""What a case page says of the letters it came by, papers to print, and meetings about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from backoffice.letters.kinds import LetterKind
from backoffice.letters.offering import papers_of
from backoffice.meetings import caller
from backoffice.workflow import promises
from backoffice.workflow.belongings import belongings_of
from models import Status
from views.case_head import CaseHead
from views.incoming_page import Arrival, arrivals_of
from views.letter_links import SEND, to_send
from views.letter_sheet import title_of
from views.meeting_page import MeetingLine, lines_of


@dataclass
class CaseLetters(CaseHead):
    """A part of `CasePage`."""

    @cached_property
    def incoming(self) -> list[Arrival]:
        """The letters it came by; `url` is empty where the letter is not for this person."""
        return arrivals_of(belongings_of(self.case.id), self.person)

    @property
    def papers(self) -> list[LetterKind]:
        """The papers the SOP has ready for this step, and for what was promised."""
        return papers_of(self.case)

    def sends(self, kind: str) -> str:
        """Where the letter is sent that keeps a promise; nothing while none is ready."""
        return to_send(self.case, kind)

    @property
    def unsent(self) -> list[tuple[str, str]]:
        """Letters for which alone the case waits: where each is sent, and what it is called."""
        if self.case.status is not Status.AWAITING_NOTICE:
            return []
        waiting = promises.unsent(self.case, self.case.outcome)
        return [(SEND.format(one.id), title_of(one)) for one in waiting]

    @property
    def meetings(self) -> list[MeetingLine]:
        """The meetings about the case, the newest first."""
        return lines_of(belongings_of(self.case.id).meetings, self.zone)

    @property
    def may_meet(self) -> bool:
        """Whether this person calls a meeting about it."""
        return caller(self.case, self.person) is not None
