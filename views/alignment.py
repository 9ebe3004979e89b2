"""Two texts beside each other: which paragraphs are new, gone or changed, and which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

from markupsafe import Markup, escape

from backoffice.text import _

ALIKE = 0.5  # share of words in common from which a paragraph is the other one, changed
MOST_PAIRS = 40_000  # paragraphs or words are not compared one with each other beyond this


class Kind(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    CAME = "came"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the new text, or one that stood there in the old."""

    kind: Kind
    text: Markup


def paragraphs(old: str, new: str) -> list[Paragraph]:
    """Both texts as one, paragraph by paragraph; how far words stand apart does not matter."""
    left, right = _lines(old), _lines(new)
    found: list[Paragraph] = []
    for what, a, b, c, d in SequenceMatcher(None, left, right, False).get_opcodes():
        if what == "equal":
            found += [Paragraph(Kind.SAME, escape(one)) for one in right[c:d]]
        else:
            found += _replaced(left[a:b], right[c:d])
    return found


def _lines(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.splitlines() if one.strip()]


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """What stood here and what stands here; paragraphs that are alike are one that changed."""
    a = c = 0
    for b, d in (*_pairs(old, new), (len(old), len(new))):
        yield from (Paragraph(Kind.GONE, went(one)) for one in old[a:b])
        yield from (Paragraph(Kind.CAME, came(one)) for one in new[c:d])
        if b < len(old):
            yield Paragraph(Kind.CHANGED, difference(old[b], new[d]))
        a, c = b + 1, d + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of paragraphs that are alike, in order: those that have most in common in all."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    left, right = ([Counter(one.split()) for one in text] for text in (old, new))
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            share = _share(left[i], right[j])
            paired = share + best[i + 1][j + 1] if share >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_walk(best))


def _walk(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while best[i][j] > 0:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _share(one: Counter[str], other: Counter[str]) -> float:
    """How much of the longer text both have in common, 0 to 1."""
    return (one & other).total() / max(one.total(), other.total())


def difference(old: str, new: str) -> Markup:
    """Two texts as one, word by word; the lines of the new one are kept where nothing changed."""
    if old == new:
        return escape(new)
    return Markup(" ").join(chain.from_iterable(_piece(*one) for one in passages(old, new)))


def _piece(gone: str, stays: str, coming: str) -> Iterator[Markup]:
    if gone:
        yield went(gone)
    if stays:
        yield escape(stays)
    if coming:
        yield came(coming)


def passages(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Words that went, that stayed and that came, piece by piece."""
    left, right = old.split(), new.split()
    if len(left) * len(right) > MOST_PAIRS * 25:
        yield " ".join(left), "", " ".join(right)
        return
    for what, a, b, c, d in SequenceMatcher(None, left, right, False).get_opcodes():
        before, after = " ".join(left[a:b]), " ".join(right[c:d])
        yield ("", after, "") if what == "equal" else (before, "", after)


def went(text: str) -> Markup:
    """Words that are not there any more, also said in words to who cannot see it."""
    return _told("del", _("taken out"), text)


def came(text: str) -> Markup:
    """Words that are new, said likewise."""
    return _told("ins", _("added"), text)


def _told(tag: str, said: str, text: str) -> Markup:
    return Markup('<{0}><span class="sr">{1}: </span>{2}</{0}>').format(tag, said, text)
