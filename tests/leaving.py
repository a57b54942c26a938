"""A test that leaves processes and files behind; `test_the_end.py` runs it. Not collected by itself."""

import os
import time
from pathlib import Path

import pytest

from tests.oidc_issuer import IssuerProcess
from tests.processes import Child, start
from tests.serving import Server, command, environment
from tests.waiting import STUCK_SECONDS


def test_leaves_what_it_is_told_to(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    left: list[object] = [start("program", ["sleep", str(STUCK_SECONDS)], os.environ)]
    if os.environ["TEST_LEAVES"] == "everything":
        left += [request.getfixturevalue("postgres_url"), *servers(tmp_path)]
    says = Path(os.environ["TEST_SAYS"])
    says.with_suffix(".new").write_text("\n".join(str(thing.pid) for thing in left if isinstance(thing, Child)))
    says.with_suffix(".new").rename(says)
    if os.environ["TEST_ENDS"] == "waits":
        time.sleep(STUCK_SECONDS)
    assert os.environ["TEST_ENDS"] == "well"


def servers(folder: Path) -> list[object]:
    """The product and an issuer, running."""
    env = environment(folder / "data")
    assert command("migrate", env=env).returncode == 0
    server, issuer = Server(env), IssuerProcess()
    server.start()
    issuer.start()
    return [server, issuer]
