"""Django's settings, with what an API needs and nothing more."""

import os

from django.db.backends.postgresql.psycopg_any import is_psycopg3
from psycopg.conninfo import conninfo_to_dict

_database = conninfo_to_dict(os.environ["DATABASE_URL"])
assert is_psycopg3  # noqa: S101  its pool needs it

SECRET_KEY = os.environ["BENCH_TOKEN_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["benchmarks.peers.clinic"]
MIDDLEWARE: list[str] = []
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database["dbname"],
        "USER": _database["user"],
        "HOST": _database["host"],
        "PORT": _database["port"],
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {"pool": {"min_size": 12, "max_size": 12, "timeout": 30}},  # one for each thread of the server
    }
}
