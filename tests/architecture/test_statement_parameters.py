"""Each call gives a Statement exactly the parameters that it names: no more, no fewer, whichever branch is taken."""

import ast
import importlib.util
import inspect
import textwrap
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from integration_api.access import binding_check
from integration_api.access.queue_statements import QUEUES, Queue
from integration_api.access.statements import ACTOR_STANDS
from integration_api.access.work import Work
from integration_api.app import create_app
from integration_api.cli.ledger import access_checks
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.change_statements import KEEP_CHANGE
from integration_api.ledger.changes import AT_ONCE, Changed, Channel, Told
from integration_api.resources.oversight.exports.package_statements import INSERTS, READS
from integration_api.resources.oversight.exports.package_tables import CARRIED
from integration_api.settings import Settings
from integration_api.storage.statements import STATEMENTS, Statement
from tests.architecture.statement_calls import AMBIENT, Call, calls_of, calls_of_module
from tests.architecture.test_arrows import SOURCE, modules

create_app(Settings())
MODULES = [str(path.relative_to(SOURCE)) for path in modules() if path.stem != "__main__"]
NIL = UUID(int=0)
ON_BEHALF_OF_A_CALLER = {
    *(f"access/reads.py Reads.{name}" for name in ("one", "get", "part")),
    *(f"access/work.py Work.{name}" for name in ("change", "create", "revise")),
    "access/chart_lists.py list_charts",
    "storage/database.py Database.one",
}
"""They give on what they were given: their callers are checked."""
OTHERWISE_CHECKED = {
    "access/binding_check.py _check_table": "test_a_check_of_access_gives_the_parameters_of_its_statement",
    "access/reads.py Reads.confirm": "test_work_gives_all_that_it_takes_to_ask_whether_the_actor_stands",
    **{
        f"access/queues.py {name}": "test_a_queue_gives_the_parameters_of_its_statements"
        for name in ("_next_clinic", "due_rows", "claim", "_claimed", "keep", "_retry", "finish", "end")
    },
    "ledger/change_rows.py change_rows": "test_a_change_that_is_told_has_each_parameter_of_its_statement",
    "access/work.py Work.apply": "test_a_record_has_each_column_of_the_ledger",
    "access/bulk_work.py BulkWork.load": "as above, and test_each_call_gives_the_parameters_of_its_statement",
    "storage/database.py Database._prepare_list": "test_a_carried_table_has_the_parameters_of_its_statements",
    "resources/oversight/exports/package_exports.py read_chart": "as above",
    "resources/oversight/exports/package_imports.py _insert_rows": "as above",
    "operating/foreign/chart_rows.py _insert": "as above",
}


@cache
def calls(where: str) -> list[Call]:
    return list(calls_of_module(where, (SOURCE / where).read_text("utf-8")))


@pytest.mark.parametrize("where", MODULES)
def test_each_call_gives_the_parameters_of_its_statement(where: str) -> None:
    ours = (call for call in calls(where) if call.function not in {*ON_BEHALF_OF_A_CALLER, *OTHERWISE_CHECKED})
    assert [finding for call in ours for finding in call.findings()] == []


def test_every_exception_is_needed() -> None:
    found = {call.function for where in MODULES for call in calls(where) if list(call.findings())}
    assert found == {*ON_BEHALF_OF_A_CALLER, *OTHERWISE_CHECKED}


def test_the_check_sees_a_call_of_every_statement() -> None:
    seen = {statement.name for where in MODULES for call in calls(where) for statement in call.statements}
    seen |= {check.name for check in access_checks()}
    seen |= {statement.name for queue in QUEUES for statement in statements_of(queue)}
    seen |= {statement.name for statement in (*READS.values(), *INSERTS.values())}
    assert seen == {name for name in STATEMENTS if not name.startswith("test_")}


def test_work_gives_all_that_it_takes_to_ask_whether_the_actor_stands() -> None:
    assert ACTOR_STANDS.compiled("sqlite").names <= AMBIENT


