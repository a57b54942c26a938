"""How both databases run every Statement: entering an index, in the order it answers in, whatever has grown.

On PostgreSQL the plans are generic ones on a crowded database, made by a connection of the product's own driver.
SQLite keeps no statistics here, so that its plans are the same on any database.
"""

import json
import operator
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.sql import visitors
from sqlmodel import SQLModel

from integration_api.app import create_app
from integration_api.settings import Settings
from integration_api.storage.postgres import PostgresDriver
from integration_api.storage.postgres_sql import can_share, many_inserts, many_reads
from integration_api.storage.sqlite import connect
from integration_api.storage.statements import STATEMENTS, Change, Read, Statement, any_for_row
from tests.costs.conftest import Told
from tests.costs.crowd import crowd
from tests.databases import migrated_sqlite

pytestmark = pytest.mark.thorough

create_app(Settings())
ONE_ROW = {"alembic_version", "sandbox"}
"""Tables that never grow."""

SORTS_A_PAGE = {"read_timeline", "search_chart"}
"""On SQLite: sorts no more than one page of each of its arms, which it has read from an index, before it merges them.

SQLite does not see that a subquery with ORDER BY and LIMIT is in order already. PostgreSQL does, and sorts nothing.
"""


MERGES_CHANNELS = {"list_changes"}
"""Sorts no more than one page of each channel, which it has read from an index: no index has them all in one order."""

SORTS_A_CASE_LOAD = {"session_times_of_case_load"}
"""Sorts the sessions of one person's charts within seven months, which no index has in order. It enters them by the
charts, and not by the days that it shows: on those the whole clinic has sessions."""
CALENDAR = "ix_sessions_calendar"

SUMS_UP_A_CHART = {"list_strands", "read_attainment", "sum_practices"}
"""Sorts rows of one chart, to sum up practices and ratings or to merge kinds. It enters them by the chart, or by a
thing of it: that does not grow with the table."""

STOPS_AT_THE_FIRST_ROW = {"mark_sandbox"}
"""Asks whether there is any clinic at all."""

SORTS_A_TEAM = {f"{thing}_viewers" for thing in ("session", "note", "reflection", "plan", "practice", "goal")}
"""Sorts the current members of one care team, to name the same of them each time. It enters them by the chart."""

COUNTS_MINUTES = {"charts_opened"}
"""Sorts what one person was shown in ten minutes, to count charts. That does not grow with the table."""

ENDS_ALL_OF_A_CLINIC = {
    *("end_bulk_exports_of_clinic", "end_bulk_exports_again", "end_sign_ins_of_clinic"),
    *("end_research_exports_of_clinic", "end_research_exports_again"),
}
"""Ends each bulk export and each research export of a clinic that is due, for which there is an index. In the crowd
they all are due, so that any index of the clinic is as good. After a restore a command ends all sign-ins of a clinic,
before it is served."""


def statements() -> Iterator[tuple[str, Statement]]:
    """Every Statement of the product; those of tests are their own business."""
    return ((name, statement) for name, statement in sorted(STATEMENTS.items()) if not name.startswith("test_"))


# ── PostgreSQL ──


async def test_postgres_enters_an_index_and_sorts_nothing(told_postgres: Told) -> None:
    await fill(told_postgres.url)
    driver = PostgresDriver(told_postgres.url, 1)
    await driver.open()
    try:
        found = {
            name: [
                fault
                for plan in await plans_of(driver, statement)
                for fault in (
                    *faults(plan),
                    *([CALENDAR] if name in SORTS_A_CASE_LOAD and CALENDAR in str(plan) else ()),
                )
                if not (
                    name in COUNTS_MINUTES | MERGES_CHANNELS | SORTS_A_CASE_LOAD | SORTS_A_TEAM | SUMS_UP_A_CHART
                    and fault.startswith("sorts")
                )
                if not (name in STOPS_AT_THE_FIRST_ROW and fault.endswith("of clinics"))
                if not (name in ENDS_ALL_OF_A_CLINIC and fault.startswith("reads a whole clinic of "))
            ]
            for name, statement in statements()
        }
    finally:
        await driver.close()
    assert {name: what for name, what in found.items() if what} == {}


