"""The words that an enumeration allows, changed by a migration. Old migrations call it: it stays as it is."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


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


def _listed(words: Sequence[str]) -> str:
    return f"({', '.join(f'{word!r}' for word in words)})"
