"""Nothing waits for a database once a row: no `await` in a loop, but where the loop is not over rows."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.test_arrows import SOURCE, modules

ALLOWED = {
    ("access/binding_check.py", "check_access"): "a command: one clinic after the other",
    ("access/binding_check.py", "check_clinic"): "a command: one table after the other",
    ("access/binding_check.py", "_check_table"): "a command: a page of rows at a time",
    ("access/exchange.py", "_answer"): "a request starts over once, where the account behind it has changed",
    ("access/issuer.py", "_get_json"): "the parts of one small answer of the issuer, not of the database",
    ("access/queues.py", "turn"): "behind the requests: one clinic after the other",
    ("access/queues.py", "_serve"): "behind the requests: one row of a queue after the other",
    ("access/queues.py", "run"): "behind the requests: until the process ends",
    ("access/limits/buckets.py", "take"): "again, where another request spent the same allowance at the same time",
    ("server/wire.py", "_drain"): "the rest of one body, within its limits, and not from the database",
    ("storage/batching.py", "_run_batch"): "a turn for others after some results, and not for the database",
    ("access/sandbox_clock.py", "follow_on"): "behind the requests: until the process ends",
    ("access/sandbox_clock.py", "_beginning"): "the parts of one body, at most 64 KiB, and not from the database",
    ("storage/batching.py", "end"): "when the process ends: until nothing is under way any more",
    (
        "storage/database.py",
        "apply",
    ): "encrypting a step's text: a key that this process does not know yet is read once",
    ("storage/database.py", "load"): "the lists of one step: turns for others, and not for the database",
    ("storage/database.py", "_prepare_list"): "as for `apply`; of a command, which imports a chart",
    ("storage/database.py", "_prepare"): "as above: all text of one change is encrypted under one owner's key",
    ("storage/keys.py", "master_keys_in_use"): "one small query for each master key in use, at start",
    ("storage/keys.py", "count_by_master_key"): "as above, run by the command line",
    ("storage/keys.py", "rotate"): "run by the command line: page by page, each one step",
    ("storage/keys.py", "open_every_key"): "run by the command line: page by page",
    ("resources/care/doses/near_doses.py", "doses_of_session"): "a page more, of more than a hundred doses alone",
    ("resources/care/doses/near_doses.py", "doses_around"): "as above",
    ("resources/care/doses/form_tasks.py", "wait_for_form"): "three tasks, for a team that was read once",
    ("resources/care/monitoring/service.py", "load_stored"): "at most five Statements a file, of 200 ids each",
    (
        "resources/care/sessions/reading_tasks.py",
        "wait_for_readings",
    ): "at most five tasks, for a team that was read once",
    (
        "resources/care/arc_windows/arc_changes.py",
        "_follow_calls",
    ): "the sessions whose windows open: one, and those before a dose that is taken back",
    ("resources/measures/check_ins/later_check_ins.py", "judge_later"): "a flag of each of two rules, of late answers",
    ("resources/measures/check_ins/later_check_ins.py", "judge_since_dose"): "at most five, before a dose known late",
    ("resources/measures/measure_responses/later_responses.py", "judge_later"): "at most five, after late answers",
    ("resources/oversight/exports/chart_exports.py", "_look_at"): "behind the requests: the parts of one file",
    ("resources/oversight/exports/chart_exports.py", "write_pdf"): "as above: the parts of one PDF",
    ("resources/oversight/exports/printers.py", "print_chart"): "as above: one process after the other makes them",
    ("storage/sqlite.py", "close"): "two pools of threads end, when the process ends",
    ("storage/postgres.py", "_in_transaction"): "the short transaction: its changes depend on each other",
    (
        "storage/postgres.py",
        "work",
    ): "the lists of one step, one statement each: at most three, but for a command that imports a chart",
    ("operating/doctor/clinic_checks.py", "_roster_findings"): "a command: one clinic after the other",
    ("telemetry/state.py", "look"): "behind the requests: one clinic after the other",
    ("telemetry/state.py", "run"): "as above, until the process ends",
    ("ledger/due.py", "_clinics"): "behind the requests: every clinic in which something is due",
    ("ledger/due.py", "record_due"): "behind the requests: one row for each release or end of a membership that is due",
    ("ledger/heads.py", "export_heads"): "a command: the newest head of one clinic after the other",
    ("core/tasks.py", "in_turns"): "a turn for others after some items, and not for the database",
    ("ledger/sealer.py", "_pass"): "behind the requests: one clinic after the other, so that none waits for many",
    ("ledger/sealer.py", "_windows"): "a command: a long ledger is looked through day by day",
    ("ledger/sealer.py", "clinics_of"): "behind the requests: every clinic, one after the other",
    ("ledger/sealer.py", "run"): "behind the requests: until the process ends",
    ("ledger/sealer.py", "_seal"): "behind the requests: a batch at a time",
    ("ledger/sealer.py", "seal_all"): "as above",
    ("ledger/sealer.py", "sealing"): "when the process ends: what did not end in time",
    ("ledger/verify.py", "_clinics_known"): "a command: one clinic after the other",
    ("ledger/verify.py", "chain"): "a command: a page of seals and a page of rows at a time",
    ("ledger/verify.py", "count_rows"): "as above",
    ("ledger/verify.py", "loose_ends"): "as above, until nothing was sealed meanwhile",
    ("ledger/verify.py", "verify_all"): "a command: one clinic after the other",
    ("ledger/verify.py", "_check_rows"): "a command: a restore, of which a ledger has few",
    ("operating/aftermath.py", "settle"): "a command: one erased chart and one clinic after the other",
    ("operating/aftermath.py", "export_all"): "a command: the erased charts of one clinic after the other",
    ("operating/heads_file.py", "_lost_heads"): "a command: one clinic after the other",
    ("operating/heads_file.py", "_unerased"): "a command: one erased chart after the other",
    ("operating/aftermath.py", "_start"): "a command: a page of seals at a time",
    ("operating/aftermath.py", "_erased_everywhere"): "a command: one clinic after the other",
    ("operating/chart_keys.py", "exchange_chart_key"): "a command: until no text is under the old key",
    ("operating/chart_keys.py", "begin"): "a command: the key of a chart, and that of its psychotherapy notes",
    ("operating/chart_keys.py", "_replace_each"): "as above",
    ("operating/chart_keys.py", "_replace"): "a command: again, where another one wrapped the key anew",
    ("operating/chart_keys.py", "encrypt_anew"): "a command: one table after the other, page by page",
    ("operating/erasures.py", "erased_charts"): "a command: a page of charts at a time",
    ("core/tasks.py", "in_background"): "when it ends: the one task that did not end in time",
    ("ledger/watch.py", "look"): "behind the requests: sixteen clinics at a time, once a second",
    ("ledger/watch.py", "run"): "as above, until the process ends",
    ("resources/delivery/stream/service.py", "_follow"): "one client's stream: it waits until it is woken",
    (
        "resources/journal/attachments/sealed_parts.py",
        "checked",
    ): "the parts of one file, one after the other",
    ("resources/journal/attachments/sealed_parts.py", "_stripped"): "as above",
    ("resources/journal/attachments/sealed_parts.py", "cut"): "as above",
    ("resources/journal/attachments/downloads.py", "_send_parts"): "as above",
    ("resources/attention/flags/flag_clock.py", "turn"): "behind the requests: one clinic after the other",
    (
        "resources/attention/flags/flag_clock.py",
        "_watch",
    ): "behind the requests: each flag is raised or escalated alone",
    ("resources/attention/flags/flag_clock.py", "run"): "behind the requests: until the process ends",
    ("resources/journal/attachments/sweeper.py", "turn"): "behind the requests: a page of objects at a time",
    ("resources/journal/attachments/sweeper.py", "_forget"): "behind the requests: each upload is forgotten alone",
    ("resources/journal/attachments/sweeper.py", "run"): "behind the requests: until the process ends",
    ("resources/oversight/exports/chart_walks.py", "_pages"): "behind the requests: a chart, page by page",
    ("resources/oversight/exports/selections.py", "pages"): "behind the requests: a page after the other",
    (
        "resources/oversight/exports/chart_walks.py",
        "read",
    ): "behind the requests: the parts of one thing after the other",
    ("resources/oversight/exports/chart_exports.py", "write_data"): "behind the requests: one kind after the other",
    ("resources/oversight/exports/chart_exports.py", "_write_kind"): "behind the requests: a page after the other",
    ("resources/oversight/exports/chart_exports.py", "write_files"): "behind the requests: one file after the other",
    ("resources/oversight/exports/chart_exports.py", "_write_file"): "behind the requests: its parts, one by one",
    ("resources/oversight/exports/chart_exports.py", "write_proofs"): "behind the requests: one note after the other",
    ("resources/oversight/exports/chart_exports.py", "write_fhir"): "behind the requests: one type after the other",
    ("fhir/bulk_exporter.py", "_make"): "behind the requests: one file after the other",
    ("fhir/bulk_exporter.py", "_fill"): "behind the requests: a page after the other",
    (
        "resources/oversight/research_exports/research_files.py",
        "consenting",
    ): "behind the requests: a page of charts after the other",
    (
        "resources/oversight/research_exports/research_files.py",
        "read_charts",
    ): "behind the requests: one chart after the other",
    (
        "resources/oversight/research_exports/research_files.py",
        "_read_chart",
    ): "behind the requests: one kind after the other",
    (
        "resources/oversight/research_exports/research_files.py",
        "_write_files",
    ): "behind the requests: the lines of one chart after the other",
    ("fhir/ndjson_files.py", "write"): "behind the requests: the parts of one file",
    ("resources/oversight/exports/chart_exports.py", "write_chart"): "behind the requests: some entries at a time",
    ("resources/oversight/exports/archives.py", "drain"): "behind the requests: the parts of one file",
    ("resources/oversight/exports/exporter.py", "_make"): "behind the requests: again without a file that is broken",
    ("resources/journal/attachments/sweeper.py", "_orphans"): "behind the requests: each table that names objects",
    ("resources/oversight/exports/package_exports.py", "read_chart"): "a command: one table after the other",
    ("resources/oversight/exports/package_exports.py", "_author_lines"): "a command: one author after the other",
    ("resources/oversight/exports/package_exports.py", "_add_proofs"): "a command: one signed note after the other",
    ("resources/oversight/exports/package_checks.py", "plan_import"): "a command: the documents of one chart",
    ("resources/oversight/exports/package_checks.py", "_plan_authors"): "a command: one author after the other",
    ("resources/oversight/exports/package_imports.py", "seal_content"): "a command: the parts of one file",
    ("resources/oversight/exports/package_imports.py", "collect_import"): "a command: one author after the other",
    ("resources/oversight/exports/package_imports.py", "_collect_tags"): "a command: one entry after the other",
    ("operating/foreign/import_plans.py", "plan_records"): "a command: one chart after the other",
    ("operating/foreign/chart_rows.py", "_collect_accounts"): "a command: one author after the other",
    ("operating/record_imports.py", "_apply"): "a command: one chart after the other, each in its transaction",
    ("operating/chart_packages.py", "_write"): "a command: one file after the other",
    ("operating/chart_packages.py", "_write_content"): "a command: the parts of one file",
    ("operating/chart_packages.py", "_apply"): "a command: one file after the other",
    ("operating/conformance/cast.py", "until"): "a command: asks a deployment again, for a minute at most",
    ("operating/conformance/cast.py", "make_cast"): "a command: one invented person after the other",
    (
        "operating/conformance/promise_checks.py",
        "foreign_and_unknown_answer_alike",
    ): "a command: one request after the other",
    ("operating/conformance/looks.py", "something_shared"): "as above",
    ("operating/conformance/looks.py", "seen_by"): "as above",
    ("operating/conformance/looks.py", "_whole"): "a command: one page after the other",
    ("operating/conformance/looks.py", "is_hidden"): "a command: one request after the other",
    ("operating/conformance/promise_checks.py", "a_private_reflection_reaches_nobody"): "as above",
    ("operating/conformance/promise_checks.py", "psychotherapy_notes_leave_no_trace"): "as above",
    ("operating/conformance/promise_checks.py", "erasure_ends_reading"): "as above",
    ("operating/conformance/promise_checks.py", "no_word_of_a_chart_leaves_its_body"): "as above",
    ("operating/conformance/runs.py", "run_kit"): "a command: one promise after the other",
    ("storage/objects.py", "pages"): "behind the requests: a page of names at a time",
    ("storage/bucket.py", "pages"): "as above",
    (
        "resources/delivery/webhooks/job.py",
        "_send_each",
    ): "behind the requests: one message of a webhook after the other",
    ("resources/delivery/webhooks/job.py", "_make"): "behind the requests: a page of the ledger at a time",
    ("resources/delivery/webhooks/job.py", "make"): "behind the requests: one webhook after the other",
    ("resources/delivery/webhooks/job.py", "run"): "behind the requests: until the process ends",
    ("resources/delivery/webhooks/job.py", "turn"): "behind the requests: one clinic after the other",
    ("resources/delivery/webhooks/job.py", "_serve"): "behind the requests: one webhook after the other",
    ("resources/delivery/channels/courier.py", "_each"): "behind the requests: one clinic after the other",
    ("resources/delivery/channels/courier.py", "_look_for_check_ins"): "behind the requests: a page at a time",
    ("resources/delivery/channels/courier.py", "_look_for_gaps"): "behind the requests: each gap is told of alone",
    ("resources/delivery/channels/courier.py", "_go_along"): "behind the requests: one step of a call is one unit",
    ("resources/delivery/channels/courier.py", "run"): "behind the requests: until the process ends",
    ("resources/delivery/webhooks/sender.py", "_ask"): "the parts of one answer, at most as many bytes as asked for",
    ("web/event_stream.py", "_until_gone"): "one client's stream: until the client has gone",
    (
        "resources/people/sign_in/service.py",
        "sign_in",
    ): "one password hash for each of at most 4 accounts of an address",
    (
        "resources/delivery/sync/service.py",
        "send_batch",
    ): "each of at most 100 items is a request of its own, and may build on the one before; 10 seconds bound them",
}
SERVING = [path for path in modules() if "demo" not in path.relative_to(SOURCE).parts]
"""The demo is told step by step, before anybody is served."""

LOOPS = (ast.For, ast.AsyncFor, ast.While)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
WAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)


def waits_in_loops(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Function and line of every wait that a loop repeats. What a loop runs over is evaluated once."""
    yield from _in(tree, "", is_loop=False)


