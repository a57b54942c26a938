"""The Python client in processes of its own: killed between stored and sent, and the journal of the command line."""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

from integration_journal import FileTokens, OfflineQueue
from tests.clients.child import WRITES
from tests.clients.networks import offline, patient_with_password, served, texts
from tests.databases import on_sqlite
from tests.factories.factors import PASSWORD
from tests.processes import ROOT, run, start
from tests.support import World

CLIENT = ROOT / "clients" / "python"


@on_sqlite
async def test_power_that_goes_between_stored_and_sent_loses_and_doubles_nothing(world: World, tmp_path: Path) -> None:
    """Killed once when all was kept and nothing sent, then after each second answer, until all is sent."""
    store = FileTokens(tmp_path / "tokens.json")
    device = await offline(world, tmp_path / "queue.sqlite3", store=store)
    await device.journal.close()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (CLIENT / "src", ROOT / "src", ROOT)))}
    async with served(world.api) as url:
        for where in ("stored", "answered", "answered"):
            words = ["tests.clients.child", url, str(tmp_path), where]
            child = await asyncio.to_thread(start, "module", words, env)
            assert await asyncio.to_thread(child.wait) == -signal.SIGKILL
    queue = OfflineQueue(tmp_path / "queue.sqlite3")
    device = device.again(queue=queue, store=store)
    assert device.journal.unsent == WRITES - 2  # the second answer of each run was not written down
    device.network.is_down = False
    report = await device.journal.send_kept()
    assert (report.sent, report.unsent) == (WRITES - 2, 0)
    assert await texts(device) == [str(number) for number in range(WRITES)]
    await device.journal.close()
    with sqlite3.connect(tmp_path / "queue.sqlite3") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()


@on_sqlite
async def test_the_journal_of_the_command_line_works_offline_and_on(world: World, tmp_path: Path) -> None:
    email = await patient_with_password(world)
    env = {**os.environ, "PYTHONPATH": str(CLIENT / "src"), "JOURNAL_HOME": str(tmp_path)}

    async def journal(url: str, *words: str, text: str = "", code: int = 0) -> str:
        """Return the output of the journal."""
        command = (sys.executable, str(CLIENT / "examples" / "journal.py"), *words)
        done = await asyncio.to_thread(run, "program", command, {**env, "JOURNAL_URL": url}, text)
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout

    async with served(world.api) as url:
        assert "signed in" in await journal(url, "sign-in", email, text=PASSWORD + "\n")
        assert "1 sent, 0 on this device" in await journal(url, "write", "The river was there again.")
    assert "0 sent, 1 on this device" in await journal(url, "write", "Written in a tunnel.")
    assert "will be shared" in await journal(url, "share", "last")
    listed = await journal(url, "list")
    assert "on this device  Written in a tunnel." in listed
    assert "offline: only what is on this device" in listed
    async with served(world.api) as url:
        assert "2 sent, 0 on this device" in await journal(url, "send")
        listed = await journal(url, "list")
        assert "sent, private  The river was there again." in listed
        assert "shared  Written in a tunnel." in listed
        assert await journal(url, "sign-out") == ""
        assert "sign in first" in await journal(url, "share", "last", code=1)