def test_a_check_of_access_gives_the_parameters_of_its_statement() -> None:
    tree = ast.parse(inspect.getsource(binding_check._check_table))
    keys = {key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    given = {key.value for key in keys if isinstance(key, ast.Constant)}
    for check in access_checks():
        assert given - {"now"} <= check.compiled("sqlite").names <= given


def test_a_change_that_is_told_has_each_parameter_of_its_statement() -> None:
    told = Told.of(Changed("note", NIL, Channel.TEAM, NIL), 1000, AT_ONCE)
    assert told.values_in(NIL).keys() == KEEP_CHANGE.compiled("sqlite").names


def test_a_carried_table_has_the_parameters_of_its_statements() -> None:
    for one in CARRIED:
        assert READS[one.name].compiled("sqlite").names == {"clinic_id", "patient_id"}
        assert INSERTS[one.name].compiled("sqlite").names == {column.name for column in one.table.c}


def statements_of(queue: Queue[Any, Any]) -> list[Statement]:
    """Every Statement of a queue."""
    values = (getattr(queue, field.name) for field in fields(queue))
    return [value for value in values if isinstance(value, Statement)]


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.name)
def test_a_queue_gives_the_parameters_of_its_statements(queue: Queue[Any, Any]) -> None:
    """As the steps of `access/queues.py` give them, and the row its own columns."""
    own = {"clinic_id", "id", queue.number}
    ending = {"expected_version", "state", "failure", "due_at", "now", *queue.fresh, *queue.erased}
    assert [one.compiled("sqlite").names for one in (queue.next_clinic, queue.due, queue.claim, queue.read)] == [
        {"last_clinic_id", "now"},
        {"clinic_id", "now", "page_rows"},
        {*own, "claimed_until", "now", *queue.fresh},
        own,
    ]
    assert queue.keep.compiled("sqlite").names == {*own, "claimed_until", *queue.kept}
    assert queue.end.compiled("sqlite").names == {*own, *ending}
    given = {*queue.read.into.model_fields, "expected_version", "now"}
    assert {*own, "state", "ready_at", "expires_at", "due_at"} < queue.finish.compiled("sqlite").names <= given


def test_a_record_has_each_column_of_the_ledger() -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(Work.record)))
    (row,) = (node for node in ast.walk(tree) if isinstance(node, ast.Dict))
    assert {key.value for key in row.keys if isinstance(key, ast.Constant)} == INSERT_LEDGER.compiled("sqlite").names


# ── the check itself ──

IMPORTS = """
from dataclasses import dataclass
from integration_api.access.chart_lists import list_charts
from integration_api.access.work import Work
from integration_api.resources.care.courses import statements as sql
from integration_api.resources.care.courses.tables import CourseRow
from integration_api.storage.database import Database, Step
from integration_api.storage.statements import READ_VAULT_KEY
from integration_api.web.paging import Window

@dataclass(frozen=True)
class Only:
    state: str
    created_after: str
    created_before: str

@dataclass(frozen=True)
class OnlyOfChart(Only):
    patient_id: str

@dataclass(frozen=True)
class OnlyOfKind(OnlyOfChart):
    kind: str

def made(work: Work) -> CourseRow:
    raise NotImplementedError

def key_of(row: CourseRow) -> dict[str, object]:
    return {"clinic_id": row.clinic_id, "id": row.id}

async def planted(work: Work, database: Database, window: Window, only: Only, row: CourseRow, patient_id: str):
"""


