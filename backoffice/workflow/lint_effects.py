"""Lint, third part: what each way out chooses and does, and the lists of a rekapan."""

from __future__ import annotations

from collections import Counter

from backoffice.workflow.answers import asked_of
from backoffice.workflow.definition import Action, Step, Transition
from backoffice.workflow.nodes import listed
from backoffice.workflow.review import Place, Review, Way


def check_effects(review: Review) -> None:
    """Choices that offer nothing, effects that contradict each other, cases that miss a list."""
    for way in review.ways():
        if way.way is not None:
            _effects(review, way, way.way)
            _choices(review, way, way.way)
    for batch in dict.fromkeys(step.batch for step in review.procedure.steps if step.batch):
        _batch(review, batch)


def _effects(review: Review, way: Way, out: Transition) -> None:
    place = (*way.place, "effects")
    if out.has("dispose") and not (out.chooses("unit") or out.chooses("post")):
        message = "`dispose` memerlukan siapa yang dituju."
        review.error(place, f"{message} Tambahkan `choose: {{unit: …}}` atau `{{post: …}}`.")
    for effect in (one for one, n in Counter(out.effects).items() if n > 1):
        review.error(place, f"Akibat `{effect.name}` ditulis dua kali. Hapus salah satunya.")
    if len(set(out.arguments("draft"))) > 1:
        message = "Satu tombol hanya dapat menyusun satu surat."
        review.error(place, f"{message} Tulis surat kedua pada langkah lain.")
    if (out.chooses("variant") is not None) != out.has("reclassify"):
        message = "`choose: variant` dan `reclassify` selalu berdua."
        review.error(way.place, f"{message} Tambahkan yang belum ada.")


def _choices(review: Review, way: Way, out: Transition) -> None:
    place = (*way.place, "choose")
    posts = out.chooses("post")
    for key in posts.options if posts is not None else ():
        role = review.office.role(key)
        if role is not None and role.outside:
            message = f"«{role.title}» berada di luar instansi dan tidak mempunyai jabatan."
            review.error(place, f"{message} Pilih pelaksana di dalam instansi.")
    units = out.chooses("unit")
    if units is None:
        return
    if not review.office.units:
        message = "Instansi ini belum mempunyai bidang, jadi tidak ada yang dapat dipilih."
        review.error(place, f"{message} Tambahkan di halaman Bidang.")
    manned = {post.unit for post in review.office.posts}
    empty = [one for one in units.options if one not in manned]
    if empty and out.has("dispose"):
        message = f"Bidang {listed(empty)} belum mempunyai jabatan yang menerima disposisi."
        review.error(place, f"{message} Tambahkan di halaman Jabatan.")


def _batch(review: Review, batch: str) -> None:
    """A list begins at its first step and is frozen by the first forward from there."""
    steps = [(place, one) for place, one in review.steps() if one.batch == batch]
    place, first = steps[0]
    ways = [way for way in first.transitions if way.to.step != first.key]
    if not any(way.action is Action.FORWARD for way in ways):
        message = f"Rekapan `{batch}` tidak pernah ditutup: langkah pertamanya tanpa `forward`."
        review.error((*place, "batch"), f"{message} Pakai `action: forward` untuk meneruskannya.")
    inside = {one.key for _, one in steps}
    for way in review.ways():
        if way.to.step in inside - {first.key} and way.step.key not in inside:
            message = f"Berkas masuk di tengah rekapan `{batch}` dan tidak ada di daftarnya."
            review.error((*way.place, "to"), f"{message} Arahkan ke {review.name(first.key)}.")
    for where, one in steps:
        _only_singly(review, where, one)


def _only_singly(review: Review, place: Place, step: Step) -> None:
    """Ways that ask more than a row of a table holds: they stand on the case's own page only."""
    for index, way in enumerate(step.transitions):
        wanted = asked_of(review.procedure, step, way)
        more = wanted.records or wanted.letter or wanted.parties or wanted.columns
        if way.choose or more:
            message = "Tombol ini tidak tampil di rekapan, karena meminta lebih dari yang muat di"
            said = f"{message} satu baris tabel. Berkasnya harus dibuka satu per satu."
            review.warn((*place, "transitions", index), said)
