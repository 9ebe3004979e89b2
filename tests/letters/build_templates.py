"""Builds the shipped Word templates from nothing: python -m tests.letters.build_templates.

Offices edit the files in Word; this shows how they were made and that they can be made again.
Paper and type as official letters have them: F4, Arial 12, margins 2 / 2.5 / 3 / 2 cm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from pathlib import Path

from backoffice.letters import catalogue
from tests.letters import (
    build_disposition,
    build_documents,
    build_letters,
    build_meetings,
    build_papers,
)
from tests.letters.paper import blank, saved
from tests.letters.parts import letterhead


def disposition_sheet() -> bytes:
    """Lembar disposisi: who lays what before whom, and the whole chain that came of it."""
    document = blank("Lembar disposisi")
    letterhead(document)
    build_disposition.body(document)
    return saved(document)


BUILDERS: dict[str, Callable[[], bytes]] = {
    **build_letters.BUILDERS,
    **build_documents.BUILDERS,
    **build_papers.BUILDERS,
    **build_meetings.BUILDERS,
    "lembar-disposisi": disposition_sheet,
}


def main(folder: Path, kinds: Collection[str] = ()) -> None:
    """Write every template into `folder`, or those of the named kinds, and what they offer."""
    for name, build in BUILDERS.items():
        if not kinds or name in kinds:
            (folder / f"{name}.docx").write_bytes(build())
    (folder / "README.md").write_text(catalogue.readme(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("letter_templates"), sys.argv[2:])
