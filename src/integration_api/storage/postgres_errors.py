"""Errors of PostgreSQL and its driver, in the product's words.

A refusal of a statement is known by its SQLSTATE. Anything else that the driver raises means that the database is
down, and that the state of the connection is not known.
"""

import asyncpg

from integration_api.storage.database import BrokenReference, DatabaseDown, Duplicate, Missed

_UNIQUE, _FOREIGN_KEY = "23505", "23503"
_REPEATABLE = frozenset({"40001", "40P01"})
_REFUSALS = ("22", "23", "42")
"""Classes of a value, a constraint or a statement that is wrong: the product's own fault, and nothing was done."""
_UNFIT = frozenset({"42501", "42P01"})
"""The rights or the tables are missing: the operator's to mend, so the database is down."""


class BatchRefused(Exception):
    """Nothing was done for any of the requests that shared a statement: each is to be tried alone."""


def is_repeatable(error: Exception) -> bool:
    """Return whether the same work may succeed if it is repeated."""
    return isinstance(error, asyncpg.PostgresError) and error.sqlstate in _REPEATABLE


def as_ours(error: Exception) -> Exception:
    """Return Duplicate, BrokenReference, DatabaseDown, or the error itself if it is ours or of a wrong statement."""
    if isinstance(error, DatabaseDown | Missed | BatchRefused):
        return error
    if not isinstance(error, asyncpg.PostgresError):
        return DatabaseDown(type(error).__name__)
    code = str(error.sqlstate)
    if code == _UNIQUE:
        return Duplicate(error.constraint_name or "")
    if code == _FOREIGN_KEY:
        return BrokenReference()
    return DatabaseDown(code) if code in _UNFIT or not code.startswith(_REFUSALS) else error
