"""What `doctor` finds in settings, files and records: each fault alone, and nothing where all is well."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from integration_api.operating.checks import NotDone
from integration_api.operating.doctor import examination
from integration_api.operating.doctor.file_checks import MIN_FREE_BYTES, file_findings
from integration_api.operating.doctor.findings import Finding, age
from integration_api.operating.doctor.settings_checks import settings_findings
from integration_api.operating.doctor.state_checks import clock_findings, run_findings, state_findings
from integration_api.operating.file_modes import check_modes
from integration_api.settings import Settings
from integration_api.storage.run_records import Run, RunRecord
from integration_api.telemetry.state import Backlog, State
from tests.databases import migrated_sqlite

NOW = datetime(2026, 12, 2, 12, tzinfo=UTC)
JOBS = {"seal_seconds": 10, "flag_seconds": 10, "notification_seconds": 2}


def codes(found: object) -> list[str]:
    """Their codes; each says what and what to do, in whole sentences."""
    listed = list(found)  # type: ignore[call-overload]  # an iterable of findings
    for finding in listed:
        assert isinstance(finding, Finding)
        assert finding.says
        assert finding.says[-1] in ".,"
        assert finding.do
    return [finding.code for finding in listed]


@pytest.fixture
def fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with which nothing is wrong: the key apart, modes as they should be."""
    folder, keys = tmp_path / "data", tmp_path / "keys"
    folder.mkdir(mode=0o700)
    keys.mkdir(mode=0o700)
    made = Settings(data_dir=folder, master_key_file=keys / "master.key")
    made.make_master_key()
    migrated_sqlite(made.sqlite_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(MIN_FREE_BYTES * 2))
    return made


class _Usage(NamedTuple):
    free: int


def test_nothing_is_found_where_all_is_well(fine: Settings) -> None:
    assert codes(settings_findings(fine)) == []
    assert codes(file_findings(fine)) == []
    assert codes(clock_findings(NOW)) == []


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"workers": 4}, ["workers-on-sqlite"]),
        ({"seal_seconds": 0.0}, ["job-off"]),
        ({"flag_seconds": 0.0}, ["job-off"]),
        ({"notification_seconds": 0.0}, ["job-off"]),
        ({"host": "0.0.0.0"}, ["no-tls", "proxy-not-named"]),  # noqa: S104  that is the fault
        ({"host": "0.0.0.0", "trusted_proxies": ("10.0.0.1/32",)}, ["no-tls"]),  # noqa: S104  as above
        ({"host": "::1"}, []),
        (
            {"public_url": "http://journal.example.org"},
            ["public-address-without-tls", "proxy-not-named", "passkeys-of-localhost", "docs-in-public"],
        ),
        (
            {
                "public_url": "https://journal.example.org",
                "trusted_proxies": ("127.0.0.1/32",),
                "passkey_rp_id": "journal.example.org",
                "docs": False,
            },
            [],
        ),
        ({"trusted_proxies": ("127.0.0.1/32", "0.0.0.0/0")}, ["everybody-is-a-proxy"]),
        ({"metrics_port": 9000, "metrics_host": "10.0.0.1"}, ["metrics-in-public"]),
        ({"metrics_port": 9000}, []),
    ],
    ids=lambda value: "-".join(value) or "nothing",
)
def test_settings(fine: Settings, wrong: dict[str, object], found: list[str]) -> None:
    assert codes(settings_findings(fine.model_copy(update=wrong))) == found


