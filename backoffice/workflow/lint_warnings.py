"""Lint, eighth part: what an official should know. It is kept with the version."""

from __future__ import annotations

import re

from backoffice.clock import Duration, Measure
from backoffice.workflow.definition import Action, Step
from backoffice.workflow.lengths import working_days
from backoffice.workflow.lint_data import said
from backoffice.workflow.review import Review, Way

CHECK = re.compile(
    r"\b(?:memeriksa|pemeriksa|(?:di)?periksa|(?:mem|di)?veri[fv]ikasi)", re.IGNORECASE
)
FIRST_ANSWER = 10  # hari kerja within which a data request is answered
LAST_ANSWER = 17  # hari kerja with its one extension
COMPLAINT = 60  # hari; a longer promise is worth a question to who knows the law
MOST_NAMED = 5  # of the numbers that a paper leaves out


def check_warnings(review: Review) -> None:
    """Everything worth a second look that does not keep the SOP from being published."""
    _times(review)
    _rows(review)
    _promise(review)
    _numbered(review)
    _severity(review)
    _unasked(review)
    for way in review.ways():
        _untold_return(review, way)
    for _, step in review.steps():
        _single_check(review, step)
        _waiting(review, step)
        _unsaid(review, step)


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
        message = f"Standar waktu belum ditetapkan: langkah {', '.join(rows)}."
        advice = "Tulis `time` langkahnya, atau `time_limit` untuk seluruh berkas."
        review.warn(("steps",), f"{message} {advice}")


def _rows(review: Review) -> None:
    """Numbers that the paper leaves out."""
    last = 0
    for index, step in _carriers(review):
        found = re.match(r"\d+", step.row or "")
        if found is None:
            continue
        number = int(found.group())
        if number > last + 1:
            message = f"Nomor {_between(last, number)} tidak ada pada kertas."
            advice = "Periksa apakah ada langkah yang terlewat."
            review.warn(("steps", index, "row"), f"{message} {advice}")
        last = max(last, number)


def _between(last: int, number: int) -> str:
    """The numbers between two; of many only the first and the last."""
    if number - last - 1 > MOST_NAMED:
        return f"{last + 1} sampai {number - 1}"
    return ", ".join(str(one) for one in range(last + 1, number))


def _promise(review: Review) -> None:
    limit = review.procedure.time_limit
    limits = list(limit.values()) if isinstance(limit, dict) else [limit] if limit else []
    longest = max((working_days(one) for one in limits), default=None)
    steps = sum(working_days(step.time) for _, step in _carriers(review) if step.time is not None)
    if longest is not None and steps > longest:
        message = f"Waktu langkah-langkahnya berjumlah {said(steps)}, padahal seluruh berkas"
        advice = "Periksa mana yang benar."
        review.warn(
            ("time_limit",), f"{message} dijanjikan selesai dalam {said(longest)}. {advice}"
        )
    _law(review, longest if longest is not None else steps)


def _law(review: Review, days: float) -> None:
    """A promise that may be longer than the law's; what the law says, an official must tell."""
    sop = review.procedure
    place = ("time_limit",) if sop.time_limit is not None else ("kind",)
    extends = any(way.has("extend") for way in review.ways())
    if sop.kind == "complaint" and days > working_days(Duration(COMPLAINT, Measure.DAY)):
        message = f"{said(days)}: lebih lama daripada {COMPLAINT} hari bagi sebuah pengaduan."
        advice = "Tanyakan batasnya kepada bagian hukum; perpendek, atau jelaskan di `deviation`."
        review.warn(place, f"{message} {advice}")
    if sop.kind != "data_request":
        return
    if days > LAST_ANSWER:
        message = f"{said(days)}: permintaan data dijawab paling lama {LAST_ANSWER} hari kerja,"
        review.warn(place, f"{message} termasuk satu perpanjangan. Perpendek waktunya.")
    elif days > FIRST_ANSWER and not extends:
        message = f"{said(days)}: permintaan data dijawab dalam {FIRST_ANSWER} hari kerja; lebih"
        advice = "dari itu perlu perpanjangan. Perpendek, atau tambahkan `extend: 7 hari kerja`."
        review.warn(place, f"{message} {advice}")


