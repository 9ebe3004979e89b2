"""The application for gunicorn: `gunicorn wsgi:app`."""

from backoffice.app import create_app

app = create_app()
