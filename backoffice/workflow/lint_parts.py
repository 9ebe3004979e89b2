"""Lint, second part: each step and each thing that is named, for itself."""

from __future__ import annotations

from collections.abc import Sequence

from backoffice.clock import Duration
from backoffice.workflow.definition import GIVES_UP, OPINION, Field, Step
from backoffice.workflow.lengths import working_days
from backoffice.workflow.review import Place, Review
from backoffice.workflow.vocabulary import COLUMNS, PARTIES

EVERYWHERE = ("dicabut", "batal")  # how a case of any SOP may end; a pack does not list them
RESERVED = (GIVES_UP, OPINION)  # ways out that the engine adds


def check_parts(review: Review) -> None:
    """Repeated keys, and parts that contradict themselves."""
    _keys(review)
    _fields(review)
    for place, step in review.steps():
        _ways(review, place, step)
        _actors(review, place, step)
        _patience(review, place, step)


def _keys(review: Review) -> None:
    sop = review.procedure
    _unique(review, ("steps",), [one.key for one in sop.steps])
    _unique(review, ("outcomes",), [one.key for one in sop.outcomes])
    _unique(review, ("records",), [one.key for one in sop.records])
    for index, outcome in enumerate(sop.outcomes):
        if outcome.key in EVERYWHERE:
            message = f"Hasil akhir `{outcome.key}` ada pada setiap SOP. Hapus dari `outcomes`."
            review.error(("outcomes", index), message)


def _unique(review: Review, place: Place, keys: Sequence[str]) -> None:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            message = f"Kunci `{key}` dipakai dua kali. Beri salah satunya kunci lain."
            review.error((*place, index, "key"), message)


def _fields(review: Review) -> None:
    sop = review.procedure
    _each_field(review, ("fields",), sop.fields)
    for index, one in enumerate(sop.fields):
        if one.key in (*COLUMNS, *PARTIES):
            message = f"`{one.key}` sudah ada pada setiap berkas. Hapus, atau ganti `key`-nya."
            review.error(("fields", index, "key"), message)
    for index, record in enumerate(sop.records):
        _each_field(review, ("records", index, "fields"), record.fields)


def _each_field(review: Review, place: Place, fields: Sequence[Field]) -> None:
    _unique(review, place, [one.key for one in fields])
    for index, one in enumerate(fields):
        here = (*place, index)
        _unique(review, (*here, "options"), [option.key for option in one.options])
        _unique(review, (*here, "fields"), [column.key for column in one.columns])
        if any(column.type == "table" for column in one.columns):
            message = "Tabel tidak dapat berisi tabel lain. Pakai jenis isian lain untuk kolomnya."
            review.error((*here, "fields"), message)


def _ways(review: Review, place: Place, step: Step) -> None:
    keys = [way.key for way in step.transitions]
    for index, way in enumerate(step.transitions):
        where = (*place, "transitions", index, "key")
        if way.key in RESERVED:
            review.error(where, f"Kunci `{way.key}` dipakai sistem. Beri kunci lain.")
        if way.key in keys[:index]:
            message = f"Kunci `{way.key}` sudah dipakai tombol lain di langkah ini. Beri"
            review.error(where, f"{message} salah satunya `key` sendiri.")
        before = step.transitions[:index]
        if any((one.label, one.when) == (way.label, way.when) for one in before):
            message = "Dua tombol di langkah ini berbunyi sama. Bedakan `label`-nya."
            review.warn((*place, "transitions", index, "label"), message)


def _actors(review: Review, place: Place, step: Step) -> None:
    outside = {role.key: role.title for role in review.office.roles if role.outside}
    ours = [role for role in step.actors if role not in outside]
    theirs = [role for role in step.actors if role in outside]
    if theirs and ours:
        message = f"«{outside[theirs[0]]}» berada di luar instansi, pelaksana lainnya di dalam."
        review.error((*place, "actor"), f"{message} Pisahkan menjadi dua langkah.")
    elif theirs and step.recorded_by is None:
        message = f"«{outside[theirs[0]]}» berada di luar instansi dan tidak mempunyai akun."
        review.error((*place, "actor"), f"{message} Tambahkan `recorded_by`: siapa yang mencatat.")
    if step.recorded_by is not None and not theirs:
        message = "`recorded_by` hanya bila semua pelaksananya di luar instansi. Hapus baris ini."
        review.error((*place, "recorded_by"), message)
    for key, role in (("recorded_by", step.recorded_by), ("team", step.team)):
        if role in outside:
            message = f"«{outside[role]}» berada di luar instansi. Tulis pelaksana di dalamnya."
            review.error((*place, key), message)
    if step.team is not None:
        _team(review, (*place, "team"), step)


def _team(review: Review, place: Place, step: Step) -> None:
    """One post concludes what the others think; nobody outside the office does."""
    if step.is_outside or len(step.actors) > 1:
        message = "Langkah tim disimpulkan oleh satu pelaksana dari dalam instansi."
        review.error(place, f"{message} Tulis satu pelaksana pada `actor`.")
    posts = {post.key for post in review.office.posts_of(step.team or "")}
    concluding = {post.key for role in step.actors for post in review.office.posts_of(role)}
    if posts and posts <= concluding and len(posts) == 1:
        message = "Tim ini hanya pelaksana itu sendiri, jadi tidak ada pendapat yang ditunggu."
        review.warn(place, f"{message} Beri pelaksana `{step.team}` kepada jabatan lain juga.")


def _patience(review: Review, place: Place, step: Step) -> None:
    rule = step.gives_up
    if rule is None:
        return
    here = (*place, "gives_up")
    if not step.is_outside:
        message = "`gives_up` hanya untuk langkah yang menunggu pihak luar. Hapus baris ini."
        review.error(here, message)
    if rule.remind is not None and rule.after is not None and _longer(rule.remind, rule.after):
        message = "Pengingat (`remind`) datang sesudah batas tunggunya (`after`). Perpendek."
        review.warn(here, message)


def _longer(one: Duration, other: Duration) -> bool:
    return working_days(one) >= working_days(other)
