"""Metrics of one process: what is counted, under which labels, and on which port."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from integration_api import __version__
from integration_api.access.queue_statements import QUEUES
from integration_api.app import sealer_of
from integration_api.core import logs
from integration_api.server.workers import CannotListen
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown
from integration_api.storage.migrations import latest_revision
from integration_api.storage.run_records import Run, last_run, recorded
from integration_api.telemetry.counted_events import EVENTS, JOBS, JOBS_FAILED
from integration_api.telemetry.meters import Meters
from integration_api.telemetry.preparation import FolderUnfit, empty_folder, missing_extras, prepare
from integration_api.telemetry.scrapes import StateCollector
from integration_api.telemetry.state import StateWatch
from tests.applications import application, settings_of
from tests.support import World
from tests.telemetry.scraping import counted, looked_again, samples_of, value
from tests.waiting import until_async

MOST_BUCKETS = 8
COUNT = "journal_request_seconds_count"
LABELS = {
    "operation",
    "status",
    "le",
    "version",
    "revision",
    "key_id",
    "major",
    "minor",
    "patchlevel",
    "implementation",
}


async def test_requests_are_counted_by_operation_and_class(own: Settings) -> None:
    async with counted(own) as made:
        world = await World.build(made.api)
        therapist = await world.therapist()
        before = await made.samples()
        for _ in range(3):
            await therapist.get("/patients")
        await therapist.get("/patients/00000000-0000-7000-8000-000000000001", expect=404)
        await made.api.send("GET", "/me")
        after = await made.samples()

    def grown(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert grown(COUNT, operation="list_patients", status="2xx") == 3
    assert grown(COUNT, operation="read_patient", status="4xx") == 1
    assert grown(COUNT, operation="read_me", status="4xx") == 1
    assert grown("journal_database_read_seconds_count") >= 4
    assert grown("journal_database_commit_seconds_count") >= 3
    assert grown("journal_database_batch_size_sum") >= 7
    assert grown("journal_database_wait_seconds_count") >= 7
    assert value(after, "journal_requests_in_flight") == 0


async def test_labels_and_buckets_stay_few(own: Settings) -> None:
    """Whatever a client sends makes no series of its own: no path, no method, no id."""
    async with counted(own) as made:
        await made.api.client.request("BREW", "/v1/patients")
        await made.api.client.request("GET", "/v1/nowhere/at/all")
        await made.api.client.request("HEAD", "/health/live")
        samples = await made.samples()
    assert {label for _, labels in samples for label, _ in labels} <= LABELS
    seen = {dict(labels)["operation"] for name, labels in samples if name == "journal_request_seconds_count"}
    assert {"none", "read_liveness"} <= seen
    buckets: dict[tuple[str, str | None, str | None], int] = {}
    for name, labels in samples:
        if name.endswith("_bucket"):
            key = name, dict(labels).get("operation"), dict(labels).get("status")
            buckets[key] = buckets.get(key, 0) + 1
    assert buckets
    assert max(buckets.values()) <= MOST_BUCKETS


async def test_refused_sign_ins_and_events_of_the_log_are_counted(own: Settings) -> None:
    async with counted(own, log_level="error") as made:
        before = await made.samples()
        wrong = {"email": "nobody@example.org", "password": "no password of anybody"}
        assert (await made.api.send("POST", "/auth/tokens", json=wrong)).status_code == 401
        for event in (*EVENTS, *JOBS):
            logs.event(event, logs.DEBUG)
        logs.event("overloaded", logs.DEBUG, refused=9)
        after = await made.samples()
    for name, _ in EVENTS.values():
        grown = value(after, f"{name}_total") - value(before, f"{name}_total")
        assert grown == (10 if name.endswith("overloaded") else 1), name
    jobs = f"{JOBS_FAILED[0]}_total"
    assert value(after, jobs) - value(before, jobs) == len(JOBS)
    assert value(after, "journal_sign_in_failures_total") - value(before, "journal_sign_in_failures_total") == 1


async def test_every_counted_event_is_one_that_the_product_logs() -> None:
    source = Path(__file__).parents[2] / "src" / "integration_api"
    said = "".join(path.read_text() for path in source.rglob("*.py"))
    assert 'event(f"{self._queue.name}_turn_failed"' in said
    said += "".join(f'event("{queue.name}_turn_failed"' for queue in QUEUES)
    assert [event for event in (*EVENTS, *JOBS) if f'event("{event}"' not in said] == []


async def test_the_state_is_told(own: Settings) -> None:
    async with counted(own) as made:
        world = await World.build(made.api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        entry = await patient.post("/reflections", {"kind": "text", "text": "words"})
        assert entry["id"]
        state = await looked_again(own, made.api)
        assert state.unsealed.waiting > 0
        assert state.unsealed.seconds(made.api.clock()) >= 0
        await sealer_of(made.api.runtime).seal_all(back=None)
        state = await looked_again(own, made.api)
        assert (state.unsealed.waiting, state.unsealed.oldest) == (0, None)
        assert (state.revision, len(state.key_ids), state.clinics) == (latest_revision(), 1, 1)
        samples = await made.samples()
    assert value(samples, "journal_database_revision_current") == 1
    assert value(samples, "journal_build_info", version="0.1.0", revision=latest_revision()) == 1
    assert value(samples, "journal_heads_exported_timestamp_seconds") == 0
    assert (("journal_backup_well", frozenset()) in samples) == own.is_embedded


async def test_a_task_past_its_time_is_seen(own: Settings) -> None:
    async with counted(own) as made:
        world = await World.build(made.api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await patient.post("/help", {}, expect=200)
        assert (await looked_again(own, made.api)).overdue.waiting == 0
        made.api.clock.advance(days=30)
        state = await looked_again(own, made.api)
    assert state.overdue.waiting > 0
    assert state.overdue.seconds(made.api.clock()) > 24 * 3600


async def test_what_commands_did_is_told(own: Settings) -> None:
    with recorded(own.runs_dir, Run.HEADS):
        pass
    with recorded(own.runs_dir, Run.VERIFY) as record:
        record.findings = 2
    with pytest.raises(OSError, match="full"), recorded(own.runs_dir, Run.BACKUP):
        raise OSError("full")
    done = last_run(own.runs_dir, Run.VERIFY)
    assert done is not None
    with pytest.raises(OSError, match="away"), recorded(own.runs_dir, Run.VERIFY):
        raise OSError("away")
    assert last_run(own.runs_dir, Run.VERIFY) == replace(done, is_done=False), (
        "it tells when the last was done, and its findings"
    )
    async with counted(own) as made:
        samples = await made.samples()
    assert value(samples, "journal_ledger_verified_timestamp_seconds") == pytest.approx(done.seconds)
    assert value(samples, "journal_backup_timestamp_seconds") == 0
    assert value(samples, "journal_heads_exported_timestamp_seconds") > 1e9
    assert value(samples, "journal_heads_exported_well") == 1
    assert (value(samples, "journal_ledger_verified_well"), value(samples, "journal_seal_broken")) == (0, 2)
    assert value(samples, "journal_backup_well") == 0
    if own.is_embedded:
        assert value(samples, "journal_backup_check_well") == 1, "it was never run, which its time tells"
    files = [path for path in own.data_dir.rglob("*") if path.parent.name == "runs"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


async def test_without_the_database_the_port_answers_and_tells_no_state(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with counted(own) as made:
        monkeypatch.setattr("integration_api.telemetry.state.LOOK_SECONDS", 0.001)
        watch, ending = StateWatch(made.api.runtime, own), asyncio.Event()
        await watch.turn()
        collector = StateCollector(own, lambda: watch.state, made.api.clock)
        assert len(list(collector.collect())) > 10
        driver = vars(made.api.runtime.database.driver)

        async def down(*_: object) -> None:
            raise DatabaseDown

        driver["read"] = down
        looking = asyncio.create_task(watch.run(ending))
        await until_async(lambda: watch.state is None, "a look that fails")
        assert [family.name for family in collector.collect()] == ["journal_build_info", "journal_state_seen"]
        del driver["read"]
        await until_async(lambda: watch.state is not None, "a look that finds the database again")
        ending.set()
        await looking


async def test_the_api_s_own_port_has_no_metrics_and_none_are_counted_unless_asked_for(own: Settings) -> None:
    async with counted(own) as made:
        assert (await made.api.client.get("/metrics")).status_code == 404
    async with application(own) as api:
        assert type(api.app.middleware_stack).__name__ != "MeteredWire"
        driver = type(api.runtime.database.driver)
        assert driver.__module__ in ("integration_api.storage.sqlite", "integration_api.storage.postgres")
        assert type(api.runtime.database).__name__ == "Database"


async def test_the_listener_is_on_loopback_and_ends_with_the_application(own: Settings) -> None:
    async with counted(own) as made:
        assert own.metrics_host == "127.0.0.1"
    with pytest.raises(httpx.TransportError):
        await made.text()


def test_the_program_starts_without_the_libraries() -> None:
    """Neither is loaded unless a setting asks for it, and a setting without its library is one sentence."""
    code = (
        "import sys; from integration_api.app import create_app; from integration_api.settings import Settings; "
        "import integration_api.cli.main; create_app(Settings(data_dir='/nowhere')); "
        "print([name for name in sys.modules if name.startswith(('prometheus_client', 'opentelemetry.sdk', 'typst'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "[]\n"


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = settings_of(tmp_path).model_copy(
        update={"metrics_port": 9000, "traces_endpoint": "http://127.0.0.1:4318/v1/traces", "export_pdf": True}
    )
    assert [text for text in missing_extras(wanted) if find_spec("typst") or "`pdf`" not in text] == []
    monkeypatch.setattr("integration_api.telemetry.preparation.find_spec", lambda _: None)
    told = missing_extras(wanted)
    assert [text.partition(" ")[0] for text in told] == [
        "INTEGRATION_API_METRICS_PORT",
        "INTEGRATION_API_TRACES_ENDPOINT",
        "INTEGRATION_API_EXPORT_PDF",
    ]
    for text, extra in zip(told, ("metrics", "traces", "pdf"), strict=True):
        assert f"pip install 'integration_journal_api-{__version__}-py3-none-any.whl[{extra}]'" in text
    assert missing_extras(settings_of(tmp_path)) == []


def test_the_folder_of_workers_is_emptied_and_nobody_else_s(tmp_path: Path) -> None:
    folder = tmp_path / "counts"
    empty_folder(folder)
    (folder / "counter_1.db").write_bytes(b"old")
    (folder / "other").write_bytes(b"kept")
    empty_folder(folder)
    assert [path.name for path in folder.iterdir()] == ["other"]
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    with pytest.raises(FolderUnfit):
        empty_folder(folder)
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(FolderUnfit):
        empty_folder(tmp_path / "link")


def test_what_clients_make_up_makes_one_series() -> None:
    meters = Meters({("GET", "/v1/me"): "read_me"}, CollectorRegistry())
    for number in range(100):
        meters.answered(f"METHOD{number}", None, 404, 0.1)
    meters.answered("GET", "/v1/me", 200, 0.1)
    meters.answered("HEAD", "/v1/me", 200, 0.1)
    assert len(meters._children) == 3
    assert value(samples_of(generate_latest(meters.registry).decode()), COUNT, operation="none", status="4xx") == 100


def test_the_port_of_the_api_has_no_metrics_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(CannotListen, match="another port"):
        prepare(settings_of(tmp_path).model_copy(update={"metrics_port": 8000}))
