"""A Statement whose text would come to mean another thing in its form for many requests is refused at start."""

import pytest
import sqlalchemy as sa

from integration_api.storage.compiling import compile_for
from integration_api.storage.postgres_sql import one_line

_THINGS = sa.table("things", sa.column("id", sa.Integer), sa.column("name", sa.String))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 'costs $1 or more' FROM things",
        "SELECT 'two  spaces' FROM things",
        "SELECT 'a line\nbreak' FROM things",
        'SELECT "a  b" FROM things',
        "SELECT 1 -- a comment\nFROM things",
        "SELECT 1 /* a comment */ FROM things",
        "SELECT 'never ends FROM things",
        "SELECT $$text$$ FROM things",
        "INSERT INTO things (id) VALUES ($1) ON CONFLICT DO NOTHING",
        "INSERT INTO things (id) VALUES ($1) RETURNING id",
        "INSERT INTO things (id) VALUES ($1), ($2)",
    ],
)
def test_what_cannot_be_rewritten_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"form for many|make it a parameter"):
        one_line(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT id\n  FROM things\nWHERE id = $1", "SELECT id FROM things WHERE id = $1"),
        ("SELECT 'it''s (one)' FROM things", "SELECT 'it''s (one)' FROM things"),
        ("INSERT INTO things (id) VALUES (abs($1))", "INSERT INTO things (id) VALUES (abs($1))"),
    ],
)
def test_what_can_stands_in_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_a_statement_is_refused_when_it_is_compiled() -> None:
    query = sa.select(_THINGS.c.id).where(_THINGS.c.name == sa.literal_column("'costs $1'"))
    with pytest.raises(ValueError, match="make it a parameter"):
        compile_for("costly", query, "postgresql")
