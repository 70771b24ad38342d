"""How the server runs, in the demo as in production; the command line and GUNICORN_CMD_ARGS override it."""

worker_class = "gthread"
workers = 2
threads = 8
# Longer than any page may take (the database gives up after seconds), shorter than a person's patience.
timeout = 30
keepalive = 65
# A file in the home folder that nobody here would use.
control_socket_disable = True
accesslog = None  # addresses of pages name patients' cases; who opened what is in the audit events
errorlog = "-"
