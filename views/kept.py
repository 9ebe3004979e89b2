"""Files of a form that was refused: they were received, and need not be sent a second time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from backoffice.errors import Refusal
from backoffice.workflow.inputs import Upload
from views.uploads import settings, stored

HOURS = 12  # for which a refused form may be sent again with its files
PREFIX = "kept."


@dataclass
class Kept:
    """What a form carries on: field name -> the files that were received."""

    uploads: dict[str, tuple[Upload, ...]] = field(default_factory=dict)
    owner: str = ""  # whose form it is; another cannot use its files

    def of(self, name: str) -> tuple[Upload, ...]:
        """The files of a field."""
        return self.uploads.get(name, ())

    def names(self) -> list[str]:
        """What the page says is there already."""
        return [one.name for files in self.uploads.values() for one in files]

    def hidden(self) -> Iterator[tuple[str, str]]:
        """Name and value of the hidden fields that carry them on."""
        for name, files in self.uploads.items():
            for one in files:
                yield PREFIX + name, _sealer(self.owner, name).dumps(asdict(one))


def receive(
    files: Mapping[str, Sequence[Any]], posted: Any, labels: Mapping[str, str], owner: str
) -> tuple[Kept, list[Refusal]]:
    """Take in the new files of a form and those it carries on; the gate's refusals beside them."""
    kept, refusals = Kept(owner=owner), []
    for name, label in labels.items():
        found = list(_carried(posted.getlist(PREFIX + name), name, owner))
        try:
            found += stored(files.get(name) or (), name, label)
        except Refusal as refusal:
            refusals.append(refusal)
        if found:
            kept.uploads[name] = tuple(found)
    return kept, refusals


def _carried(seals: Iterable[str], name: str, owner: str) -> Iterator[Upload]:
    for seal in seals:
        try:
            yield Upload(**_sealer(owner, name).loads(seal, max_age=HOURS * 3600))
        except BadSignature:
            continue  # too old or not ours: the form asks for the file again


def _sealer(owner: str, name: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt=f"kept-{owner}-{name}")
