"""Lint, fourth part: an SOP beside the others of its office, its own variants first."""

from __future__ import annotations

from backoffice.workflow.definition import Procedure, Step
from backoffice.workflow.review import Place, Review, Way


def check_family(review: Review) -> None:
    """Variants must fit each other: a case of one may become a case of another."""
    for way in review.ways():
        if way.has("reclassify"):
            _reclassify(review, way, (*way.place, "effects"))
        _linked(review, way)
    for other in review.family:
        _beside(review, other)
    _default(review)
    _opened_in_secret(review)


def _reclassify(review: Review, way: Way, place: Place) -> None:
    if not review.procedure.family:
        message = "`reclassify` hanya pada SOP yang mempunyai `family` dan `variant`."
        review.error(place, f"{message} Tulis keduanya, atau hapus akibat ini.")
    if not way.stays:
        message = "`reclassify` hanya pada jalan kembali ke langkah itu sendiri."
        review.error(place, f"{message} Tulis `to: {way.step.key}`.")
    if way.step.team is not None or way.step.batch is not None:
        message = "`reclassify` tidak dapat pada langkah tim atau rekapan."
        review.error(place, f"{message} Pindahkan ke langkah sebelumnya.")
    if review.procedure.family and not review.family:
        message = "Belum ada varian lain, jadi belum ada yang dapat dipilih."
        review.warn(place, f"{message} Tulis SOP lain dengan `family` yang sama.")
    for other in review.family:
        _lands(review, other, way, place)


def _lands(review: Review, other: Procedure, way: Way, place: Place) -> None:
    """The case comes to the step of the same key, with the same people."""
    key = way.step.key
    if not other.has_step(key):
        message = f"Varian «{other.title}» tidak mempunyai langkah `{key}`, jadi berkas tidak"
        review.error(place, f"{message} dapat dipindahkan ke sana. Tambahkan langkah itu di sana.")
        return
    there = other.step(key)
    if there.team is not None or there.batch is not None:
        message = f"Pada varian «{other.title}» langkah `{key}` adalah langkah tim atau rekapan;"
        review.error(place, f"{message} berkas tidak dapat dipindahkan ke sana.")
    elif _who(there) != _who(way.step):
        message = f"Pada varian «{other.title}» langkah `{key}` dikerjakan pihak lain;"
        review.warn(place, f"{message} berkas yang dipindahkan tetap di meja yang sama.")


def _who(step: Step) -> tuple[object, ...]:
    return step.actors, step.same_as, step.recorded_by


def _beside(review: Review, other: Procedure) -> None:
    mine = review.procedure
    if other.variant == mine.variant:
        message = f"Varian `{mine.variant}` sudah dipakai «{other.title}». Beri nama varian lain."
        review.error(("variant",), message)
    for key, here, there in (
        ("number_code", mine.number_code, other.number_code),
        ("kind", mine.kind, other.kind),
    ):
        if here != there:
            message = f"`{key}` berbeda dari «{other.title}», yang sekeluarga: `{there}`."
            review.error((key,), f"{message} Samakan.")
    for step in other.steps:
        lands = any(way.has("reclassify") for way in step.transitions)
        if lands and not mine.has_step(step.key):
            message = f"Langkah `{step.key}` belum ada, padahal berkas «{other.title}» dapat"
            review.error(("steps",), f"{message} dipindahkan ke sini di langkah itu. Tambahkan.")


def _default(review: Review) -> None:
    mine = review.procedure
    defaults = [one.title for one in review.family if one.default]
    if mine.default and defaults:
        message = f"Varian utama (`default`) sudah ada: «{defaults[0]}». Hapus salah satunya."
        review.error(("default",), message)
    if mine.family and not mine.default and not defaults:
        message = f"Keluarga `{mine.family}` belum mempunyai varian utama."
        review.error(("family",), f"{message} Tulis `default: true` pada salah satu SOP-nya.")


def _linked(review: Review, way: Way) -> None:
    """What is secret here must not lie open in the case that it opens."""
    open_ones = {one.code: one.title for one in review.others if not one.confidential}
    for code in way.way.arguments("open_case") if way.way is not None else ():
        if review.procedure.confidential and code in open_ones:
            message = f"SOP «{open_ones[code]}» tidak rahasia, jadi berkas lanjutannya akan kosong."
            said = f"{message} Tulis `confidential: true` di sana."
            review.error((*way.place, "effects"), said)


def _opened_in_secret(review: Review) -> None:
    """The same, told where the secret case goes to."""
    for other in review.others if not review.procedure.confidential else ():
        ways = (way for step in other.steps for way in step.transitions)
        codes = {code for way in ways for code in way.arguments("open_case")}
        if other.confidential and review.procedure.code in codes:
            message = f"SOP ini dibuka dari SOP rahasia «{other.title}»."
            review.error(("code",), f"{message} Tulis `confidential: true` di sini juga.")