def _in(node: ast.AST, function: str, *, is_loop: bool) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.AsyncFor) or (isinstance(node, WAITS) and is_loop):
        yield function, node.lineno
    if isinstance(node, FUNCTIONS):
        function, is_loop = getattr(node, "name", function), False
    again = _repeated(node)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.comprehension):
            first = isinstance(node, COMPREHENSIONS) and child is node.generators[0]
            if child.is_async:
                yield function, child.iter.lineno
            yield from _in(child.iter, function, is_loop=is_loop or not first)
            for condition in child.ifs:
                yield from _in(condition, function, is_loop=True)
        else:
            yield from _in(child, function, is_loop=is_loop or child in again)


def _repeated(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.While):
        return [node.test, *node.body]
    if isinstance(node, LOOPS):
        return [*node.body]
    if isinstance(node, ast.DictComp):
        return [node.key, node.value]
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        return [node.elt]
    return []


@cache
def waits_of(path: Path) -> tuple[tuple[str, int], ...]:
    """Those of a module."""
    return tuple(waits_in_loops(ast.parse(path.read_text())))


def place(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", SERVING, ids=place)
def test_no_loop_waits(path: Path) -> None:
    assert [f"{name}, line {line}" for name, line in waits_of(path) if (place(path), name) not in ALLOWED] == []


@pytest.mark.thorough
def test_every_exception_is_needed() -> None:
    found = {(place(p), name) for p in SERVING for name, _ in waits_of(p)}
    assert found == set(ALLOWED)


@pytest.mark.thorough
def test_no_slice_starts_tasks_of_its_own() -> None:
    """Waiting for many at once is as many queries as waiting for each."""
    for path in (SOURCE / "resources").rglob("*.py"):
        named = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(ast.parse(path.read_text()))}
        assert not named & {"gather", "TaskGroup", "create_task", "ensure_future", "as_completed"}, place(path)


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ("for row in rows:\n        await f(row)", True),
        ("while x:\n        await f(x)", True),
        ("while await f(x):\n        pass", True),
        ("return [await f(row) for row in rows]", True),
        ("return {k: await f(k) for k in rows}", True),
        ("return [row for row in rows if await f(row)]", True),
        ("return [x for row in rows for x in await f(row)]", True),
        ("return [x async for x in f()]", True),
        ("async for row in f():\n        g(row)", True),
        ("for row in rows:\n        async with f(row):\n            pass", True),
        ("for row in rows:\n        if row:\n            g(await f(row))", True),
        ("for row in await f():\n        g(row)", False),
        ("return [row for row in await f()]", False),
        ("for row in rows:\n        g(row)\n    else:\n        await f()", False),
        ("await f()", False),
    ],
)
def test_the_check_sees_waits_of_every_kind(body: str, is_found: bool) -> None:
    tree = ast.parse(f"async def one(rows, x):\n    {body}")
    assert [name for name, _ in waits_in_loops(tree)] == (["one"] if is_found else [])
