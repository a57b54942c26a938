"""The program of the release before goes on after a migration: it makes every request of its scene on today's schema.

Its code is a work tree of git at the commit that recorded it (`make previous`). On PostgreSQL today's server serves the
same database meanwhile. A control takes a column away, as no migration may that lets servers go on: that must be seen.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from integration_api.storage.migrations import latest_revision, serves_from
from tests.drills.clinic import Clinic
from tests.processes import ROOT
from tests.storage.hand import Hand
from tests.upgrades.recorded import FILE
from tests.waiting import STUCK_SECONDS

TAKEN_AWAY = "ALTER TABLE medicines RENAME COLUMN kind TO gone"
_JOBS = ("EXPORT", "FLAG", "NOTIFICATION", "SEAL", "WEBHOOK")
"""Of today's server: the scene does this work itself, and looks at what comes of it."""
SCENE = """
import asyncio, json, sys
from pathlib import Path
from integration_api.storage.migrations import latest_revision
from tests.applications import application, settings_of
from tests.scene import OPERATIONS, Scene, send
from tests.support import SettableClock, World

async def main(folder, url=None):
    SettableClock.begins_at = None
    others = []
    async with application(settings_of(Path(folder), url)) as api:
        scene = await Scene.build(await World.build(api))
        for name, prepare in OPERATIONS.items():
            ask = await prepare(scene)
            status = (await send(api, ask)).status_code
            if status != ask.status if ask.status else not 200 <= status < 300:
                others.append(f"{name}: {status}")
    print(json.dumps({"revision": latest_revision(), "asked": len(OPERATIONS), "others": others}))

asyncio.run(main(*sys.argv[1:]))
"""
"""The script that the old program runs, with the scene of its own tests."""


@dataclass
class Upgrade:
    """Responses to the old program on today's schema. `others` must be empty, and the control must be seen."""

    commit: str = ""
    revision: str = ""
    asked: int = 0
    others: list[str] = field(default_factory=list)
    served: int = 0
    refused: int = 0
    is_promised: bool = True
    is_control_seen: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept; if none was made, whether the old program was refused."""
        return self.is_control_seen and not self.others and not self.refused and (self.asked > 0) == self.is_promised

    def __str__(self) -> str:
        """One line for people."""
        promised = "" if self.is_promised else ", which may not go on"
        return (
            f"{self.commit[:12]} at {self.revision} on {latest_revision()}{promised}: {self.asked} operations, "
            f"odd answers {self.others or 0}; {self.served} of today's server meanwhile, refused {self.refused}; "
            f"a column taken away was seen {self.is_control_seen}"
        )


def recorded_commit() -> str:
    """The commit that recorded the release before."""
    return _git("log", "-1", "--format=%H", "--", str(FILE))


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """The tree of a commit."""
    folder = Path(tempfile.mkdtemp(prefix="before"))
    _git("worktree", "add", "--quiet", "--detach", str(folder), commit)
    try:
        yield folder
    finally:
        _git("worktree", "remove", "--force", str(folder))
        shutil.rmtree(folder, ignore_errors=True)


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True).stdout.strip()


def go_on(on: Clinic, commit: str) -> Upgrade:
    """Run the old program on a database that today's has migrated."""
    with checked_out(commit) as before:
        report = Upgrade(commit, max(path.name for path in (before / "alembic" / "versions").glob("2*.py"))[:13])
        report.is_promised = serves_from(latest_revision()) <= report.revision
        if not on.settings.is_embedded:
            on.server.env |= {f"INTEGRATION_API_{name}_SECONDS": "0" for name in _JOBS}
            on.server.start()
        told = asyncio.run(_beside(on, before, report))
        report.asked, report.others = told["asked"], told["others"]
        asyncio.run(Hand(on.settings).run(TAKEN_AWAY))
        report.is_control_seen = bool(_scene(on, before)["others"])
    return report


async def _beside(on: Clinic, before: Path, report: Upgrade) -> Any:
    """Run the old program's scene while today's server is asked, if it serves."""
    asking = asyncio.create_task(asyncio.to_thread(_scene, on, before))
    if on.server.process is not None:
        async with httpx.AsyncClient(base_url=f"{on.server.url}/v1", timeout=STUCK_SECONDS) as client:
            while not asking.done():
                headers = {"Authorization": f"Bearer {on.writers[0].token}"}
                answer = await client.get("/reflections", headers=headers)
                report.served += 1
                report.refused += answer.status_code != 200
    return await asking


def _scene(on: Clinic, before: Path) -> Any:
    """The report of the old program, or its last line if it could not plant its scene."""
    url = on.settings.database_url
    words = [str(on.settings.data_dir), *([url.get_secret_value()] if url else [])]
    kept = {name: value for name, value in os.environ.items() if name != "TEST_RUN_FOLDER"}  # it has a run of its own
    env = {**kept, "PYTHONPATH": f"{before / 'src'}:{before}"}
    command = [sys.executable, "-P", "-c", SCENE, *words]
    done = subprocess.run(command, cwd=before, env=env, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return json.loads(done.stdout)
    return {"asked": 0, "others": [" ".join(done.stderr.splitlines()[-1:]) or f"exit {done.returncode}"]}
