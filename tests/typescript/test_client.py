"""The TypeScript client against a served clinic: its own tests, and the code of its README."""

import json
import os
from pathlib import Path

import pytest

from integration_api.settings import Settings
from tests.browser.clinic import PASSWORD, ROWAN, WREN, Clinic
from tests.factories.messages import sent_message
from tests.processes import Child, start
from tests.waiting import until

FOLDER = Path(__file__).parents[2] / "clients" / "typescript"
pytestmark = pytest.mark.node


def begin(name: str, tmp_path: Path, **more: str) -> tuple[Child, Path]:
    """Run the client's own tests of this name. Returns the process and its log."""
    log = tmp_path / "log"
    words = ["node", "--test", str(FOLDER / "test" / f"{name}.test.mjs")]
    with log.open("wb") as file:
        return start("program", words, {**os.environ, **more}, stdout=file, stderr=file), log


def given(clinic: Clinic) -> dict[str, str]:
    """Return the address and the people of a clinic, as the tests of the client read them."""
    people = {"JOURNAL_EMAIL": ROWAN, "JOURNAL_OTHER": WREN, "JOURNAL_PASSWORD": PASSWORD}
    return {"JOURNAL_ROOT": clinic.root, **people}


@pytest.mark.parametrize("name", ["client", "batches", "readme"])
def test_the_client_passes_its_own_tests(clinic: Clinic, tmp_path: Path, name: str) -> None:
    child, log = begin(name, tmp_path, **given(clinic))
    assert child.wait() == 0, log.read_text()[-4000:]


def test_the_client_follows_the_stream_over_a_restart(clinic: Clinic, tmp_path: Path) -> None:
    child, log = begin("stream", tmp_path, **given(clinic), JOURNAL_SIGNALS=str(tmp_path))
    asked = tmp_path / "please-restart"
    until(lambda: asked.exists() or child.poll() is not None, "the client to follow")
    if asked.exists():
        clinic.server.stop()
        clinic.server.start()
        (tmp_path / "restarted").touch()
    assert child.wait() == 0, log.read_text()[-4000:]


async def test_the_client_verifies_what_the_sender_signs(own: Settings, tmp_path: Path) -> None:
    sent = await sent_message(own)
    message = {"headers": sent.got.headers, "body": sent.got.body.decode(), "id": sent.session_id}
    vectors = tmp_path / "webhooks.json"
    vectors.write_text(json.dumps({**message, "old": sent.old, "new": sent.new}))
    child, log = begin("webhooks", tmp_path, JOURNAL_WEBHOOKS=str(vectors))
    assert child.wait() == 0, log.read_text()[-4000:]
