"""The words that an enumeration allows, changed by a migration. Old migrations call these: they stay as they are."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def add_words(table: str, check: str, new: Sequence[str], *, column: str = "kind") -> None:
    """Allow further words in a column of a table, after those that the constraint `check` has in the database.

    Raises RuntimeError if the constraint has another form, or has one of the words.
    """
    present = _present(table, check, column)
    if known := set(new) & set(present):
        msg = f"the constraint {check} has these words: {', '.join(sorted(known))}"
        raise RuntimeError(msg)
    allow_words(table, check, present, (*present, *new), column=column)


def remove_words(table: str, check: str, old: Sequence[str], *, column: str = "kind") -> None:
    """Allow these words no longer: the downgrade of `add_words`. Rows that have them must be gone or changed before.

    Raises RuntimeError if the constraint has another form, or lacks one of the words.
    """
    present = _present(table, check, column)
    if missing := set(old) - set(present):
        msg = f"the constraint {check} has no such words: {', '.join(sorted(missing))}"
        raise RuntimeError(msg)
    allow_words(table, check, present, [word for word in present if word not in old], column=column)


def allow_words(table: str, check: str, old: Sequence[str], new: Sequence[str], *, column: str = "kind") -> None:
    """Allow these words in a column of a table in the place of the old ones; `check` names the constraint.

    SQLite cannot change a CHECK: there the table is made anew from its own text, and its rows are copied. Raises
    RuntimeError if the text does not have the old words.
    """
    bind, copy = op.get_bind(), f"{table}_copy"
    if bind.dialect.name != "sqlite":
        op.drop_constraint(op.f(check), table, type_="check")
        op.create_check_constraint(op.f(check), table, sa.column(column).in_(new))
        return
    found = bind.exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (table,))
    made = [(kind, str(sql)) for kind, sql in found]
    [declared] = [sql for kind, sql in made if kind == "table"]
    body = declared[declared.index("(") :]
    if _listed(old) not in body:
        msg = f"the table {table} is not as the version before made it"
        raise RuntimeError(msg)
    op.execute(f"CREATE TABLE {copy} {body.replace(_listed(old), _listed(new))}")
    op.execute(f"INSERT INTO {copy} SELECT * FROM {table}")  # noqa: S608  the names are ours
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {copy} RENAME TO {table}")
    for kind, sql in made:
        if kind == "index":
            op.execute(sql)


def _present(table: str, check: str, column: str) -> list[str]:
    """Return the words that a constraint allows now, in its order."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        declared = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
        form = rf'CONSTRAINT "?{check}"? CHECK \("?{column}"? IN \(([^()]+)\)\)'
    else:
        asked = (
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = to_regclass(:table) AND conname = :check AND contype = 'c'"
        )
        declared = bind.execute(sa.text(asked), {"table": table, "check": check})
        form = rf"CHECK \(\(\({column}\)::text = (?:ANY \(\(ARRAY\[)?([^\[\]]+)"
    found = re.search(form, str(declared.scalar()))
    if found is None:
        msg = f"the table {table} has no constraint {check} on the words of {column}"
        raise RuntimeError(msg)
    return re.findall("'([^']*)'", found[1])


def _listed(words: Sequence[str]) -> str:
    return f"({', '.join(f'{word!r}' for word in words)})"
