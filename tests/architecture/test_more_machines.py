"""Ready for more than one machine: rows are kept together by clinic, and nothing that decides is left to one process.

So any number of processes can share a database, and a database can be spread over machines by `clinic_id`.
"""

import ast
import importlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import SQLModel

from integration_api.access.tables import ClinicTable
from integration_api.ledger.protection import refuse_statements
from integration_api.storage.statements import STATEMENTS, Scope
from integration_api.storage.tables import key_owner, table_of
from tests.applications import application, settings_of
from tests.architecture.test_arrows import SOURCE, modules
from tests.architecture.test_statements import NAMES, Equal, froms
from tests.databases import migrated_postgres, migrated_sqlite
from tests.scene import Scene, succeed_all
from tests.support import World

pytestmark = pytest.mark.thorough

TABLES = sorted(SQLModel.metadata.tables.values(), key=lambda table: table.name)
CLINIC_ID = table_of(ClinicTable).c.clinic_id

BEFORE_THE_CLINIC_IS_KNOWN = {
    "account_of_subject": "a token of the external issuer names a person, and no clinic",
    "candidates_by_email": "signing in with an address: in which clinics is it known?",
    "clinic_by_slug": "the command line names a clinic by its slug",
    "list_countries": "each process learns at its start in which country each clinic is, for its crisis lines",
    "list_moved_clocks": "a sandbox: the time of each of its clinics, before a request names one",
    "mark_sandbox": "a database becomes a sandbox while there is no clinic in it",
    "next_clinic_of_clinics": "the check of what decides access asks which clinics there are, one by one",
    "next_clinic_of_changes": "the sealer asks in which clinics time has changed something, one by one",
    "next_clinic_of_due_bulk_exports": "the job that makes bulk exports asks in which clinics one is due, one by one",
    "next_clinic_of_due_exports": "the job that makes exports asks in which clinics one is due, one by one",
    "next_clinic_of_due_research_exports": "the job that makes research exports asks in which clinics one is due",
    "first_clinics": "the report on backups asks whether the database has more clinics than one",
    "next_clinic_of_flags": "the clock of flags asks which clinics have one that waits, one by one",
    "next_clinic_of_ledger": "the sealer and the checks of the ledger ask which clinics there are, one by one",
    "next_clinic_of_ledger_places": "as above",
    "next_clinic_of_ledger_seals": "as above",
    "next_clinic_of_notification_choices": "the job that sends asks which clinics there are, one by one",
    "next_clinic_of_notifications": "as above",
    "next_clinic_of_roster_calls": "as above",
    "next_clinic_of_shifts": "as above",
    "next_clinic_of_webhooks": "the job that delivers asks which clinics have webhooks, one by one",
    "read_revision": "the migration table has one row and no clinic",
    "read_serves_from": "as above",
    "wrapped_keys": "the master key is exchanged for all clinics together",
    "count_wrapped_keys": "as above",
}
ACROSS_CLINICS = {"uq_clinics_slug": "a slug is what tells clinics apart where an address is known in several"}
FUNCTIONS = {"count", "coalesce", "max", "min", "replace", "sum"}
"""SQL functions that Statements use: the same answer for the same rows, whenever and wherever they run."""


# ── tables ──


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_of_a_table_is_led_by_the_clinic(table: sa.Table) -> None:
    """What `test_schema` says of their columns, and here: of one type, on both ends of every reference."""
    assert next(iter(table.primary_key)).name == "clinic_id"
    assert table.c.clinic_id.type.compile() == CLINIC_ID.type.compile()
    uniques: list[sa.UniqueConstraint | sa.Index] = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    for unique in uniques + [index for index in table.indexes if index.unique]:
        assert unique.columns.keys()[0] == "clinic_id" or unique.name in ACROSS_CLINICS, unique.name
    for key in table.foreign_key_constraints:
        for element in key.elements:
            assert element.parent.type.compile() == element.column.type.compile(), key.name
            assert (element.parent.name == "clinic_id") == (element.column.name == "clinic_id"), key.name
        assert (key.ondelete, key.onupdate, key.deferrable) == (None, None, None), key.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_database_makes_no_value_of_its_own(table: sa.Table) -> None:
    for column in table.c:
        made = (column.server_default, column.server_onupdate, column.computed, column.identity)
        assert made == (None, None, None, None), column
        assert not isinstance(column.default, sa.Sequence), column
        assert not (column.primary_key and isinstance(column.type, sa.Integer)), f"{column} would count by itself"


