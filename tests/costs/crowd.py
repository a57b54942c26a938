"""A crowded PostgreSQL: one clinic in which everything exists, multiplied by SQL until every table is big.

What goes into SQL here are names of tables and columns, and texts of this file.
"""

from collections.abc import Iterable, Sequence

import asyncpg
import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.storage.compiling import DIALECTS
from integration_api.storage.vault import NOBODY

_ROOT = f"SELECT '{NOBODY}'::uuid"
"""There is one root secret, however many clinics."""
_CHARTS, _VISITS, _STAFF, _CLINICS, _BARE_CLINICS = 20, 20, 20, 3, 100
"""More charts and staff in the clinic, a longer one of the charts, more clinics like it, and clinics that begin."""


_OF_CONTAINERS = ("custody_entries",)
"""Tables that name a patient and belong to a thing of the clinic, which is not copied with a chart."""
_NAMED_BY_CHARTS = ("consent_documents", "webhooks")
"""Things of the clinic that rows of a chart name: a longer chart names the same ones."""
_OF_STAFF = (
    "accounts",
    "external_identities",
    "service_accounts",
    "service_keys",
    "bulk_exports",
    "bulk_files",
    "research_studies",
    "research_exports",
    "calendars",
    "notification_choices",
)


async def crowd(connection: asyncpg.Connection) -> None:
    """Multiply what is there: charts of the clinic, the things of one chart, staff, and then the clinic."""
    staff = "SELECT id FROM accounts WHERE patient_id IS NULL"
    clinic = "SELECT clinic_id FROM clinics"
    one = "SELECT id FROM patients ORDER BY id LIMIT 1"
    await _multiply(connection, _CHARTS, f"{clinic} UNION {staff}")
    team = "SELECT id FROM care_team"
    everybody = "SELECT id FROM patients UNION SELECT id FROM accounts"
    named = " UNION ".join(f"SELECT id FROM {table}" for table in _NAMED_BY_CHARTS)  # noqa: S608
    await _multiply(connection, _VISITS, f"{clinic} UNION {everybody} UNION {team} UNION {named}", only_chart=one)
    patients = "SELECT clinic_id FROM clinics UNION SELECT id FROM accounts WHERE patient_id IS NOT NULL"
    await _multiply(connection, _STAFF, patients, only_tables=_OF_STAFF)
    await _multiply(connection, _CLINICS, "SELECT NULL::uuid")
    await _multiply(connection, _BARE_CLINICS, "SELECT NULL::uuid", only_tables=("clinics",))
    await connection.execute("VACUUM ANALYZE")


async def _multiply(
    connection: asyncpg.Connection,
    copies: int,
    kept: str,
    only_chart: str | None = None,
    only_tables: Sequence[str] = (),
) -> None:
    """Insert `copies` of every row under new ids, the same wherever an id stands; ids in `kept` stay as they are.

    So every reference of a copy points to the copy, or to what was kept. A row whose own id is kept is not copied.
    Where throttles are kept is no clinic: it stays as it is.
    """
    found = f"{kept} UNION {_ROOT} UNION SELECT clinic_id FROM throttles"  # noqa: S608
    await connection.execute(f"CREATE TEMPORARY TABLE kept AS SELECT DISTINCT id FROM ({found}) AS found (id)")  # noqa: S608
    await connection.execute("CREATE INDEX ON kept (id); ANALYZE kept")
    salt = await connection.fetchval("SELECT (SELECT count(*) FROM ledger) + (SELECT count(*) FROM clinics)")
    for table in SQLModel.metadata.sorted_tables:
        chart = "patient_id" if "patient_id" in table.c else None
        if (only_chart is not None and (chart is None or table.name in _OF_CONTAINERS)) or (
            only_tables and table.name not in only_tables
        ):
            continue
        own = "id" if "id" in table.c else "clinic_id"
        where = f"NOT EXISTS (SELECT FROM kept WHERE kept.id = original.{own})"
        if only_chart is not None:
            where += f" AND original.{chart} = ({only_chart})"
            if table.name == "exports":  # a chart has one that is being made
                where += " AND original.state <> 'making'"
            if table.name == "tasks":  # one about the chart itself would be the same task again
                where += f" AND original.subject_id <> original.{chart}"
        values = ", ".join(_copied(table, column, salt) for column in table.c)
        await connection.execute(
            f'INSERT INTO "{table.name}" ({_names(table.c)}) SELECT {values} '  # noqa: S608
            f'FROM "{table.name}" AS original CROSS JOIN generate_series(1, {copies}) AS copy WHERE {where}'
        )
    await connection.execute("DROP TABLE kept")


def _names(columns: Iterable[sa.Column[object]]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _copied(table: sa.Table, column: sa.Column[object], salt: int) -> str:
    value, kind = f'original."{column.name}"', column.type.compile(dialect=DIALECTS["postgresql"])
    again = f"md5({value}::text || '-' || copy || '-{salt}')"
    if kind == "UUID":
        return f"CASE WHEN EXISTS (SELECT FROM kept WHERE kept.id = {value}) THEN {value} ELSE {again}::uuid END"
    if kind.startswith("TIMESTAMP"):
        return f"{value} - copy * interval '7 minutes'"
    if kind in ("INTEGER", "BIGINT") and _counts_in_a_clinic(table, column):
        return f"{value} + copy * 100000"
    if kind == "BYTEA" and _is_unique(table, column):
        return f"decode({again}, 'hex')"
    if kind.startswith("VARCHAR") and not isinstance(column.type, sa.Enum) and _is_unique(table, column):
        return f"left({again}, {min(20, getattr(column.type, 'length', None) or 20)})"
    return value


def _counts_in_a_clinic(table: sa.Table, column: sa.Column[object]) -> bool:
    names = {"clinic_id", column.name}
    uniques = [set(c.columns.keys()) for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    return any(unique - {"patient_id", "purpose"} == names for unique in uniques)


def _is_unique(table: sa.Table, column: sa.Column[object]) -> bool:
    uniques: list[sa.UniqueConstraint | sa.Index] = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    return any(column.name in c.columns for c in uniques + [index for index in table.indexes if index.unique])
