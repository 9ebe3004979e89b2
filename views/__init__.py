"""Everything that is shown."""

from flask import Flask


def register(app: Flask) -> None:
    """Attach every screen to `app`."""