def _numbered(review: Review) -> None:
    if any(way.has("number") for way in review.ways()):
        return
    limit = " dan janji waktunya (`time_limit`) tidak mulai dihitung"
    message = "Berkas tidak pernah mendapat nomor"
    message += f"{limit}." if review.procedure.time_limit is not None else "."
    review.warn(("steps",), f"{message} Tambahkan `effects: [number]` saat berkas dicatat.")


def _severity(review: Review) -> None:
    """A promise by severity that nobody ever chooses."""
    asked = any("severity" in step.asks for _, step in review.steps())
    chosen = any(
        way.way is not None and (way.way.chooses("severity") or "severity" in way.way.asks)
        for way in review.ways()
    )
    if isinstance(review.procedure.time_limit, dict) and not (asked or chosen):
        message = "Janji waktunya bergantung pada berat ringannya, yang tidak pernah ditetapkan."
        review.warn(("time_limit",), f"{message} Tambahkan `choose: severity` pada satu tombol.")


def _unasked(review: Review) -> None:
    """Fields and forms that nobody is ever asked to fill."""
    ways = [way.way for way in review.ways() if way.way is not None]
    asked = {name for _, step in review.steps() for name in step.asks}
    asked |= {name for way in ways for name in way.asks}
    for index, one in enumerate(review.procedure.fields):
        if one.key not in asked:
            message = "Isian ini tidak pernah ditanyakan."
            review.warn(("fields", index), f"{message} Tambahkan `{one.key}` ke `asks`.")
    filled = {key for way in ways for key in way.arguments("record")}
    for index, form in enumerate(review.procedure.records):
        if form.key not in filled:
            message = f"Formulir ini tidak pernah diisi. Tambahkan akibat `record: {form.key}`."
            review.warn(("records", index), message)


def _untold_return(review: Review, way: Way) -> None:
    """A return to somebody who is not standing at the counter."""
    if way.to.step is None or not way.is_action(Action.RETURN) or way.has("notify"):
        return
    if review.procedure.waits(review.procedure.step(way.to.step)):
        message = "Dikembalikan kepada pihak luar tanpa diberi tahu."
        review.warn(way.place, f"{message} Tambahkan `notify: <jenis surat>` pada tombol ini.")


def _place(review: Review, step: Step) -> tuple[str | int, ...]:
    return ("steps", review.procedure.steps.index(step))


def _single_check(review: Review, step: Step) -> None:
    """A decision that cannot fail, unless whoever checks also decides at the next step."""
    ways = [way for way in review.ways_from(step) if way.way is not None and not way.stays]
    checks = CHECK.search(step.activity) is not None
    if len(ways) != 1 or not (checks or ways[0].is_action(Action.APPROVE)):
        return
    key = ways[0].to.step
    if key is not None:
        after = review.procedure.step(key)
        same = (step.actors, step.same_as) == (after.actors, after.same_as)
        if (same or after.same_as == step.key) and len(after.transitions) > 1:
            return
    message = "Keputusan ini hanya punya satu jalan keluar. Tambahkan jalan untuk yang tidak"
    advice = "disetujui (`return` atau `reject`); bila kertas memang begitu, tulis di `deviation`."
    review.warn(_place(review, step), f"{message} {advice}")


def _waiting(review: Review, step: Step) -> None:
    if review.procedure.waits(step) and step.gives_up is None:
        message = "Menunggu pihak luar tanpa batas."
        advice = "Tambahkan `gives_up: {remind: 7 hari, after: 14 hari, to: …}`."
        review.warn(_place(review, step), f"{message} {advice}")


def _unsaid(review: Review, step: Step) -> None:
    """What we added to the paper says so in `deviation`."""
    if step.deviation:
        return
    place = _place(review, step)
    advice = "Jelaskan di `deviation` mengapa."
    if step.gives_up is not None:
        review.warn((*place, "gives_up"), f"Batas tunggu ini tidak ada pada kertas. {advice}")
    if step.row is None:
        review.warn((*place, "row"), f"Langkah ini tidak ada pada kertas. {advice}")
    printed = _printed(review, step)
    if printed is not None:
        message = f"Kertas menyebut «{printed}», sedangkan pelaksananya lain."
        review.warn((*place, "actor"), f"{message} Samakan, atau jelaskan di `deviation`.")


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
