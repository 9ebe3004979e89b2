"""Lint, sixth part: no letter is signed that nobody wrote, none leaves that nobody signed."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from backoffice.letters.active import FILES
from backoffice.workflow.lint_data import perhaps_before, surely_before
from backoffice.workflow.nodes import listed
from backoffice.workflow.review import Place, Review, Way

USES = ("initial", "coordinate", "approve_letter", "send", "receive")


def check_letters(review: Review) -> None:
    """Letters that are missing where they are needed, unsigned, unused, or without a template."""
    _unwritten(review)
    _unapproved(review)
    _unused(review)
    _unsent(review)
    _without_template(review)
    _unprintable(review)


def drafts(way: Way) -> Collection[str]:
    """The kinds of letters that are written when one leaves by this way."""
    return way.way.arguments("draft") if way.way is not None else ()


def _unwritten(review: Review) -> None:
    sure, perhaps = surely_before(review, drafts), perhaps_before(review, drafts)
    for way in review.ways():
        here: set[str] = set()
        for effect in way.way.effects if way.way is not None else ():
            if effect.name == "draft":
                here.add(effect.argument)
            elif effect.name in USES:
                place = (*way.place, "effects")
                known = perhaps[way.step.key] | here
                _missing(review, place, effect.argument, known, sure[way.step.key] | here)


def _missing(review: Review, place: Place, kind: str, perhaps: set[str], sure: set[str]) -> None:
    """The letter that an effect needs: never written, not on every way, or one of several."""
    letter = f"surat `{kind}`" if kind else "surat"
    if not (kind in perhaps or (not kind and perhaps)):
        message = f"Sampai di sini belum ada {letter} yang disusun, jadi tombol ini selalu ditolak."
        review.error(place, f"{message} Tambahkan `draft: …` pada langkah sebelumnya.")
    elif not kind and len(perhaps) > 1:
        message = f"Ada beberapa surat: {listed(sorted(perhaps))}. Tulis surat mana yang dimaksud."
        review.error(place, message)
    elif not (kind in sure or (not kind and sure)):
        message = f"Ada jalan sampai ke sini tanpa menyusun {letter}; di sana tombol ini ditolak."
        review.warn(place, message)


def _unapproved(review: Review) -> None:
    for way in review.ways():
        for kind in way.way.arguments("send") if way.way is not None else ():
            without = review.reachable(through=partial(_leaves_unapproved, kind=kind))
            if way.step.key in without and not _approves(way, kind):
                letter = f"Surat `{kind}`" if kind else "Surat"
                message = f"{letter} dapat dikirim tanpa disetujui dan ditandatangani siapa pun."
                said = f"{message} Tambahkan `approve_letter` pada langkah pejabatnya."
                review.warn((*way.place, "effects"), said)


def _leaves_unapproved(way: Way, kind: str) -> bool:
    return not _approves(way, kind)


def _approves(way: Way, kind: str) -> bool:
    """Whether this way approves the letter of that kind (or the only one there is)."""
    if way.way is None:
        return False
    kinds = way.way.arguments("approve_letter")
    return any(one == kind or not one or not kind for one in kinds)


def _unused(review: Review) -> None:
    """A letter that is written, and then neither signed nor sent by anybody."""
    used = {
        effect.argument
        for way in review.ways()
        for effect in (way.way.effects if way.way is not None else ())
        if effect.name in ("approve_letter", "send", "notify")
    }
    for way in review.ways():
        for kind in drafts(way):
            if kind not in used and "" not in used:
                message = f"Surat `{kind}` disusun, tetapi tidak ditandatangani siapa pun."
                said = f"{message} Tambahkan `approve_letter` dan `send`, atau jangan disusun."
                review.warn((*way.place, "effects"), said)


def _unsent(review: Review) -> None:
    """A letter that somebody signs, and that no way sends to anybody."""
    leaving = {
        effect.argument
        for way in review.ways()
        for effect in (way.way.effects if way.way is not None else ())
        if effect.name in ("send", "notify")
    }
    for way in review.ways():
        for kind in way.way.arguments("approve_letter") if way.way is not None else ():
            if not leaving & {kind, ""} and (kind or not leaving):
                letter = f"Surat `{kind}`" if kind else "Surat"
                message = f"{letter} disetujui, tetapi tidak ada tombol yang mengirimnya; berkas"
                said = f"{message} dapat selesai sebelum surat keluar. Tambahkan `send: …`."
                review.warn((*way.place, "effects"), said)


def _without_template(review: Review) -> None:
    told: set[str] = set()
    for way in review.ways():
        for kind in drafts(way):
            if kind not in {*review.kinds, *told}:
                told.add(kind)
                message = f"Surat `{kind}` belum mempunyai templat Word; isinya diketik sebagai"
                said = f"{message} teks saja. Templat yang ada: {listed([*review.kinds])}."
                review.warn((*way.place, "effects"), said)


def _unprintable(review: Review) -> None:
    for way in review.ways():
        for kind in way.way.arguments("paper") if way.way is not None else ():
            if kind not in FILES:
                message = f"Kertas `{kind}` belum mempunyai templat Word, jadi tidak dapat dicetak."
                said = f"{message} Templat yang ada: {listed(sorted(FILES))}."
                review.warn((*way.place, "effects"), said)
