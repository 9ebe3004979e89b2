"""The application for gunicorn: `gunicorn wsgi:app`."""

from backoffice import running, working
from backoffice.app import create_app

app = create_app()
# Closed by the end of the worker: until then nothing is brought back under it.
serving = running.serve(app.extensions["settings"].data_dir)
working.wake_after_commit(app.extensions["settings"])
