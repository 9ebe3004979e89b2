"""Lint, fifth part: where the ways of an SOP lead."""

from __future__ import annotations

from itertools import product

from backoffice.workflow.definition import Action, Step, Transition
from backoffice.workflow.lint_data import surely_before
from backoffice.workflow.lint_references import values_of
from backoffice.workflow.review import DECISIONS, Place, Review, Way
from backoffice.workflow.vocabulary import PARTIES

EMPTY = ""  # what a field has that nobody needed to fill
OTHER = "\0"  # any value that is not named
MOST_COMBINATIONS = 5_000


def check_flow(review: Review) -> None:
    """Steps nobody reaches, ends nobody reaches, dead ends, conditions that strand a case."""
    _unreachable(review)
    _dead_ends(review)
    for way in review.ways():
        _return_to_later(review, way)
    _untold(review)
    _conditions(review)


def _unreachable(review: Review) -> None:
    reached = review.reachable(through=lambda way: True)
    for place, step in review.steps():
        if step.key not in reached:
            message = "Tidak ada tombol yang membawa berkas ke langkah ini."
            review.error(place, f"{message} Tulis `to: {step.key}` pada langkah sebelumnya.")
    ends = {way.to.outcome for way in review.ways()}
    for index, outcome in enumerate(review.procedure.outcomes):
        if outcome.key not in ends:
            place = ("outcomes", index) if review.lines.at("outcomes") > 1 else ("code",)
            message = f"Tidak ada tombol yang berakhir dengan hasil akhir `{outcome.key}`."
            said = f"{message} Tulis `to: {{end: {outcome.key}}}`, atau hapus dari `outcomes`."
            review.error(place, said)


def _dead_ends(review: Review) -> None:
    """Steps from which no end is reached; a step without any way out is named as that."""
    ending = {way.step.key for way in review.ways() if way.way and way.to.is_end}
    while (
        more := {way.step.key for way in review.ways() if way.way and way.to.step in ending}
        - ending
    ):
        ending |= more
    for place, step in review.steps():
        if all(way.to.step == step.key for way in step.transitions):
            message = "Berkas yang sampai di sini tertahan: tidak ada jalan keluar."
            said = f"{message} Tambahkan tombol ke langkah lain atau ke `{{end: …}}`."
            review.error(place, said)
        elif step.key not in ending:
            message = "Dari langkah ini berkas berputar saja dan tidak dapat sampai selesai."
            review.error(place, f"{message} Tambahkan jalan ke `{{end: …}}`.")


def _return_to_later(review: Review, way: Way) -> None:
    if not way.is_action(Action.RETURN) or way.to.step is None:
        return
    order = [one.key for one in review.procedure.steps]
    if order.index(way.to.step) <= order.index(way.step.key):
        return
    into = [one for one in review.ways() if one.to.step == way.to.step and not one.stays]
    if not all(one.is_action(Action.RETURN) for one in into):
        message = f"`return` mengembalikan, padahal {review.name(way.to.step)} lebih kemudian."
        said = f"{message} Pakai `forward`, atau tulis langkah yang lebih dahulu."
        review.error((*way.place, "to"), said)


def _untold(review: Review) -> None:
    """Rejections, and ends that promise a notice, to which one comes without `notify`."""
    promised = {one.key for one in review.procedure.outcomes if one.notice}
    reached = review.reachable(through=lambda way: True)
    decided = [
        way
        for way in review.ways()
        if way.step.key in reached and way.is_action(*DECISIONS) and not way.has("notify")
    ]
    for way in decided:
        if way.is_action(Action.REJECT) and _ends_untold(review, way):
            message = "Ditolak tanpa diberi tahu. Tambahkan `notify: <jenis surat>` pada tombol ini"
            said = f"{message} atau sesudahnya: yang ditolak harus mengetahui alasannya."
            review.error(way.place, said)
    starts = {review.procedure.first.key, *(way.to.step for way in decided if way.to.step)}
    for way in _silent_ends(review, starts) + [way for way in decided if way.to.is_end]:
        if way.to.outcome in promised:
            label = review.procedure.outcome(str(way.to.outcome)).label
            message = f"Hasil akhir «{label}» menjanjikan pemberitahuan, tetapi di jalan ini tidak"
            said = f"{message} ada yang memberi tahu. Tambahkan `notify: <jenis surat>`."
            review.error(way.place, said)


def _silent_ends(review: Review, starts: set[str]) -> list[Way]:
    """The ways to an end that are reached from `starts` without passing a `notify`."""
    silent = review.reachable(start=starts, through=lambda way: not way.has("notify"))
    return [
        way
        for way in review.ways()
        if way.to.is_end and way.step.key in silent and not way.has("notify")
    ]


def _ends_untold(review: Review, way: Way) -> bool:
    return way.to.step is None or bool(_silent_ends(review, {way.to.step}))


def _conditions(review: Review) -> None:
    known = surely_before(review, _asked_on)
    for place, step in review.steps():
        for index, way in enumerate(step.transitions):
            for one in way.when:
                if one.name not in known[step.key]:
                    where = (*place, "transitions", index, "when", one.name)
                    message = f"`when` memakai `{one.name}`, yang belum tentu sudah ditanyakan."
                    said = f"{message} Tambahkan ke `asks` langkah sebelumnya, di setiap jalannya."
                    review.error(where, said)
        _stranded(review, place, step)


def _asked_on(way: Way) -> set[str]:
    """What is filled when one leaves by this way; a return, a reject or staying asks nothing."""
    if way.way is None or way.stays:
        return set()
    names = set(way.way.asks)
    if not way.is_action(Action.RETURN, Action.REJECT):
        names |= set(way.step.asks)
    if way.way.chooses("severity"):
        names.add("severity")
    return {name.partition(".")[0] for name in names}


def _stranded(review: Review, place: Place, step: Step) -> None:
    """An answer for which no way out of the step is open."""
    ways = [way for way in step.transitions if way.to.step != step.key]
    if not ways or not all(way.when for way in ways):
        return
    names = sorted({one.name for way in ways for one in way.when})
    values = [_possible(review, step, name) for name in names]
    total = 1
    for one in values:
        total *= len(one)
    if total > MOST_COMBINATIONS:
        message = "Gabungan `when` terlalu banyak untuk diperiksa seluruhnya."
        review.warn(place, f"{message} Bagi langkah ini menjadi dua.")
        return
    for combination in product(*values):
        case = dict(zip(names, combination, strict=True))
        if not any(_holds(way, case) for way in ways):
            said = ", ".join(f"`{name}: {_worded(value)}`" for name, value in case.items())
            message = f"Tidak ada jalan keluar bila {said}."
            review.error(place, f"{message} Tambahkan tombol untuk itu, atau satu tanpa `when`.")
            return


def _worded(value: str) -> str:
    return {EMPTY: "kosong", OTHER: "nilai lain"}.get(value, value)


def _possible(review: Review, step: Step, name: str) -> list[str]:
    """The values that must be thought of: all that can be listed, else the named and another."""
    field = review.procedure.field(name)
    listed = list(values_of(review, name))
    if not listed:
        named = [one for way in step.transitions for one in way.when if one.name == name]
        listed = [*dict.fromkeys(value for one in named for value in one.values), OTHER]
    if name in PARTIES and not review.procedure.anonymous:
        listed.remove("anonymous")
    if field is not None and not field.required and field.type != "yes_no":
        listed.append(EMPTY)
    return listed


def _holds(way: Transition, case: dict[str, str]) -> bool:
    return all(case[one.name] in one.values for one in way.when)
