"""Lint, fifth part: what an official should know, kept with the version (pack-spec §8)."""

from __future__ import annotations

import re
from functools import partial

from backoffice.clock import Duration, Measure
from backoffice.workflow.definition import Action, Step
from backoffice.workflow.pack_steps import EFFECTS
from backoffice.workflow.review import Review, Way

CHECK = re.compile(
    r"\b(?:memeriksa|pemeriksa|(?:di)?periksa|(?:mem|di)?veri[fv]ikasi)", re.IGNORECASE
)
FIRST_ANSWER = 10  # hari kerja within which a data request is answered
LAST_ANSWER = 17  # hari kerja with its one extension
WORKING_DAYS = {  # of one measure; those of the calendar by the year's average
    Measure.WORKING_DAY: 1.0,
    Measure.ELAPSED_DAY: 1.0,
    Measure.DAY: 5 / 7,
    Measure.WEEK: 5.0,
    Measure.MONTH: 260 / 12,
}
HOURS_A_DAY = 7.5


def check_warnings(review: Review) -> None:
    """Everything worth a second look that does not keep the SOP from being published."""
    _times(review)
    _rows(review)
    _promise(review)
    for way in review.ways():
        _templates(review, way)
        _untold_return(review, way)
    for _, step in review.steps():
        _single_check(review, step)
        _waiting(review, step)
        _unsaid(review, step)
    _unapproved(review)


def _carriers(review: Review) -> list[tuple[int, Step]]:
    """The steps that carry a printed row: its wording and its time."""
    sop = review.procedure
    return [
        (index, step)
        for index, step in enumerate(sop.steps)
        if step.row is not None and sop.row_of(step) is step
    ]


def _times(review: Review) -> None:
    if review.procedure.time_limit is not None:
        return
    rows = [str(step.row) for _, step in _carriers(review) if step.time is None]
    if rows:
        review.warn(("steps",), f"waktu belum ditetapkan: langkah {', '.join(rows)}")


def _rows(review: Review) -> None:
    """Numbers that the paper leaves out."""
    last = 0
    for index, step in _carriers(review):
        found = re.match(r"\d+", step.row or "")
        if found is None:
            continue
        number = int(found.group())
        missing = ", ".join(str(one) for one in range(last + 1, number))
        if missing:
            review.warn(("steps", index, "row"), f"nomor {missing} tidak ada pada kertas")
        last = max(last, number)


def working_days(duration: Duration) -> float:
    """How long a duration is in working days; those of the calendar on the average."""
    if duration.measure is Measure.MINUTE:
        return duration.amount / 60 / HOURS_A_DAY
    if duration.measure is Measure.HOUR:
        return duration.amount / HOURS_A_DAY
    return duration.amount * WORKING_DAYS[duration.measure]


def _promise(review: Review) -> None:
    limit = review.procedure.time_limit
    limits = list(limit.values()) if isinstance(limit, dict) else [limit] if limit else []
    longest = max((working_days(one) for one in limits), default=None)
    steps = sum(working_days(step.time) for _, step in _carriers(review) if step.time is not None)
    if longest is not None and steps > longest:
        review.warn(
            ("time_limit",),
            f"langkah-langkahnya berjumlah {_days(steps)}, `time_limit` hanya {_days(longest)}",
        )
    if review.procedure.kind == "data_request":
        _data_request(review, longest if longest is not None else steps)


def _data_request(review: Review, days: float) -> None:
    place = ("time_limit",) if review.procedure.time_limit is not None else ("kind",)
    extends = any(way.has("extend") for way in review.ways())
    if days > LAST_ANSWER:
        review.warn(place, f"{_days(days)}: permintaan data paling lama {LAST_ANSWER} hari kerja")
    elif days > FIRST_ANSWER and not extends:
        message = f"{_days(days)}: di atas {FIRST_ANSWER} hari kerja permintaan data perlu `extend`"
        review.warn(place, message)


def _days(days: float) -> str:
    return f"{days:.1f}".replace(".", ",").removesuffix(",0") + " hari kerja"


def _templates(review: Review, way: Way) -> None:
    for effect in way.way.effects if way.way is not None else ():
        is_letter = EFFECTS[effect.name].startswith("kind") and effect.argument
        if is_letter and effect.argument not in review.kinds:
            message = f"surat `{effect.argument}` belum mempunyai templat di letter_templates/"
            review.warn((*way.place, "effects"), message)


def _untold_return(review: Review, way: Way) -> None:
    """A return to somebody who is not standing at the counter."""
    if way.to.step is None or not way.is_action(Action.RETURN) or way.has("notify"):
        return
    if review.procedure.waits(review.procedure.step(way.to.step)):
        review.warn(way.place, "dikembalikan kepada pihak luar tanpa `notify`")


def _place(review: Review, step: Step) -> tuple[str | int, ...]:
    return ("steps", review.procedure.steps.index(step))


def _single_check(review: Review, step: Step) -> None:
    """A check that cannot fail, unless whoever checks also decides at the next step."""
    ways = [way for way in review.ways_from(step) if way.way is not None and not way.stays]
    if len(ways) != 1 or CHECK.search(step.activity) is None:
        return
    key = ways[0].to.step
    if key is not None:
        after = review.procedure.step(key)
        same = (step.actors, step.same_as) == (after.actors, after.same_as)
        if (same or after.same_as == step.key) and len(after.transitions) > 1:
            return
    review.warn(_place(review, step), "pemeriksaan dengan satu jalan keluar")


def _waiting(review: Review, step: Step) -> None:
    if review.procedure.waits(step) and step.gives_up is None:
        review.warn(_place(review, step), "menunggu pihak luar tanpa `gives_up`")


def _unsaid(review: Review, step: Step) -> None:
    """What we added to the paper says so in `deviation`."""
    if step.deviation:
        return
    place = _place(review, step)
    if step.gives_up is not None:
        review.warn((*place, "gives_up"), "`gives_up` ditambahkan tanpa `deviation`")
    if step.row is None:
        review.warn((*place, "row"), "langkah yang tidak ada pada kertas tanpa `deviation`")
    printed = _printed(review, step)
    if printed is not None:
        message = f"kertas menyebut {printed}, pelakunya lain, tanpa `deviation`"
        review.warn((*place, "actor"), message)


def _printed(review: Review, step: Step) -> str | None:
    """The title of the role with which the activity begins, where that role does not act."""
    acting = {*step.actors, step.recorded_by, step.team}
    if step.same_as is not None:
        before = review.procedure.step(step.same_as)
        acting |= {*before.actors, before.recorded_by}
    activity = step.activity.casefold()
    roles = sorted(review.office.roles, key=lambda role: -len(role.title))
    begins = (one for one in roles if re.match(rf"{re.escape(one.title.casefold())}\b", activity))
    found = next(begins, None)
    return found.title if found is not None and found.key not in acting else None


def _unapproved(review: Review) -> None:
    for way in review.ways():
        for kind in way.way.arguments("send") if way.way is not None else ():
            without = review.reachable(through=partial(_leaves_unapproved, kind=kind))
            if way.step.key in without and not _approves(way, kind):
                message = f"surat `{kind or 'ini'}` dikirim tanpa disetujui siapa pun"
                review.warn((*way.place, "effects"), message)


def _leaves_unapproved(way: Way, kind: str) -> bool:
    return not _approves(way, kind)


def _approves(way: Way, kind: str) -> bool:
    """Whether this way approves the letter of that kind (or the only one there is)."""
    if way.way is None:
        return False
    kinds = way.way.arguments("approve_letter")
    return any(one == kind or not one or not kind for one in kinds)
