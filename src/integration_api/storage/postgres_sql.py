"""SQL made from the SQL of Statements: several changes as one statement, many requests as one statement.

The inputs are SQL of Statements, type names and row counts, never a value. A Statement whose meaning could change is
refused when it is compiled, before the first request (`one_line`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

Steps = tuple[tuple[str, int | None], ...]
"""The SQL of each change, and the number of rows it must affect."""

_SPACES = re.compile(r"\s+")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_NO_FORM_FOR_MANY = re.compile(r"--|/\*|'|\"|\$(?!\d)| ON CONFLICT | RETURNING ")
_PARAMETER = re.compile(r"\$(\d+)")
_VALUES = re.compile(r"^(INSERT INTO \S+ \([^()]*\)) VALUES \((.*)\)$")
_SELECT = re.compile(r"^(INSERT INTO \S+ \([^()]*\)) (SELECT .*)$")


def one_line(text: str) -> str:
    """Return the SQL of a Statement without line breaks.

    Raises ValueError if the form for many requests would change its meaning. A quoted text must not hold anything like
    a parameter or a line break. Outside quotes there must be no comment and no dollar quote. An INSERT must end with
    its one row or its query.
    """
    for quoted in _QUOTED.findall(text):
        if "$" in quoted or _SPACES.sub(" ", quoted) != quoted:
            msg = f"{quoted} would be changed with the parameters and line breaks around it: make it a parameter"
            raise ValueError(msg)
    line = _SPACES.sub(" ", text)
    bare = _QUOTED.sub("", line)
    if found := _NO_FORM_FOR_MANY.search(bare):
        msg = f"a Statement with {found[0]!r} has no form for many requests"
        raise ValueError(msg)
    values = _VALUES.match(bare)
    if values and not _is_one_row(values[2]):
        msg = "an INSERT of several rows has no form for many requests"
        raise ValueError(msg)
    return line


def _is_one_row(values: str) -> bool:
    """Return whether the text between the outer brackets is one row: its brackets are balanced."""
    depth = 0
    for sign in values:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=1024)
def all_together(changes: Steps) -> str:
    """Return the changes as one statement, which divides by zero, and so changes nothing, if a row count is wrong."""
    parts, checks, shift = [], ["true"], 0
    for at, (sql, rows) in enumerate(changes):
        parts.append(f"s{at} AS ({_shifted(sql, '$', shift)} RETURNING 1)")
        if rows is not None:
            checks.append(f"(SELECT count(*) FROM s{at}) = {rows:d}")  # noqa: S608
        shift += _highest(sql)
    return f"WITH {', '.join(parts)} SELECT {_one_if(checks)}"


@lru_cache(maxsize=1024)
def can_share(changes: Steps) -> bool:
    """Return whether `many_inserts` can combine these: each change inserts exactly one row for each request.

    Then the row counts show whether every request's guards held.
    """
    return all(rows == 1 and (_VALUES.match(sql) or _SELECT.match(sql)) for sql, rows in changes)


def many_inserts(changes: Steps, types: Sequence[str]) -> str:
    """Return `all_together` for many requests; each parameter becomes an array of their values."""
    parts, checks, shift = [_requests(types)], [], 0
    for at, (sql, _) in enumerate(changes):
        moved = _shifted(sql, "b.p", shift)
        made = _VALUES.sub(r"\1 SELECT \2 FROM b", moved)
        if made == moved:
            made = _SELECT.sub(r"\1 SELECT q.* FROM b CROSS JOIN LATERAL (\2 OFFSET 0) AS q", moved)
        parts.append(f"s{at} AS ({made} RETURNING 1)")
        checks.append(f"(SELECT count(*) FROM s{at}) = (SELECT count(*) FROM b)")  # noqa: S608
        shift += _highest(sql)
    return f"WITH {', '.join(parts)} SELECT {_one_if(checks)}"


def many_reads(sql: str, types: Sequence[str]) -> str:
    """Return a query for many requests; its last column numbers the request of each row, from 1.

    OFFSET 0 keeps the planner from flattening the query, so its rows keep their order.
    """
    asked = _shifted(sql, "b.p", 0)
    return f"WITH {_requests(types)} SELECT q.*, b.n FROM b CROSS JOIN LATERAL ({asked} OFFSET 0) AS q"  # noqa: S608


def _requests(types: Sequence[str]) -> str:
    arrays = ", ".join(f"${at}::{kind}[]" for at, kind in enumerate(types, 1))
    names = ", ".join(f"p{at}" for at in range(1, len(types) + 1))
    return f"b AS MATERIALIZED (SELECT * FROM unnest({arrays}) WITH ORDINALITY AS b({names}, n))"  # noqa: S608


def _shifted(sql: str, prefix: str, shift: int) -> str:
    return _PARAMETER.sub(lambda found: f"{prefix}{int(found[1]) + shift}", sql)


def _highest(sql: str) -> int:
    return max((int(number) for number in _PARAMETER.findall(sql)), default=0)


def _one_if(checks: Sequence[str]) -> str:
    return f"1 / (CASE WHEN {' AND '.join(checks)} THEN 1 ELSE 0 END)"