def test_an_extra_that_is_not_installed(fine: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integration_api.telemetry.preparation.find_spec", lambda _: None)
    wanted = {"metrics_port": 9000, "traces_endpoint": "http://127.0.0.1:4318/v1/traces"}
    assert codes(settings_findings(fine.model_copy(update=wanted))) == ["extra-missing", "extra-missing"]
    assert codes(settings_findings(fine)) == []


def test_settings_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRATION_API_PORT", "Zephyrine")
    monkeypatch.setenv("INTEGRATION_API_TRACES_ENDPOINT", "http://collector.example.org/")
    settings, found = examination.read_settings()
    assert settings is None
    assert codes(found) == ["setting-invalid"]
    assert found[0].says.startswith("INTEGRATION_API_PORT: ")
    assert "Zephyrine" not in " ".join(examination.told(found))


@pytest.mark.parametrize("name", ["data", "data/journal.sqlite3", "keys/master.key"])
def test_a_file_that_others_can_read(fine: Settings, name: str) -> None:
    path = fine.data_dir.parent / name
    path.chmod(path.stat().st_mode | 0o044)
    [finding] = file_findings(fine)
    assert finding.code == "file-open-to-others"
    assert str(path) in finding.says
    assert finding.do == f"chmod {'700' if path.is_dir() else '600'} {path}"


@pytest.mark.parametrize(
    ("name", "mode", "code"),
    [
        ("data", 0o2770, "file-open-to-group"),
        ("data/journal.sqlite3", 0o660, "file-open-to-group"),
        ("keys/master.key", 0o440, "file-open-to-group"),
        ("keys/master.key", 0o460, "file-open-to-others"),
        ("data/journal.sqlite3", 0o602, "file-open-to-others"),
    ],
)
def test_a_file_that_a_group_can_read(fine: Settings, name: str, mode: int, code: str) -> None:
    (fine.data_dir.parent / name).chmod(mode)
    assert codes(file_findings(fine)) == [code]
    assert len(check_modes(fine) if code == "file-open-to-group" and name != "data" else [1]) == 1


def test_a_credential_of_systemd_is_closed(fine: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    fine.key_path.chmod(0o444)
    assert codes(file_findings(fine)) == ["file-open-to-others"]
    with pytest.raises(NotDone, match="chmod 600"):
        check_modes(fine)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(fine.key_path.parent))
    assert codes(file_findings(fine)) == []
    assert check_modes(fine) == []


def test_a_key_that_is_not_there_or_is_none(fine: Settings) -> None:
    fine.key_path.write_text("no key")
    assert codes(file_findings(fine)) == ["key-missing"]
    fine.key_path.unlink()
    assert codes(file_findings(fine)) == ["key-missing"]


def test_a_key_in_the_folder_of_the_database(fine: Settings) -> None:
    fine.key_path.rename(fine.data_dir / "master.key")
    assert codes(file_findings(fine.model_copy(update={"master_key_file": None}))) == ["key-beside-database"]


def test_a_disk_that_is_nearly_full(fine: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(MIN_FREE_BYTES - 1))
    assert codes(file_findings(fine)) == ["disk-nearly-full"]


def test_a_clock_before_the_program_was_made() -> None:
    assert codes(clock_findings(datetime(2020, 1, 1, tzinfo=UTC))) == ["clock-wrong"]


def _state(**more: object) -> State:
    runs = {run: RunRecord(NOW.isoformat()) for run in Run}
    return State(NOW, **{"runs": runs, **more})  # type: ignore[arg-type]  # the test's own words


def test_nothing_is_found_in_a_state_that_is_well(fine: Settings) -> None:
    assert codes(state_findings(_state())) == []
    assert codes(run_findings(fine, _state())) == []


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"sealed_ahead_seconds": 61.0}, "clock-behind"),
        ({"unsealed": Backlog(3, NOW - timedelta(minutes=16))}, "seals-overdue"),
        ({"undelivered": Backlog(3, NOW - timedelta(minutes=61))}, "webhooks-waiting"),
    ],
    ids=["clock", "seals", "webhooks"],
)
def test_states(wrong: dict[str, object], found: str) -> None:
    assert codes(state_findings(_state(**wrong))) == [found]


def test_states_that_are_not_late_yet() -> None:
    almost = {
        "sealed_ahead_seconds": 59.0,
        "unsealed": Backlog(3, NOW - timedelta(minutes=14)),
        "undelivered": Backlog(3, NOW - timedelta(minutes=59)),
    }
    assert codes(state_findings(_state(**almost))) == []


@pytest.mark.parametrize(
    ("change", "end"),
    [
        (lambda _: None, "never"),
        (lambda record: RunRecord(record.at, is_done=False), "failed"),
        (lambda _: RunRecord("", is_done=False), "failed"),
        (lambda record: RunRecord(record.at, findings=2), "found"),
        (lambda _: RunRecord((NOW - timedelta(days=9)).isoformat()), "old"),
    ],
    ids=["never", "failed", "failed-ever", "found", "old"],
)
@pytest.mark.parametrize("run", Run)
def test_commands(fine: Settings, run: Run, change: Callable[[RunRecord], RunRecord | None], end: str) -> None:
    name = {Run.HEADS: "heads", Run.VERIFY: "verify"}.get(run, run.value.replace("_", "-"))
    runs = {one: RunRecord(NOW.isoformat()) for one in Run}
    state = _state(runs={**runs, run: change(runs[run])})
    assert codes(run_findings(fine, state)) == [f"{name}-{end}"]


def test_a_run_that_failed_hides_nothing_of_the_one_before(fine: Settings) -> None:
    runs = {one: RunRecord(NOW.isoformat()) for one in Run}
    found = RunRecord(NOW.isoformat(), is_done=False, findings=2)
    assert codes(run_findings(fine, _state(runs={**runs, Run.VERIFY: found}))) == ["verify-failed", "verify-found"]
    old = RunRecord((NOW - timedelta(days=9)).isoformat(), is_done=False)
    assert codes(run_findings(fine, _state(runs={**runs, Run.HEADS: old}))) == ["heads-failed", "heads-old"]


def test_a_postgresql_is_backed_up_by_its_own_programs(fine: Settings) -> None:
    url = {"database_url": "postgresql://a@127.0.0.1/a"}
    there = Settings.model_validate({**fine.model_dump(), **url})
    assert codes(run_findings(there, _state(runs={}))) == ["heads-never", "verify-never"]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 seconds"), (119, "119 seconds"), (7200, "2 hours"), (10**6, "11 days")]
)
def test_ages(seconds: float, text: str) -> None:
    assert age(seconds) == text