OF_ITS_OWN = """
SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT relname FROM pg_class WHERE relkind IN ('S', 'v', 'm') AND relnamespace = 'public'::regnamespace
UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT conname FROM pg_constraint WHERE contype = 'f' AND (confdeltype <> 'a' OR confupdtype <> 'a')
UNION ALL SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE (atthasdef OR attidentity <> '') AND relnamespace = 'public'::regnamespace
"""
"""Triggers, sequences, views, functions, references that change rows, and columns that fill themselves."""


async def test_a_migrated_postgres_has_no_trigger_sequence_or_function(postgres_url: str) -> None:
    url = await migrated_postgres(postgres_url)
    connection = await asyncpg.connect(url)
    found = await connection.fetch(OF_ITS_OWN)
    await connection.close()
    assert [row[0] for row in found] == []


def test_a_migrated_sqlite_has_no_trigger_but_those_that_refuse(tmp_path: Path) -> None:
    migrated_sqlite(tmp_path / "journal.sqlite3")
    with sqlite3.connect(tmp_path / "journal.sqlite3") as connection:
        kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT type FROM sqlite_master")}
        every = connection.execute("SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    words = " ".join(text for kind, text in every if kind != "trigger")
    triggers = {
        text.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1) for k, text in every if k == "trigger"
    }
    assert kinds == {"table", "index", "trigger"}
    assert triggers == set(refuse_statements()), "each says no, and does nothing else"
    assert not re.search(r"\b(DEFAULT|AUTOINCREMENT|CASCADE|SET NULL|GENERATED)\b", words, re.IGNORECASE)


# ── Statements ──

OF_ONE_MACHINE = re.compile(
    r"\bmerge\b|\bpg_\w+|\bcurrent_(date|time|timestamp|user)\b|\blocal(time|timestamp)\b",
)


def test_a_statement_stays_in_one_clinic() -> None:
    """Every table in it is held to the clinic of the actor, or to the one that the product names."""
    for name in NAMES:
        if name in BEFORE_THE_CLINIC_IS_KNOWN:
            continue
        statement = STATEMENTS[name]
        equal, tables = Equal(statement), list(froms(statement))
        assert any(
            all(equal.are(f"{table.name}.clinic_id", parameter) for table in tables)
            for parameter in (":actor_clinic_id", ":clinic_id")
        ), name


def test_a_statement_answers_the_same_wherever_it_runs() -> None:
    """It calls no function but these, and holds no SQL text in which another one could hide."""
    for name in NAMES:
        for element in visitors.iterate(STATEMENTS[name].query):  # type: ignore[arg-type]  # every Core construct is visitable
            if isinstance(element, FunctionElement):
                assert element.name in FUNCTIONS, (name, element.name)
            assert not isinstance(element, sa.TextClause), (name, str(element))
            if isinstance(element, sa.ColumnClause) and element.is_literal:
                assert element.name in {"1", "*"}, (name, element.name)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_statement_merges_nothing_and_locks_no_number(dialect: Any) -> None:
    for name in NAMES:
        sql = re.sub(r"\s+", " ", STATEMENTS[name].compiled(dialect).sql.lower())
        assert not OF_ONE_MACHINE.search(sql), name
        for target in re.findall(r"on conflict( \([^)]*\))?", sql):
            assert "clinic_id" in target, f"{name}: a conflict is looked for in one clinic"


def test_a_cursor_is_a_time_that_stays_and_an_id() -> None:
    """Not a number of a sequence, of a transaction, or a time that a later change moves."""
    for name in NAMES:
        for element in visitors.iterate(STATEMENTS[name].query):  # type: ignore[arg-type]  # as above
            if isinstance(element, sa.BinaryExpression) and element.operator in (operators.lt, operators.gt):
                sides = [str(element.left), str(element.right)]
                if any("cursor_" in side for side in sides):
                    assert re.search(r"[\w.]+_(at|id)|\.at|\.id", sides[0]), (name, sides)
                    assert "updated_at" not in sides[0], (name, sides)