async def fill(url: str) -> None:
    """Crowd it. No table may be left small."""
    connection = await asyncpg.connect(url)
    await crowd(connection)
    rows = await connection.fetch(
        "SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    await connection.close()
    sizes = {row["relname"]: row["reltuples"] for row in rows if row["relname"] not in ONE_ROW}
    assert sizes.keys() == SQLModel.metadata.tables.keys() - ONE_ROW
    assert {table: size for table, size in sizes.items() if size < 100} == {}
    assert sizes["ledger"] > 20_000


async def plans_of(driver: PostgresDriver, statement: Statement) -> list[Any]:
    """The generic plans as JSON: for one request, and for many at once."""
    sql, name = statement.compiled("postgresql").sql, f"plan_of_{statement.name}"
    plans = [await plan_of(driver, name, sql)]
    asked = "SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = $1"
    [[types]] = await driver.read(asked, (name,))
    assert isinstance(types, list)
    steps = ((sql, 1),)
    if types and isinstance(statement, Read):
        plans.append(await plan_of(driver, f"{name}_many", many_reads(sql, types)))
    elif isinstance(statement, Change) and can_share(steps):
        plans.append(await plan_of(driver, f"{name}_many", many_inserts(steps, types)))
    return plans


async def plan_of(driver: PostgresDriver, name: str, sql: str) -> Any:
    """The generic plan of a text; its arguments do not matter."""
    await driver.read(f"PREPARE {name} AS {sql}", ())
    nulls = ", ".join(["NULL"] * max((int(number) for number in re.findall(r"\$(\d+)", sql)), default=0))
    [[plan]] = await driver.read(f"EXPLAIN (FORMAT JSON) EXECUTE {name}{f'({nulls})' if nulls else ''}", ())
    return json.loads(str(plan))[0]["Plan"]


def faults(node: Any) -> Iterator[str]:
    """What a plan must not do, anywhere in it."""
    kind, table = node["Node Type"], node.get("Relation Name")
    if table not in ONE_ROW:
        if kind == "Seq Scan":
            yield f"reads all of {table}"
        if "Sort" in kind:
            yield f"sorts by {node['Sort Key']}"
        if "Index" in kind and is_wide(node.get("Index Cond", ""), table):
            yield f"reads a whole clinic of {table or node['Index Name']}"
    for below in node.get("Plans", ()):
        yield from faults(below)


def is_wide(condition: str, table: str | None) -> bool:
    """Whether an index is entered by the clinic alone, or at its very beginning. A clinic's own row is one."""
    return not condition or (table != "clinics" and bool(re.fullmatch(r"\(clinic_id = \$?\w+(\.\w+)?\)", condition)))


def test_the_check_of_a_plan_sees_each_fault() -> None:
    fine = {"Node Type": "Index Scan", "Relation Name": "notes", "Index Cond": "((clinic_id = $1) AND (id = $2))"}
    assert list(faults({"Node Type": "Limit", "Plans": [fine]})) == []
    assert list(faults({"Node Type": "Limit", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "notes"}]}))
    assert list(faults({"Node Type": "Incremental Sort", "Sort Key": ["at"], "Plans": [fine]}))
    assert list(faults({**fine, "Index Cond": "(clinic_id = $1)"}))
    assert list(faults({**fine, "Index Cond": "(clinic_id = accounts.clinic_id)"}))
    assert list(faults({"Node Type": "Index Only Scan", "Relation Name": "notes"}))


# ── whatever the statistics say ──


def test_what_postgres_may_hash_names_more_than_a_clinic() -> None:
    """Beneath OR or NOT it may run an EXISTS once for all rows, without its correlation: `any_for_row` forbids that."""
    found = {name: [str(each) for each in wide_exists(statement.query)] for name, statement in statements()}
    assert {name: texts for name, texts in found.items() if texts} == {}


def wide_exists(element: Any, can_hash: bool = False) -> Iterator[sa.Select[Any]]:
    """Every subquery of an EXISTS beneath OR that no parameter but the clinic's narrows."""
    for child in element.get_children():
        is_or = isinstance(child, sa.BooleanClauseList) and child.operator is operator.or_
        if can_hash and isinstance(child, sa.Exists):
            select = next(each for each in visitors.iterate(child) if isinstance(each, sa.Select))
            if not is_narrow(select):
                yield select
        yield from wide_exists(child, can_hash or is_or)


