"""An error at any point of what an operation writes leaves nothing of it, in no table and not in the ledger."""

from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from integration_api.resources.register import metadata
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown, Missed, Prepared
from tests.applications import application
from tests.scene import OPERATIONS, Request, Scene, send
from tests.support import World

pytestmark = pytest.mark.thorough

WRITES = [name for name in OPERATIONS if "(" not in name]
ENDING = "sign_out"
CALL = "ask_for_help"
"""It answers without the database too, and says that nobody was told; it leaves as little as any other."""
BATCH = "send_batch"
"""Its item is a request of its own, and says so itself."""
NOBODY = Prepared("UPDATE clinics SET name = name WHERE slug = ''", (), 1)
"""A change that hits no row, though it must."""


class Broken(list[int]):
    """The driver's `apply`, failing at one place of the first step it is given; remembers how long each step was."""

    def __init__(self, driver: Any, at: int) -> None:
        super().__init__()
        self._apply, self._at = driver.apply, at

    async def __call__(self, changes: Sequence[Prepared]) -> None:
        """With a change in it that misses."""
        self.append(len(changes))
        if len(self) > 1:  # a refusal's own row
            await self._apply(changes)
            return
        at = min(self._at, len(changes))
        try:
            await self._apply([*changes[:at], NOBODY, *changes[at:]])
        except Missed as missed:
            raise DatabaseDown from missed


async def dump(world: World) -> dict[str, str]:
    """Every row of every table, but what was refused and read: by table, as one text that the database makes."""
    driver = world.api.runtime.database.driver
    found = await driver.read(
        " UNION ALL ".join(_text(driver.dialect, table) for table in metadata().sorted_tables), ()
    )
    return {str(table): str(rows) for table, rows in found}


def _text(dialect: str, table: sa.Table) -> str:
    where = " WHERE outcome = 'done' AND event NOT LIKE '%.read' AND event NOT LIKE '%.listed'"
    rows = table.name + (where if table.name == "ledger" else "")
    if dialect == "postgresql":
        row = f"{table.name}::text"
        return f"SELECT '{table.name}', md5(string_agg({row}, '' ORDER BY {row})) FROM {rows}"  # noqa: S608  names of our own tables
    row = " || ',' || ".join(f'quote("{column.name}")' for column in table.c)
    return f"SELECT '{table.name}', group_concat(row, ';') FROM (SELECT {row} AS row FROM {rows} ORDER BY 1)"  # noqa: S608  as above


SECOND, LAST = 1, 99
"""The place of the error in a step."""


async def test_an_error_anywhere_in_the_step_leaves_nothing(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a database of its own, which is small: every row of it is looked at before and after."""
    async with application(own) as api:
        await _leave_nothing(await World.build(api), monkeypatch)


async def _leave_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await Scene.build(world)
    broken_writes = 0
    for name in WRITES:
        if ENDING in name:
            continue
        asked = await OPERATIONS[name](scene)
        if asked.method == "GET" or asked.person is None:
            continue
        before = await dump(world)
        if not await _is_broken(world, monkeypatch, asked, name, SECOND):
            continue  # it writes nothing but what it read
        assert await _is_broken(world, monkeypatch, asked, name, LAST), name
        broken_writes += 2
        after = await dump(world)
        assert {table for table in after if after[table] != before[table]} == set(), f"{name} left something"
    assert broken_writes > 60


async def _is_broken(world: World, monkeypatch: pytest.MonkeyPatch, asked: Request, name: str, at: int) -> bool:
    """Send it and break its step there. False if there is no step to break."""
    driver = world.api.runtime.database.driver
    broken = Broken(driver, at)
    with monkeypatch.context() as patched:
        patched.setattr(driver, "apply", broken)
        answer = await send(world.api, asked)
    if not broken:
        return False
    if name == BATCH:
        assert [result["status"] for result in answer.json()["results"]] == [503], answer.text
    elif name == CALL:
        assert (answer.status_code, answer.json()["told"]) == (200, "nobody"), answer.text
    else:
        assert answer.status_code == 503, f"{name}: {answer.status_code} though its change was not applied"
    return True
