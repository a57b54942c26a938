"""Tests that leave processes, files, threads and event loops behind; `test_the_end.py` runs one. Not collected.

What has no event loop is run with the plugin `running.py` alone, and loads the product only to leave all of it.
"""

import asyncio
import json
import os
import socket
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.keeper import HEAD, SOCKET
from tests.processes import Child, enter_run, start
from tests.waiting import STUCK_SECONDS

WAITING = ["sleep", str(STUCK_SECONDS)]


def test_leaves_what_it_is_told_to(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ask_and_go()
    assert start("program", ["sh", "-c", f"{' '.join(WAITING)} &"], os.environ).wait() == 0  # an orphan
    left: list[object] = [start("program", WAITING, os.environ)]
    if os.environ["TEST_LEAVES"] == "everything":
        left += [request.getfixturevalue("postgres_url"), *servers(tmp_path)]
    if os.environ["TEST_LEAVES"] == "a thread":
        threading.Thread(target=time.sleep, args=(STUCK_SECONDS,)).start()
    say(left)
    if os.environ["TEST_ENDS"] == "waits":
        time.sleep(STUCK_SECONDS)
    assert os.environ["TEST_ENDS"] == "well"


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """As in `conftest.py`."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture
async def unclosed() -> AsyncIterator[asyncio.Server]:
    """A server that stays open, of a fixture that fails too."""
    yield await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    assert os.environ["TEST_ENDS"] != "fails"


async def test_leaves_its_event_loop_in_disorder(unclosed: asyncio.Server) -> None:
    """A task that waits, and a child that ends when its event loop closes the pipe to it."""
    child = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE)
    task = asyncio.create_task(asyncio.sleep(STUCK_SECONDS))
    say([start("program", WAITING, os.environ)])
    if os.environ["TEST_ENDS"] == "waits":
        await task
    assert child.returncode is not None  # it fails here, and its traceback holds all of this


def say(left: list[object]) -> None:
    """All is there that is to be left."""
    says = Path(os.environ["TEST_SAYS"])
    says.with_suffix(".new").write_text("\n".join(str(thing.pid) for thing in left if isinstance(thing, Child)))
    says.with_suffix(".new").rename(says)


def ask_and_go() -> None:
    """Ask the keeper for a process as one that is killed then: nobody takes the answer."""
    body = {"kind": "program", "words": WAITING, "env": dict(os.environ), "folder": "/", "user": None}
    request = json.dumps(body).encode()
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(str(enter_run() / SOCKET))
        asking.shutdown(socket.SHUT_RD)
        asking.sendall(HEAD.pack(len(request)) + request)


def servers(folder: Path) -> list[object]:
    """The product and an issuer, running."""
    from tests.oidc_issuer import IssuerProcess  # noqa: PLC0415  seconds of imports, which one run needs
    from tests.serving import Server, command, environment  # noqa: PLC0415  as above

    env = environment(folder / "data")
    assert command("migrate", env=env).returncode == 0
    server, issuer = Server(env), IssuerProcess()
    server.start()
    issuer.start()
    return [server, issuer]
