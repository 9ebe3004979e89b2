"""Read by gunicorn where it starts; the command line may set what is not set here."""

worker_class = "backoffice.serving.Worker"
limit_request_line = 8190  # the most gunicorn takes; a list with every filter stays far below
