"""A row of the drawing in words: the text beside its picture in a file.

The same sentences as on the page of an SOP; like the drawing itself they are Indonesian, whatever
language a screen is read in, and can be had without an installation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backoffice.drawing import Crossing, Drawing
from backoffice.drawing.chart import END
from backoffice.printing.plan import Join
from backoffice.workflow.definition import Action, Procedure, Step, Transition


class Teller:
    """Tells of the rows of one SOP. `titles`: the office's roles."""

    def __init__(self, procedure: Procedure, titles: Mapping[str, str], drawing: Drawing) -> None:
        self.procedure, self.titles, self.drawing = procedure, titles, drawing

    def row(self, index: int) -> str:
        """Who works in a printed row, and where its ways lead."""
        steps = [self.procedure.step(key) for key in self.drawing.rows[index].steps]
        who = "; ".join(dict.fromkeys(self._who_works(one) for one in steps))
        ways = dict.fromkeys(self._way(step, way) for step in steps for way in step.transitions)
        return " ".join((f"Pelaksana: {who}.", *(f"{one}." for one in ways)))

    def join(self, join: Join) -> str:
        """What the connectors of a page stand for, letter by letter."""
        pairs = zip(join.crossings, join.letters, strict=True)
        return " ".join(self._crossing(one, letter) for one, letter in pairs)

    def _crossing(self, one: Crossing, letter: str) -> str:
        return f"{letter}: {'; '.join(dict.fromkeys(self._passing(one)))}."

    def _passing(self, one: Crossing) -> Iterator[str]:
        for line in one.lines:
            for source, target in line.walks:
                word = f" ({line.word})" if line.word else ""
                yield f"dari {self._place(source)}{word} ke {self._target(target)}"
            if not line.walks:
                yield f"ke {line.target}"

    def _target(self, key: str) -> str:
        if key.startswith(END):
            return self._ending(key.removeprefix(END))
        return self._place(key)

    def _who_works(self, step: Step) -> str:
        who = self._who_acts(step)
        if step.team is None:
            return who
        return f"{who}, setelah pendapat {self.titles.get(step.team, step.team)}"

    def _who_acts(self, step: Step) -> str:
        if step.same_as is not None:
            before = self.procedure.step(step.same_as)
            return f"{self._who_acts(before)}, seperti {self._place(before.key)}"
        if step.recorded_by:
            recorder = self.titles.get(step.recorded_by, step.recorded_by)
            return f"{self._names(step)} (dicatat oleh {recorder})"
        return self._names(step)

    def _names(self, step: Step) -> str:
        return " / ".join(self.titles.get(one, one) for one in step.actors)

    def _place(self, key: str) -> str:
        row = self.procedure.step(key).row
        return f"langkah {row}" if row else "langkah tanpa nomor"

    def _ending(self, outcome: str) -> str:
        label = self.procedure.outcome(outcome).label
        return "selesai" if label.casefold() == "selesai" else f"selesai ({label})"

    def _way(self, step: Step, way: Transition) -> str:
        word = self.drawing.word(step.key, way.to.step or f"{END}{way.to.outcome}")
        # A letter says nothing to whoever does not see the drawing.
        said = len(word) > 1 and not way.label.startswith(word)
        label = f"{word} – {way.label}" if said else way.label
        if way.to.is_end:
            return f"{label}: {self._ending(str(way.to.outcome))}"
        target = self.procedure.step(str(way.to.step))
        if target is step:
            return f"{label}: tetap di langkah ini"
        while target.same_as is not None:
            target = self.procedure.step(target.same_as)
        verb = "kembali" if way.action is Action.RETURN else "lanjut"
        return f"{label}: {verb} ke {self._place(str(way.to.step))} ({self._names(target)})"