def is_narrow(select: sa.Select[Any]) -> bool:
    """Whether a column other than the clinic's equals a parameter, in every case."""
    assert select.whereclause is not None
    conditions = getattr(select.whereclause, "clauses", [select.whereclause])
    return any(
        isinstance(each, sa.BinaryExpression)
        and each.operator is operator.eq
        and isinstance(each.left, sa.Column)
        and each.left.name != "clinic_id"
        and isinstance(each.right, sa.BindParameter)
        and not each.right.unique
        for each in conditions
    )


def test_the_check_of_an_exists_sees_what_may_be_hashed() -> None:
    task, team, by = (
        sa.table("task", sa.column("id")),
        sa.table("team", sa.Column("task_id")),
        sa.bindparam("by", type_=sa.Boolean()),
    )
    correlated = sa.select(team.c.task_id).where(team.c.task_id == task.c.id)
    for found, faults_seen in (
        (correlated.exists(), 1),
        (any_for_row(correlated), 0),
        (sa.select(team.c.task_id).where(team.c.task_id == by).exists(), 0),
    ):
        assert len([*wide_exists(sa.select(task).where(sa.or_(by, ~found)))]) == faults_seen
        assert [*wide_exists(sa.select(task).where(found))] == []


# ── SQLite ──


def test_sqlite_enters_an_index_and_sorts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    migrated_sqlite(path)
    connection = connect(path)
    found = {}
    for name, statement in statements():
        compiled = statement.compiled("sqlite")
        rows = connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", [None] * len(compiled.parameters)).fetchall()
        found[name] = [line for line in (str(row[3]) for row in rows) if is_fault(line, statement)]
    connection.close()
    assert {name: lines for name, lines in found.items() if lines} == {}


def is_fault(line: str, statement: Statement) -> bool:
    """Whether SQLite reads a whole table or clinic here, or sorts."""
    sql = statement.compiled("sqlite").sql
    word, _, rest = line.partition(" ")
    table = rest.partition(" ")[0]
    if statement.name in SORTS_A_CASE_LOAD and CALENDAR in line:
        return True
    if line.startswith("USE TEMP B-TREE"):
        allowed = SORTS_A_PAGE | COUNTS_MINUTES | MERGES_CHANNELS | SORTS_A_CASE_LOAD | SORTS_A_TEAM | SUMS_UP_A_CHART
        return statement.name not in allowed
    if word not in ("SCAN", "SEARCH") or table in ONE_ROW or rest == "CONSTANT ROW" or table.startswith("anon_"):
        return False  # a subquery is named anon_1; what it reads has a line of its own
    if isinstance(statement.query, sa.Insert) and not re.search(rf"\b(FROM|JOIN|AS) {table}\b", sql):
        return False  # rows that refer to a new one: looked for only while a reference is broken, which none ever is
    if word == "SCAN":
        return not (statement.name in STOPS_AT_THE_FIRST_ROW and table == "clinics")
    return table != "clinics" and line.endswith("(clinic_id=?)") and statement.name != "end_sign_ins_of_clinic"


# ── what EXPLAIN does not show ──


def test_what_refers_to_a_row_that_can_be_deleted_is_found_by_an_index() -> None:
    """A database looks there before it lets a row go, whatever the plan of the DELETE says."""
    deleted = {str(s.query.table) for _, s in statements() if isinstance(s.query, sa.Delete)}
    assert len(deleted) > 3
    missing = [
        key.name
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_key_constraints
        if key.referred_table.name in deleted and not leads_an_index(table, set(key.column_keys))
    ]
    assert missing == []


def leads_an_index(table: sa.Table, columns: set[str]) -> bool:
    """Whether an index of the table begins with these columns, in any order."""
    uniques = [c for c in table.constraints if isinstance(c, sa.PrimaryKeyConstraint | sa.UniqueConstraint)]
    every = [[column.name for column in item.columns] for item in (*uniques, *table.indexes)]
    return any(set(names[: len(columns)]) == columns for names in every)
