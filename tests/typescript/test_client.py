"""The TypeScript client against a served clinic: its own tests, and the code of its README."""

import json
import os
import signal
import socket
import time
from pathlib import Path

import psutil
import pytest

from integration_api.settings import Settings
from tests.browser.clinic import PASSWORD, ROWAN, WREN, Clinic
from tests.factories.messages import sent_message
from tests.processes import Child, start
from tests.waiting import STUCK_SECONDS, until

FOLDER = Path(__file__).parents[2] / "clients" / "typescript"
WHERE_SECONDS = 20
"""The time in which a stuck process says where it stands. The test has failed by then."""

pytestmark = pytest.mark.node


def begin(name: str, tmp_path: Path, **more: str) -> tuple[Child, Path]:
    """Run the client's own tests of this name. Returns the process and its log."""
    return begin_file(FOLDER / "test" / f"{name}.test.mjs", tmp_path, **more)


def begin_file(test: Path, tmp_path: Path, **more: str) -> tuple[Child, Path]:
    """Run the tests of one file. Returns the process and its log."""
    log = tmp_path / "log"
    words = ["node", "--import", str(Path(__file__).with_name("watch.mjs")), "--test", str(test)]
    env = {**os.environ, **more, "JOURNAL_WHERE": str(tmp_path)}
    with log.open("wb") as file:
        return start("program", words, env, stdout=file, stderr=file), log


def assert_passes(child: Child, log: Path, seconds: float = STUCK_SECONDS) -> None:
    """Wait for its end. If it is stuck, say where it stands, what it asked of the API, and what it said so far."""
    try:
        code = child.wait(seconds)
    except TimeoutError:
        pytest.fail(f"stuck\n{where(child, log.parent)}\n{log.read_text()[-4000:]}")
    assert code == 0, log.read_text()[-4000:]


def where(child: Child, folder: Path) -> str:
    """Return what its tests write about themselves; one that computes without an end writes nothing."""
    processes = psutil.Process(child.pid).children(recursive=True)
    for process in processes:
        process.send_signal(signal.SIGUSR2)
    files = [folder / f"where-{process.pid}" for process in processes]
    latest = time.monotonic() + WHERE_SECONDS
    while time.monotonic() < latest and not all(file.exists() and file.stat().st_size for file in files):
        time.sleep(0.02)
    said = [file.read_text() if file.exists() else f"{file.name} says nothing" for file in files]
    return "\n".join(said or ["no test has begun"])


def given(clinic: Clinic) -> dict[str, str]:
    """Return the address and the people of a clinic, as the tests of the client read them."""
    people = {"JOURNAL_EMAIL": ROWAN, "JOURNAL_OTHER": WREN, "JOURNAL_PASSWORD": PASSWORD}
    return {"JOURNAL_ROOT": clinic.root, **people}


def test_what_is_stuck_says_where(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        root = f"http://127.0.0.1:{silent.getsockname()[1]}"
        child, log = begin_file(Path(__file__).with_name("stuck.test.mjs"), tmp_path, JOURNAL_ROOT=root)
        asking, _ = silent.accept()
        with asking, pytest.raises(pytest.fail.Exception, match=r"GET /v1/never: no answer yet"):
            assert_passes(child, log, 0)
        child.kill()


@pytest.mark.parametrize("name", ["client", "batches", "readme"])
def test_the_client_passes_its_own_tests(clinic: Clinic, tmp_path: Path, name: str) -> None:
    child, log = begin(name, tmp_path, **given(clinic))
    assert_passes(child, log)


def test_the_packed_client_is_whole(tmp_path: Path) -> None:
    child, log = begin("packed", tmp_path)
    assert_passes(child, log)


def test_the_client_follows_the_stream_over_a_restart(clinic: Clinic, tmp_path: Path) -> None:
    child, log = begin("stream", tmp_path, **given(clinic), JOURNAL_SIGNALS=str(tmp_path))
    asked = tmp_path / "please-restart"
    until(lambda: asked.exists() or child.poll() is not None, "the client to follow")
    if asked.exists():
        clinic.server.stop()
        clinic.server.start()
        (tmp_path / "restarted").touch()
    assert_passes(child, log)


async def test_the_client_verifies_what_the_sender_signs(own: Settings, tmp_path: Path) -> None:
    sent = await sent_message(own)
    message = {"headers": sent.got.headers, "body": sent.got.body.decode(), "id": sent.session_id}
    vectors = tmp_path / "webhooks.json"
    vectors.write_text(json.dumps({**message, "old": sent.old, "new": sent.new}))
    child, log = begin("webhooks", tmp_path, JOURNAL_WEBHOOKS=str(vectors))
    assert_passes(child, log)
