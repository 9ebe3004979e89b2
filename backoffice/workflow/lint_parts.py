"""Lint, second part: each step and transition for itself, and the SOP beside its family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from backoffice.workflow.definition import (
    COLUMNS,
    GIVES_UP,
    OPINION,
    PARTIES,
    Field,
    Step,
)
from backoffice.workflow.review import Place, Review, Way

EVERYWHERE = ("dicabut", "batal")  # how a case of any SOP may end; a pack does not list them
RESERVED = (GIVES_UP, OPINION)  # ways out that the engine adds


def check_parts(review: Review) -> None:
    """Repeated keys, and parts that contradict themselves."""
    _repeated_keys(review)
    for place, step in review.steps():
        _actors(review, place, step)
        if step.gives_up is not None and not step.is_outside:
            review.error((*place, "gives_up"), "`gives_up` hanya untuk langkah pihak luar")
    for way in review.ways():
        _choices_and_effects(review, way)
    _family(review)
    _opened_in_secret(review)


def _repeated_keys(review: Review) -> None:
    sop = review.procedure
    _unique(review, ("steps",), [one.key for one in sop.steps])
    _unique(review, ("outcomes",), [one.key for one in sop.outcomes])
    _unique(review, ("records",), [one.key for one in sop.records])
    _fields(review, ("fields",), sop.fields)
    for index, record in enumerate(sop.records):
        _unique(review, ("records", index, "fields"), [one.key for one in record.fields])
    for place, step in review.steps():
        keys = [way.key for way in step.transitions]
        _unique(review, (*place, "transitions"), keys)
        for index, key in enumerate(keys):
            if key in RESERVED:
                review.error((*place, "transitions", index, "key"), f"kunci `{key}` sudah dipakai")
    for index, outcome in enumerate(sop.outcomes):
        if outcome.key in EVERYWHERE:
            review.error(
                ("outcomes", index), f"`{outcome.key}` ada di setiap SOP dan tidak ditulis"
            )


def _unique(review: Review, place: Place, keys: Sequence[str]) -> None:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            review.error((*place, index, "key"), f"kunci `{key}` dipakai dua kali")


def _fields(review: Review, place: Place, fields: Sequence[Field]) -> None:
    _unique(review, place, [one.key for one in fields])
    for index, one in enumerate(fields):
        if one.key in (*COLUMNS, *PARTIES):
            message = f"`{one.key}` sudah ada sebagai kolom; isian perlu kunci lain"
            review.error((*place, index, "key"), message)


def _actors(review: Review, place: Place, step: Step) -> None:
    outside = {role.key for role in review.office.roles if role.outside}
    ours = [role for role in step.actors if role not in outside]
    theirs = [role for role in step.actors if role in outside]
    if theirs and (ours or step.recorded_by is None):
        message = f"`{theirs[0]}` di luar instansi: perlu `recorded_by`"
        review.error((*place, "actor"), message + (", dan pelaku lain juga luar" if ours else ""))
    if step.recorded_by is not None and not theirs:
        review.error((*place, "recorded_by"), "`recorded_by` hanya bila semua pelaku di luar")
    for key, role in (("recorded_by", step.recorded_by), ("team", step.team)):
        if role in outside:
            review.error((*place, key), f"peran `{role}` di luar instansi")
    if step.team is not None:
        _team(review, (*place, "team"), step)


def _team(review: Review, place: Place, step: Step) -> None:
    """One post concludes what the others think; nobody outside the office does."""
    if step.is_outside or len(step.actors) > 1:
        message = "langkah tim disimpulkan oleh satu pelaku dari dalam instansi"
        review.error(place, f"{message}: `actor` berisi satu peran")
    posts = {post.key for post in review.office.posts_of(step.team or "")}
    concluding = {post.key for role in step.actors for post in review.office.posts_of(role)}
    if posts and posts <= concluding and len(posts) == 1:
        review.warn(
            place, f"tim `{step.team}` hanya pelaku sendiri: tidak ada pendapat yang ditunggu"
        )


def _choices_and_effects(review: Review, way: Way) -> None:
    if way.way is None:
        return
    place = (*way.place, "effects")
    if way.has("dispose") and not (way.way.chooses("unit") or way.way.chooses("post")):
        review.error(place, "`dispose` memerlukan `choose: {unit: …}` atau `{post: …}`")
    repeated = [one for one, n in Counter(way.way.effects).items() if n > 1]
    for effect in repeated:
        review.error(place, f"akibat `{effect.name}` ditulis dua kali")
    chooses = way.way.chooses("variant") is not None
    if chooses != way.has("reclassify"):
        review.error(way.place, "`choose: variant` dan `reclassify` selalu berdua")
    if way.has("reclassify"):
        _reclassify(review, way)
    _linked(review, way)


def _linked(review: Review, way: Way) -> None:
    """What is secret here must not lie open in the case that it opens."""
    open_ones = {one.code for one in review.others if not one.confidential}
    for code in way.way.arguments("open_case") if way.way is not None else ():
        if review.procedure.confidential and code in open_ones:
            message = f"SOP `{code}` tidak rahasia: berkas lanjutannya akan kosong"
            review.error((*way.place, "effects"), f"{message}; tulis `confidential: true` di sana")


def _opened_in_secret(review: Review) -> None:
    """The same, told where the secret case goes to."""
    for other in review.others if not review.procedure.confidential else ():
        ways = (way for step in other.steps for way in step.transitions)
        codes = {code for way in ways for code in way.arguments("open_case")}
        if other.confidential and review.procedure.code in codes:
            message = f"dibuka dari SOP rahasia `{other.code}`: perlu `confidential: true`"
            review.error(("code",), message)


def _reclassify(review: Review, way: Way) -> None:
    place = (*way.place, "effects")
    if not review.procedure.family:
        review.error(place, "`reclassify` hanya pada SOP yang mempunyai `family`")
    if not way.stays:
        review.error(place, "`reclassify` hanya pada jalan kembali ke langkah itu sendiri")
    if way.step.team is not None or way.step.batch is not None:
        review.error(place, "`reclassify` tidak pada langkah tim atau rekapan")
    for other in review.family:
        if not other.has_step(way.step.key):
            message = f"varian `{other.variant}` tidak mempunyai langkah `{way.step.key}`"
            review.error(place, message)


def _family(review: Review) -> None:
    """Variants must fit each other: a case of one may become a case of another."""
    mine = review.procedure
    for other in review.family:
        if other.variant == mine.variant:
            review.error(("variant",), f"varian `{mine.variant}` sudah ada: {other.code}")
        if other.number_code != mine.number_code:
            review.error(("number_code",), f"berbeda dari {other.code}: {other.number_code}")
        if other.kind != mine.kind:
            review.error(("kind",), f"berbeda dari {other.code}: {other.kind}")
        for step in other.steps:
            lands = any(way.has("reclassify") for way in step.transitions)
            if lands and not mine.has_step(step.key):
                message = f"langkah `{step.key}` belum ada; {other.code} dapat dipindahkan ke sini"
                review.error(("steps",), message)
    _default(review)


def _default(review: Review) -> None:
    mine = review.procedure
    defaults = [one.code for one in review.family if one.default]
    if mine.default and defaults:
        review.error(("default",), f"hanya satu varian `default`; sudah ada: {defaults[0]}")
    if mine.family and not mine.default and not defaults:
        review.error(("family",), f"keluarga `{mine.family}` belum mempunyai varian `default`")
