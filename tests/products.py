"""The product under test: made once for a kind of database, and handed on from test to test.

Making one takes 0.1 s, and its first pages another 0.5 s (templates and statements are compiled).
Every test of a run finds its database at the same address, see `tests.servers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask

from backoffice import accounts
from backoffice.app import create_app
from backoffice.config import Settings
from models import db
from tests.client import OfficeClient


@dataclass(frozen=True)
class Product:
    """An application and how it was configured when it was made."""

    app: Flask
    config: dict[str, Any]


_made: dict[Settings, Product] = {}


def made(settings: Settings, **config: Any) -> Flask:
    """A product of a test's own, whose forms need no token."""
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, **config)
    app.test_client_class = OfficeClient
    return app


@contextmanager
def own(settings: Settings, **config: Any) -> Iterator[Flask]:
    """The same, until the end of the test."""
    app = made(settings, **config)
    try:
        yield app
    finally:
        leave(app)


@contextmanager
def borrowed(settings: Settings) -> Iterator[Flask]:
    """The product of all tests with these settings; only where the files lie is a test's own."""
    key = replace(settings, data_dir=Path())
    if key not in _made:
        app = made(settings)
        _made[key] = Product(app, dict(app.config))
    product = _made[key]
    product.app.config.clear()
    product.app.config.update(product.config)
    product.app.extensions["settings"] = settings
    accounts.set_cost(settings.hash_time, settings.hash_memory)
    try:
        yield product.app
    finally:
        leave(product.app)


def leave(app: Flask) -> None:
    """Let go of the database of the test."""
    with app.app_context():
        db.engine.dispose()
