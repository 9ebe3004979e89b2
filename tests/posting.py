"""What a browser sends when an officer fills the form of an action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from backoffice.actor import Actor
from backoffice.workflow.definition import Transition
from models import Case
from seed import walking


def picture() -> tuple[BytesIO, str]:
    """A photograph as a telephone sends it."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "JPEG")
    file.seek(0)
    return file, "pindaian.jpg"


def typed(value: Any) -> Any:
    """A value as somebody types it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, list) else str(value)


def posted(
    case: Case, way: Transition, actor: Actor, story: walking.Story | None = None
) -> dict[str, Any]:
    """The form of `way`, filled in with everything it asks for."""
    inputs = walking.inputs_for(case, way, actor, story or walking.Story())
    data: dict[str, Any] = {"version": str(case.version), "note": inputs.note}
    data.update({name: typed(value) for name, value in inputs.columns.items()})
    for role, parts in inputs.parties.items():
        data.update({f"{role}.{part}": typed(text) for part, text in parts.items()})
    data.update(_under("fields.", inputs.fields))
    for key, values in inputs.records.items():
        data.update(_under(f"record.{key}.", values))
    data.update(_under("letter.", inputs.letter))
    data.update({f"post.{role}": str(post_id) for role, post_id in inputs.posts.items()})
    for name in ("unit", "severity", "variant"):
        if getattr(inputs, name):
            data[name] = getattr(inputs, name)
    if inputs.attachments:
        data["attachment"] = picture()
    if inputs.scan:
        data["scan"] = picture()
    return data


def _under(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}{key}": typed(value) for key, value in values.items() if value is not None}
