"""What can be refused, and why: a code with values. Views put it into words."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Nothing was changed. `code` names the sentence, `values` fill it, `fields` say where.

    `fields`: form field name -> code of the sentence above that field. A form field is a column
    (`subject`), a party part (`reporter.name`), `fields.<key>`, `record.<record>.<key>`,
    `letter.<key>`, `note`, `attachment`, `scan`, `unit`, `post`, `severity`, `variant`,
    `happened_at`, `reason`, `target` (of a case to be joined), `references.<kind>`.
    """

    status = 422
    code = "refused"

    def __init__(self, fields: dict[str, str] | None = None, **values: Any) -> None:
        super().__init__(self.code)
        self.fields = fields or {}
        self.values = values


class NotAllowed(Refusal):
    """The SOP does not give this actor this action where the case now stands."""

    code = "not_allowed"


class NotFound(Refusal):
    """Outside the scope, or not there: the answer is the same."""

    status = 404
    code = "not_found"


class Stale(Refusal):
    """Somebody was faster: the case is no longer what the officer saw."""

    status = 409
    code = "stale"


class Incomplete(Refusal):
    """Something that is asked for is missing or wrong; `fields` says what."""

    code = "incomplete"


class OpenNotices(Refusal):
    """Parties were promised to be told and were not; `values["notices"]` lists the rows."""

    code = "open_notices"


class OpinionsMissing(Refusal):
    """Members of the team have not given their opinion; `values["posts"]` names their posts."""

    code = "opinions_missing"


class LetterHasGap(Refusal):
    """The letter is missing (`letter_missing`) or has unfilled fields."""

    code = "letter_gap"


class LetterNotApproved(Refusal):
    """Nobody has approved the letter yet, so it does not leave the office."""

    code = "letter_not_approved"


class LetterNotSent(Refusal):
    """Letters the SOP promises are ready and have not gone out; `values["ids"]` lists them."""

    code = "letter_not_sent"


class TooManyParafs(Refusal):
    """As many officials as the rules allow have initialled; `values["posts"]` names their posts."""

    code = "too_many_parafs"


class CannotTakeBack(Refusal):
    """The next person has opened the case, or something has left the office."""

    code = "cannot_take_back"


class CannotJoin(Refusal):
    """The other case cannot take this one; `fields["target"]` says why."""

    code = "cannot_join"


class HoldsJoined(Refusal):
    """Other cases were joined to this one and would end with it."""

    code = "holds_joined"


class LetterIsCase(Refusal):
    """The incoming letter has gone to a case already."""

    code = "letter_is_case"


class LetterHasDispositions(Refusal):
    """Somebody still has to report on the incoming letter."""

    code = "letter_has_dispositions"


class PackError(Exception):
    """A pack that does not lint: `findings` has every one."""

    def __init__(self, findings: tuple[Any, ...]) -> None:
        super().__init__("; ".join(str(one) for one in findings))
        self.findings = findings
