"""The data key of one chart is exchanged: every text is encrypted anew, killed and repeated, while it is served."""

import asyncio
import math
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from integration_api.operating.chart_keys import Exchanged, Settle, _Page, exchange_chart_key
from integration_api.operating.checks import NotDone
from integration_api.operating.progress import Advance, Begin, silent
from integration_api.operating.row_copies import tables
from integration_api.resources.journal.psychotherapy_notes.domain import domain_in
from integration_api.settings import Settings
from integration_api.storage.tables import encrypted_columns, key_owner
from integration_api.storage.vault import KEY_BYTES
from tests.applications import MASTER_KEY, application
from tests.factories.reflections import submitted
from tests.keeper import PRODUCT
from tests.processes import start
from tests.scene import Scene, succeed_all
from tests.serving import command, environment
from tests.storage.hand import Hand
from tests.support import Api, Json, Person, World
from tests.waiting import until_async

ONE_KEY = 5 + 12 + KEY_BYTES + 16
"""Bytes of one wrapped key: header, nonce, key, and the tag of GCM."""


class Killed(Exception):
    """The end of a process, whenever."""


async def at_once(_: float) -> None:
    """Wait for nobody."""


@dataclass
class Chart:
    """A patient with an account and a therapist, on a database of its own, and a chart beside it."""

    settings: Settings
    api: Api
    world: World
    hand: Hand
    patient: Person
    therapist: Person
    other: Person

    @property
    def id(self) -> UUID:
        return UUID(self.world.chart_id(self.patient))

    async def exchange(self, settle: Settle = at_once, begin: Begin = silent) -> Exchanged:
        return await exchange_chart_key(self.settings, self.id, None, settle, begin)

    async def wrapped(self) -> bytes:
        return bytes(await self.hand.value("SELECT wrapped_key FROM vault_keys WHERE id = ?", self.id))

    async def write(self, text: str, *tags: str) -> Json:
        return await submitted(self.patient, share=True, text=text, tags=[*tags])

    async def texts(self) -> list[str]:
        found = await self.therapist.get("/reflections", params={"patient_id": str(self.id), "limit": 100})
        return [item["text"] for item in reversed(found["items"])]

    async def tagged(self, tag: str) -> int:
        asked = {"tag": tag, "patient_id": str(self.id)}
        return len((await self.therapist.post("/reflections/search", asked, expect=200))["items"])


@pytest.fixture
async def chart(own: Settings) -> AsyncIterator[Chart]:
    """Three entries in a chart, one in another. The application asks for keys each time, as if a minute had passed."""
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
        found = Chart(own, api, world, Hand(own), patient, therapist, other)
        for number in range(3):
            await found.write(f"text {number}", "lake", f"tag {number}")
        await submitted(other, share=True, text="of another", tags=["lake"])
        api.runtime.database.keys.keep_for(0)
        yield found


async def sealed(settings: Settings, owners: tuple[UUID, ...]) -> dict[tuple[str, str, str], bytes]:
    """Every encrypted text under keys of these owners, by table, row and column."""
    found, hand = dict[tuple[str, str, str], bytes](), Hand(settings)
    for table in tables():
        names = encrypted_columns(table)
        if not names or key_owner(table) == "clinic_id":
            continue
        for owner in owners:
            query = f"SELECT id, {', '.join(names)} FROM {table.name} WHERE {key_owner(table)} = ?"  # noqa: S608  ours
            for row_id, *texts in await hand.run(query, owner):
                named = zip(names, texts, strict=True)
                found |= {(table.name, str(row_id), name): bytes(text) for name, text in named if text is not None}
    return found


async def test_every_text_of_a_whole_chart_is_encrypted_anew_and_no_other(own: Settings) -> None:
    async with application(own) as api:
        scene = await Scene.build(await World.build(api))
        chart_id, clinic_id = UUID(scene.chart), scene.world.clinic_id
        owners = (chart_id, domain_in(api.runtime.vault, clinic_id, chart_id))
        elsewhere = UUID((await scene.new_chart())["id"])
        before, others = await sealed(own, owners), await sealed(own, (elsewhere,))
        done = await exchange_chart_key(own, chart_id, None, at_once)
        after = await sealed(own, owners)
        assert before.keys() == after.keys()
        assert len({table for table, _, _ in before}) > 35, "one of everything"
        assert [one for one in before if before[one] == after[one]] == []
        assert done == Exchanged(len(before), 2)
        assert await sealed(own, (elsewhere,)) == others
        for owner in owners:
            wrapped = await Hand(own).value("SELECT wrapped_key FROM vault_keys WHERE id = ?", owner)
            assert len(bytes(wrapped)) == ONE_KEY, "the old key is gone"
        api.runtime.database.keys.keep_for(math.inf)
        await succeed_all(scene)


async def test_entries_are_found_by_their_tags_afterwards(chart: Chart) -> None:
    await chart.exchange()
    assert [await chart.tagged(tag) for tag in ("lake", "tag 1", "tag 9")] == [3, 1, 0]
    assert await chart.texts() == ["text 0", "text 1", "text 2"]
    again = await chart.exchange()
    assert again.keys == 1, "an exchange that is done is begun anew"
    assert await chart.tagged("lake") == 3


