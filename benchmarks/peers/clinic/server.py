"""One worker of twelve threads: as many as wait for the database at a time."""

import os

wsgi_app = "django.core.wsgi:get_wsgi_application()"
bind = f"127.0.0.1:{os.environ['PORT']}"
worker_class = "gthread"
workers = 1
threads = 12
keepalive = 30
