"""The demo with metrics and traces: a missing library is told first, and the year is told without either."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from integration_api.demo.front import Clock, Front
from tests.applications import settings_of
from tests.databases import migrated_sqlite
from tests.processes import ROOT, free_port
from tests.serving import environment

pytestmark = pytest.mark.anyio
WITHOUT_LIBRARIES = """
import sys
sys.modules["prometheus_client"] = sys.modules["opentelemetry.sdk.trace"] = None
from integration_api.cli.main import main
sys.argv = ["integration-api", "demo", "--serve"]
main()
"""


def test_a_missing_extra_is_told_before_anything_is_made(tmp_path: Path) -> None:
    env = environment(tmp_path / "data", INTEGRATION_API_METRICS_PORT="9464", PYTHONPATH=str(ROOT / "src"))
    words = [sys.executable, "-c", WITHOUT_LIBRARIES]
    ended = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("integration-api: INTEGRATION_API_METRICS_PORT needs the extra `metrics`")
    assert not (tmp_path / "data").exists()


async def test_the_year_is_told_without_metrics_and_traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their libraries are loaded when `prepare` has said where several workers count, or never."""
    for name in ("prometheus_client", "opentelemetry.sdk.trace"):
        monkeypatch.setitem(sys.modules, name, None)
    wanted = {"metrics_port": free_port(), "traces_endpoint": "http://127.0.0.1:4318/v1/traces"}
    start_at = datetime(2026, 1, 1, tzinfo=UTC)
    migrated_sqlite(tmp_path / "journal.sqlite3")
    settings = settings_of(tmp_path).model_copy(update=wanted)
    async with Front.open(settings, Clock(start_at), start_at + timedelta(days=1)) as front:
        assert front.clock() == start_at
