"""The signed head of the ledger, as a file that `ledger verify --head` takes."""

import json

from integration_api.access.actor import Role
from integration_api.app import sealer_of
from integration_api.ledger.heads import export_heads, read_heads, write_heads
from tests.support import World


async def test_the_answer_is_the_file_that_the_command_writes(world: World) -> None:
    sealer = sealer_of(world.api.runtime)
    await sealer.seal(world.clinic_id)
    auditor = await world.staff(Role.AUDITOR)
    told = await auditor.get("/ledger-head")
    heads = read_heads(json.dumps(told))
    assert set(heads.by_clinic) == {world.clinic_id}
    assert heads.public_key == sealer.signer.public_key
    now = world.api.clock()
    written = json.loads(
        write_heads(await export_heads(world.api.runtime.database, sealer.signer.public_key, now), None)
    )
    [by_command] = [one for one in written["heads"] if one["clinic_id"] == str(world.clinic_id)]
    assert {**told["heads"][0], "sealed_at": None} == {**by_command, "sealed_at": None}
    assert told["format"] == written["format"]


async def test_it_is_the_newest(world: World) -> None:
    sealer = sealer_of(world.api.runtime)
    await sealer.seal(world.clinic_id)
    first = (await world.admin.get("/ledger-head"))["heads"][0]
    await sealer.seal(world.clinic_id)
    [second] = (await world.admin.get("/ledger-head"))["heads"]
    assert (second["number"], second["rows"] > first["rows"]) == (first["number"] + 1, True)


async def test_before_the_first_seal_there_is_none(world: World) -> None:
    await world.admin.get("/ledger-head", expect=404)


async def test_reading_it_is_in_the_ledger(world: World) -> None:
    await sealer_of(world.api.runtime).seal(world.clinic_id)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    await officer.get("/ledger-head")
    rows = (await officer.get("/ledger", params={"event": "ledger_head.read"}))["items"]
    assert [row["actor_id"] for row in rows] == [officer.id]
    await (await world.therapist()).get("/ledger-head", expect=403)
