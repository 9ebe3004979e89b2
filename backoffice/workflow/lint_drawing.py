"""Lint, last part: whether the SOP can be drawn as the official table."""

from __future__ import annotations

from backoffice.drawing import lay_out
from backoffice.workflow.review import Review


def check_drawing(review: Review) -> None:
    """A line that cannot be drawn without lying on another is said, not refused."""
    titles = {one.key: one.title for one in review.office.roles}
    drawing = lay_out(review.procedure, titles)
    numbers = {one.node: one.text for one in drawing.symbols}
    steps = [one.key for one in review.procedure.steps]
    for line in drawing.clashes:
        source, target = numbers[line.source], numbers[line.target]
        place = ("steps", steps.index(line.step)) if line.step else ("steps",)
        review.warn(
            place,
            f"Panah {source} → {target} tidak dapat digambar tanpa tumpang tindih. "
            "Urutkan langkahnya menurut jalannya berkas, atau kurangi tombol yang melompat.",
        )