def test_text_is_sealed_only_under_a_key_that_stands() -> None:
    """A process may remember a key that another one has destroyed; the database is asked in the change itself."""
    for name in [name for name in NAMES if STATEMENTS[name].scope is Scope.OWNER]:
        statement = STATEMENTS[name]
        if statement.compiled("postgresql").encrypted_parameters:
            table = statement.query.table  # type: ignore[attr-defined]  # only changes have such parameters
            equal = Equal(statement)
            assert "standing_key" in {found.name for found in froms(statement)}, name
            assert equal.are("standing_key.id", f"{table.name}.{key_owner(table)}"), name


def test_the_exceptions_are_needed() -> None:
    def is_held(name: str) -> bool:
        equal, tables = Equal(STATEMENTS[name]), list(froms(STATEMENTS[name]))
        held = all(equal.are(f"{t.name}.clinic_id", p) for t in tables for p in (":actor_clinic_id", ":clinic_id"))
        return bool(tables) and held

    assert [name for name in BEFORE_THE_CLINIC_IS_KNOWN if is_held(name)] == []


# ── the process ──

REMEMBERED = {
    "access/issuer.py": {"_authorities"},
    "access/policy.py": {"grant"},
    "access/visible.py": {"actor_is_current"},
    "fhir/smart_tokens.py": {"_sender"},
    "web/docs.py": {"document"},
    "web/static_files.py": {"front_ends"},
    "storage/migrations.py": {"latest_revision"},
    "storage/postgres_sql.py": {"all_together", "can_share"},
    "storage/vault.py": {"_column"},
    "resources/people/clinics/crisis.py": {"crisis_resources"},
    "resources/people/patients/monitoring_statements.py": {"_format", "_languages", "_texts"},
    "resources/journal/notes/rules.py": {"allowed_actions"},
    "resources/journal/reflections/prompts.py": {"_prompt_ids", "prompt_sets"},
    "resources/care/arc_windows/rules.py": {"default_steps"},
    "resources/measures/instruments/catalogue.py": {"catalogue", "instruments"},
    "resources/measures/check_ins/alarm_rules.py": {"alarm_rules"},
    "resources/attention/flags/safety_rules.py": {"safety_rules"},
    "resources/measures/protocols/check_in_items.py": {"check_in_items", "items_by_id"},
    "resources/journal/strategy_library/service.py": {"built_in_entries"},
}
"""Functions that remember their answers: each follows from its arguments and the files of the program alone.

What the application remembers is in `Runtime` and below it, one of each an application: signatures of tokens that were
verified (whether the account still stands is asked each time), keys of owners (whether they still stand is asked by
each change), which charts were shown to whom (which decides only when the ledger is asked), the Idempotency-Keys of
requests that run (which the database decides about), and free connections. `tests/test_two_applications.py` holds two
of them to one outcome.
"""


def test_no_function_writes_to_its_module() -> None:
    for path in modules():
        assert not any(isinstance(node, ast.Global) for node in ast.walk(ast.parse(path.read_text()))), path.name


def test_what_modules_remember_is_known() -> None:
    assert remembered() == REMEMBERED


def remembered() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
                if "cache" in marks.replace("cached_property", ""):
                    found.setdefault(str(path.relative_to(SOURCE)), set()).add(node.name)
    return found


async def test_serving_changes_no_module(tmp_path: Path) -> None:
    """After every operation has been asked once, what the modules of the product hold is what they held before."""
    settings = settings_of(tmp_path)
    migrated_sqlite(settings.sqlite_path)
    before = held_by_modules()
    async with application(settings) as api:
        await succeed_all(await Scene.build(await World.build(api)))
    assert held_by_modules() == before
    assert len(before) > 50


def held_by_modules() -> dict[str, str]:
    """Every container at the top of a module, or in one of its classes, as text."""
    found: dict[str, str] = {}
    for path in modules():
        name = ".".join(("integration_api", *path.relative_to(SOURCE).with_suffix("").parts))
        if not name.endswith("__main__"):
            found |= dict(_containers(name.removesuffix(".__init__")))
    return found


def _containers(name: str) -> Iterator[tuple[str, str]]:
    module = importlib.import_module(name)
    owners = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == name]
    for owner in (module, *owners):
        for key, value in vars(owner).items():
            if not key.startswith("__") and isinstance(value, dict | list | set | bytearray):
                yield f"{getattr(owner, '__name__', name)}.{key}", repr(value)
