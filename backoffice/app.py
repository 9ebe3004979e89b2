"""create_app(): the one place where database, forms, login, words and views meet."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, request
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

import views
from backoffice import accounts, database, mail, schema, text
from backoffice.config import ROOT, Settings
from backoffice.letters import mailing, proof
from models import db

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Asked(Request):
    """A request of whoever only wants to know whether a page is there: asked as the page is.

    The answer to HEAD has no body all the same; the server sees to that.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.method == "HEAD":
            self.method = "GET"


class Office(Flask):
    """Flask with requests of ours."""

    request_class = Asked


def create_app(
    settings: Settings | None = None, *, check_database: bool = True, **config: Any
) -> Flask:
    """The product, ready to serve; `config` are Flask's own keys (TESTING=True).

    Raises `ConfigError` when the environment is wrong, when the schema is not the code's, or
    when a production database has a demo account; `check_database=False` leaves the latter two
    to the commands that mend them.
    """
    settings = settings or Settings.from_environ()
    app = Office(
        "paraf",
        root_path=str(ROOT / "views"),
        static_folder="static",
        template_folder="templates",
        instance_path=str(settings.data_dir),
    )
    app.config.update(_flask_config(settings), **config)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["settings"] = settings
    accounts.set_cost(settings.hash_time, settings.hash_memory)
    proof.set_address(settings.public_address)
    mail.set_server(settings.mail)
    mailing.set_folder(settings.files)
    _connect(app)
    if check_database:
        _refuse_unready(app, settings)
    _answer_safely(app, settings)
    CSRFProtect(app)
    LoginManager(app)
    text.init_app(app, settings.language)
    _trust_proxies(app, settings.proxies)
    _stamp_static(app)
    views.register(app)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": settings.max_content_length,
        "MAX_FORM_MEMORY_SIZE": settings.max_content_length,
        "MAX_FORM_PARTS": 5000,
        "TRUSTED_HOSTS": settings.hosts,
        "SESSION_COOKIE_NAME": "paraf",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "WTF_CSRF_TIME_LIMIT": None,  # a long chronology takes longer than any limit
        "WTF_CSRF_SSL_STRICT": settings.https,
        "BABEL_DEFAULT_LOCALE": settings.language,
        "PREFERRED_URL_SCHEME": "https" if settings.https else "http",
    }


def _connect(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database.install(db.engine)


def _refuse_unready(app: Flask, settings: Settings) -> None:
    with app.app_context():
        try:
            schema.refuse_unready(db.engine, production=settings.production)
        finally:
            # No connection may be carried over a fork, nor stay open when we do not start.
            db.engine.dispose()


def _answer_safely(app: Flask, settings: Settings) -> None:
    """Every answer carries the policy; pages are not kept by a browser that others use."""
    headers = dict(HEADERS)
    if settings.https:
        headers["Strict-Transport-Security"] = "max-age=31536000"

    @app.before_request
    def know_the_host() -> Response | None:
        # A page of ours cannot be drawn for a stranger's host: it has no addresses.
        if isinstance(request.routing_exception, SecurityError):
            return Response("Alamat situs ini tidak dikenal.\n", 400, mimetype="text/plain")
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        elif "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _trust_proxies(app: Flask, hops: int) -> None:
    """Believe what so many reverse proxies in front of us say of the caller."""
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def _stamp_static(app: Flask) -> None:
    @app.url_defaults
    def stamp(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values and app.static_folder:
            values.setdefault("v", _content_stamp(Path(app.static_folder) / values["filename"]))


@lru_cache(maxsize=64)
def _content_stamp(path: Path) -> str:
    """A new address for a new stylesheet, so that an old one can be kept for ever."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"