def found_in(folder: Path, body: str) -> list[str]:
    """Return what is wrong in a function of a module that is written here and loaded."""
    path = folder / "planted.py"
    path.write_text(IMPORTS + textwrap.indent(body, "    "), "utf-8")
    spec = importlib.util.spec_from_file_location("integration_api_planted", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = calls_of("planted.py", vars(module), ast.parse(path.read_text("utf-8")))
    return [finding.split(": ", 2)[2] for call in found for finding in call.findings()]


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        ("await work.get(sql.READ_COURSE, id=1)", []),
        ("await work.get(sql.READ_COURSE, course_id=1)", ["misses id", "takes no course_id"]),
        ("await work.one(sql.READ_COURSE)", ["misses id"]),
        ("await work.all(sql.READ_COURSE, id=1, now=2)", []),
        ("await work.all(sql.READ_COURSE, id=1, patient_id=2)", ["takes no patient_id"]),
        ("work.create(sql.INSERT_COURSE, made(work))", []),
        ("work.create(sql.INSERT_COURSE, row.model_copy(update={}))", []),
        ("work.change(sql.INSERT_COURSE, row, rows=None, cause=1)", ["takes no cause"]),
        ("work.change(sql.UPDATE_COURSE, row)", ["misses expected_version"]),
        ("work.change(sql.UPDATE_COURSE, row, expected_version=1)", []),
        ("work.revise(sql.UPDATE_COURSE, row)", []),
        ("row = await work.get(sql.READ_COURSE, id=1)\nwork.revise(sql.UPDATE_COURSE, row, {})", []),
        ("for row in await work.all(sql.READ_COURSE, id=1):\n    work.create(sql.INSERT_COURSE, row)", []),
        (
            "work.create(sql.INSERT_COURSE, unheard_of)",
            ["cannot resolve the values of work.create(sql.INSERT_COURSE, unheard_of)"],
        ),
        ("await work.get(unheard_of, id=1)", ["cannot resolve the Statement unheard_of"]),
        (
            "work.change(sql.INSERT_COURSE if row else unheard_of, row)",
            ["cannot resolve the Statement sql.INSERT_COURSE if row else unheard_of"],
        ),
        (
            "read = sql.LIST_COURSES if patient_id else sql.LIST_TEAM_COURSES\n"
            "await work.page(read, window, None, None, **{**vars(only), 'patient_id': patient_id})",
            [],
        ),
        (
            "read = sql.LIST_COURSES if patient_id else sql.LIST_TEAM_COURSES\n"
            "await work.page(read, window, None, None, **vars(only))",
            ["misses patient_id"],
        ),
        (
            "await work.page(sql.LIST_TEAM_COURSES, window, None, None, **vars(only), patient_id=1)",
            ["takes no patient_id"],
        ),
        (
            "await work.all(sql.LIST_TEAM_COURSES, **vars(only))",
            ["misses cursor_at, cursor_id, page_rows"],
        ),
        ("await work.all(sql.LIST_TEAM_COURSES, **vars(only), **window.values(b''))", []),
        ("await list_charts(work, sql.COURSES, window, OnlyOfChart(), None)", []),
        ("await list_charts(work, sql.COURSES, window, only, None)", ["misses patient_id"]),
        ("await list_charts(work, sql.COURSES, window, OnlyOfKind(), None)", ["takes no kind"]),
        ("await list_charts(work, unheard_of, window, only, None)", ["cannot resolve the Statement unheard_of"]),
        ("await database.one(READ_VAULT_KEY, {'clinic_id': 1, 'id': 2})", []),
        ("await database.one(READ_VAULT_KEY, {'clinic_id': 1, 'key_id': 2})", ["misses id", "takes no key_id"]),
        ("await database.one(READ_VAULT_KEY, key_of(row))", []),
        ("await database.one(READ_VAULT_KEY, {**key_of(row), 'version': 1})", ["takes no version"]),
        ("await database.all(sql.READ_COURSE, {'id': 1})", ["misses actor_clinic_id, actor_epoch, actor_id, "]),
        ("await database.apply([Step(sql.INSERT_COURSE, row.__dict__)])", ["misses actor_clinic_id, "]),
        (
            "for change in (sql.INSERT_COURSE, sql.UPDATE_COURSE):\n    work.change(change, row)",
            ["misses expected_version"],
        ),
    ],
)
def test_the_check_sees_a_wrong_keyword(tmp_path: Path, body: str, findings: list[str]) -> None:
    found = found_in(tmp_path, body)
    assert len(found) == len(findings), found
    assert all(said.startswith(finding) for said, finding in zip(found, findings, strict=True)), found
