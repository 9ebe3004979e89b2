"""The letter that is drafted on a way: what is typed, what goes with it, who else gets it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from backoffice.actor import posts_of
from backoffice.letters import drafting
from backoffice.letters.kind_fields import COPIES, LetterField
from backoffice.letters.values import lines
from backoffice.text import _
from backoffice.workflow.belongings import Filed, belongings_of
from backoffice.workflow.routing import standing_events
from models import Case, Letter
from views.changes import returned_of
from views.fields import ChoiceField, ChoicesField, LineField, LongField, small_int
from views.forms import OfficeForm, Parts

LETTER_TEXT = "isi"  # the one long text of a letter
ENCLOSED, COPIED = "enclosures.", "copies"
MORE, MOST = 3, 20  # empty places below what is enclosed already; how many files in all


def add_letter(parts: Parts, case: Case, kind: str) -> None:
    """Its fields as they were saved last, or as they are suggested; then enclosures and copies."""
    letter = drafting.goes_on(drafting.current_letter(case, kind))
    values = letter.fields if letter is not None else drafting.prefill(case, kind)
    back = returned_of(letter, standing_events(case)) if letter is not None else None
    told = back.told(case.office.timezone) if back is not None else ""
    asked = drafting.fields_of(kind, case.office_id)
    parts.group(_("Letter"), hint=_hint(kind), alert=told)
    for one in asked:
        rows = {"rows": "12"} if one.key == LETTER_TEXT else None
        maker = LongField if one.type == "long_text" else LineField
        made = maker(str(one.label), description=str(one.help), render_kw=rows)
        parts.add(f"letter.{one.key}", made, values.get(one.key), required=one.required)
    _add_copies(parts, case, asked)
    _add_enclosures(parts, case, letter)


def _hint(kind: str) -> str:
    if drafting.has_template(kind):
        return _("Kop, number and signature are added by themselves.")
    return _("This letter has no Word template yet: Paraf keeps its text only.")


def _add_copies(parts: Parts, case: Case, asked: Iterable[LetterField]) -> None:
    """The posts of the office, to be ticked instead of typed."""
    inside = (one for one in posts_of(case.office_id).values() if not one.takes_escalations)
    titles = dict.fromkeys(one.title for one in inside)
    if COPIES.key not in {one.key for one in asked} or not titles:
        return
    hint = _("Each post that is ticked stands in the letter below those that were typed.")
    parts.group(_("Copies to posts of the office"), hint=hint, folded=True)
    choices = [(one, one) for one in titles]
    parts.add(COPIED, ChoicesField(_("Copies also to"), choices))


def _add_enclosures(parts: Parts, case: Case, letter: Letter | None) -> None:
    """One choice for each place among the files of the case, in the order of the letter."""
    files = belongings_of(case.id).files
    if not files:
        return
    chosen = [one for one in (letter.enclosures if letter else ()) if one in {f.id for f in files}]
    hint = _("From the files of this case, in the order of the letter. Their number is written "
             "under Lampiran by itself, unless you type it.")  # fmt: skip
    parts.group(_("Files that go with the letter"), hint=hint, folded=True)
    choices = [(str(one.id), name_of(one)) for one in files]
    for n in range(min(len(files), len(chosen) + MORE, MOST)):
        value = chosen[n] if n < len(chosen) else None
        parts.add(f"{ENCLOSED}{n + 1}", ChoiceField(_("Enclosure %(n)d", n=n + 1), choices), value)


def name_of(file: Filed) -> str:
    """What a file is called where it is chosen."""
    return f"{file.label} ({file.name})" if file.label else file.name


def letter_of(form: OfficeForm) -> dict[str, Any]:
    """What was typed, with the posts that were ticked below those who get a copy anyway."""
    typed: dict[str, Any] = form.under("letter.")
    ticked: Sequence[str] = (form.value(COPIED) or ()) if COPIED in form else ()
    named = lines(typed.get(COPIES.key))
    more = [one for one in ticked if one not in named]
    return {**typed, COPIES.key: "\n".join((*named, *more))} if more else typed


def enclosures_of(form: OfficeForm) -> tuple[int, ...] | None:
    """The files that were chosen, in their order; None where the form asked for none."""
    asked = form.under(ENCLOSED)
    if not asked:
        return None
    found = (small_int(one) for one in asked.values() if one)
    return tuple(dict.fromkeys(one for one in found if one is not None))