async def test_what_servers_write_meanwhile_is_kept(chart: Chart) -> None:
    """One server remembers the old key, as it may for a minute; another has read the new one."""
    async with application(chart.settings, chart.api.clock) as remembering:
        stale = Person(remembering, chart.patient.actor, chart.patient.token)
        await submitted(stale, share=True, text="before", tags=["lake"])

        async def settle(seconds: float) -> None:
            assert seconds >= 120, "longer than any server remembers a key"
            made = await submitted(stale, share=True, text="under the old key", tags=["lake", "stale"])
            await chart.write("under the new key", "lake", "fresh")
            assert await chart.texts() == ["text 0", "text 1", "text 2", "before", *written]
            await stale.patch(f"/reflections/{made['id']}", {"tags": ["lake", "later"]}, match=made["version"])
            remembering.runtime.database.keys.keep_for(0)

        written = ["under the old key", "under the new key"]
        await chart.exchange(settle)
        assert len(await chart.wrapped()) == ONE_KEY
        assert await chart.texts() == ["text 0", "text 1", "text 2", "before", *written]
        assert [await chart.tagged(tag) for tag in ("lake", "stale", "later", "fresh")] == [6, 0, 1, 1]
        await submitted(stale, share=True, text="after", tags=["lake"])
        assert (await chart.texts())[-1] == "after"


async def test_killed_at_every_page_it_goes_on(chart: Chart) -> None:
    kills = 0
    while True:
        left = kills

        def begin(_: int) -> Advance:
            def advance(rows: int) -> None:
                nonlocal left
                left -= rows > 0
                if left < 0:
                    raise Killed

            return advance

        try:
            await chart.exchange(begin=begin)
            break
        except Killed:
            kills += 1
            assert await chart.texts() == ["text 0", "text 1", "text 2"], f"killed {kills} times"
            assert len(await chart.wrapped()) > ONE_KEY
    assert kills > 5
    assert len(await chart.wrapped()) == ONE_KEY
    assert (await chart.texts(), await chart.tagged("lake")) == (["text 0", "text 1", "text 2"], 3)


async def test_a_process_that_is_killed_while_it_waits_is_run_again(chart: Chart) -> None:
    url = chart.settings.database_url
    env = environment(chart.settings.data_dir, url.get_secret_value() if url else None)
    env["INTEGRATION_API_MASTER_KEY"] = MASTER_KEY.get_secret_value()
    exchanging = start(PRODUCT, ("integration-api", "keys", "exchange", "--patient", str(chart.id)), env)
    old, before = await chart.wrapped(), await sealed(chart.settings, (chart.id,))

    async def is_anew() -> bool:
        now = await sealed(chart.settings, (chart.id,))
        return len(await chart.wrapped()) > ONE_KEY and all(now[one] != before[one] for one in before)

    assert len(old) == ONE_KEY
    await until_async(is_anew, "every text under the new key")
    await asyncio.to_thread(exchanging.kill)
    assert await chart.texts() == ["text 0", "text 1", "text 2"]
    done = await chart.exchange()
    assert (done.texts, len(await chart.wrapped())) == (0, ONE_KEY), "nothing was left but the old key"
    assert (await chart.texts(), await chart.tagged("lake")) == (["text 0", "text 1", "text 2"], 3)


async def test_what_a_server_writes_between_two_steps_stays(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    if chart.settings.is_embedded:
        return  # a transaction of SQLite lets nobody write in between
    made, written, anew = await chart.write("in between", "lake"), list[bytes](), _Page._anew

    def and_write(page: _Page, row: Mapping[Any, Any], name: str) -> bytes | None:
        if str(row["id"]) == made["id"] and name == "content" and not written:
            bound = page._associated(row, name)
            written.append(page.newest.encrypt(page.key.decrypt(row[name], bound), bound))
            with ThreadPoolExecutor() as pool:
                pool.submit(asyncio.run, chart.hand.put("reflections", made["id"], name, written[0])).result()
        return anew(page, row, name)

    monkeypatch.setattr(_Page, "_anew", and_write)
    await chart.exchange()
    assert [await chart.hand.text("reflections", made["id"], "content")] == written
    assert (await chart.texts())[-1] == "in between"


async def test_a_text_that_does_not_open_keeps_the_old_key(chart: Chart) -> None:
    made = await chart.write("altered", "lake")
    whole = await chart.hand.text("reflections", made["id"], "content")
    await chart.hand.put("reflections", made["id"], "content", whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(NotDone, match=f"reflections {made['id']}: a text does not open") as refused:
        await chart.exchange()
    assert "altered" not in str(refused.value).partition("it was altered")[0]
    assert len(await chart.wrapped()) > ONE_KEY
    await chart.hand.put("reflections", made["id"], "content", whole)
    assert (await chart.texts())[-1] == "altered"
    await chart.exchange()
    assert (await chart.texts())[-1] == "altered"


async def test_a_chart_erased_or_exchanged_meanwhile_is_left_alone(chart: Chart) -> None:
    async def exchange_too(_: float) -> None:
        await chart.exchange()
        with pytest.raises(Killed):
            await chart.exchange(_stop)

    with pytest.raises(NotDone, match="exchanged by another run"):
        await chart.exchange(exchange_too)
    assert await chart.texts() == ["text 0", "text 1", "text 2"]

    async def erase(_: float) -> None:
        await chart.hand.run("DELETE FROM vault_keys WHERE id = ?", chart.id)

    with pytest.raises(NotDone, match="erased meanwhile"):
        await chart.exchange(erase)
    with pytest.raises(NotDone, match="no such chart"):
        await chart.exchange()


async def _stop(_: float) -> None:
    raise Killed


async def test_a_chart_that_is_not_there_is_refused_in_one_line(own: Settings) -> None:
    url = own.database_url
    env = environment(own.data_dir, url.get_secret_value() if url else None)
    env["INTEGRATION_API_MASTER_KEY"] = MASTER_KEY.get_secret_value()
    ended = await asyncio.to_thread(command, "keys", "exchange", "--patient", str(uuid4()), env=env)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
