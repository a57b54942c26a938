"""The TypeScript client against a served clinic: its own tests, and the code of its README."""

import os
from pathlib import Path

import pytest

from tests.browser.clinic import PASSWORD, ROWAN, WREN, Clinic
from tests.processes import start

FOLDER = Path(__file__).parents[2] / "clients" / "typescript"
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["client", "readme"])
def test_the_client_passes_its_own_tests(clinic: Clinic, tmp_path: Path, name: str) -> None:
    words = ["node", "--test", str(FOLDER / "test" / f"{name}.test.mjs")]
    env = {
        **os.environ,
        "JOURNAL_ROOT": clinic.root,
        "JOURNAL_EMAIL": ROWAN,
        "JOURNAL_OTHER": WREN,
        "JOURNAL_PASSWORD": PASSWORD,
    }
    log = tmp_path / "log"
    with log.open("wb") as file:
        ended = start("program", words, env, stdout=file, stderr=file).wait()
    assert ended == 0, log.read_text()[-4000:]
