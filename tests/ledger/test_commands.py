"""The commands, as an operator runs them: what they say, how they end, beside a running server too."""

import asyncio
import json
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from integration_api.app import sealer_of
from integration_api.settings import Settings
from tests.applications import MASTER_KEY, application
from tests.databases import migrated_sqlite
from tests.factories import notes
from tests.ledger.hands import hands
from tests.ledger.test_protection import application_role
from tests.serving import command, environment
from tests.support import World, account_for


def env_of(settings: Settings) -> dict[str, str]:
    """The environment of a command on this database."""
    url = settings.database_url.get_secret_value() if settings.database_url else None
    return environment(settings.data_dir, url, INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value())


async def run(settings: Settings, *words: str) -> tuple[int, str]:
    """How it ended, and all it said."""
    ended = await asyncio.to_thread(command, *words, env=env_of(settings))
    return ended.returncode, ended.stdout + ended.stderr


async def test_seal_verify_and_heads_beside_a_running_application(own: Settings, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        for _ in range(4):
            await therapist.get("/patients")
        await account_for(world.admin, therapist)
        code, said = await run(own, "ledger", "verify")
        assert code == 0, said
        assert "0 rows under 0 seals in 1 clinics checked; 7 rows are not sealed yet" in said
        assert await run(own, "ledger", "seal") == (0, "7 rows sealed\n")
        code, said = await run(own, "ledger", "heads", "--out", str(file))
        assert (code, said) == (0, f"1 heads written to {file}\n")
        await therapist.get("/patients")
        code, said = await run(own, "ledger", "verify", "--head", str(file))
        assert code == 0, said
        assert "7 rows under 1 seals in 1 clinics checked; 1 rows are not sealed yet" in said
        assert "the ledger is as it was sealed, and access as it says" in said
        assert "4 rows that decide access checked" in said
        assert "without --head" not in said
    code, said = await run(own, "ledger", "heads")
    assert json.loads(said)["heads"] == json.loads(file.read_text())["heads"]


async def test_a_tamper_is_told_by_place_and_id(own: Settings, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await account_for(world.admin, therapist, patient)
        await sealer_of(api.runtime).seal(world.clinic_id)
    assert (await run(own, "ledger", "heads", "--out", str(file)))[0] == 0
    async with hands(own) as at:
        [row, *_] = await at.rows("ledger", world.clinic_id)
        await at.set("ledger", row, event="patient.deleted")
    code, said = await run(own, "ledger", "verify")
    assert code == 3
    assert f"clinic {world.clinic_id}: row" in said
    assert "at place 1 was edited, or its place was" in said
    assert "NOT AS SEALED: 1 findings" in said
    assert "patient.deleted" not in said
    assert patient.id not in said
    async with hands(own) as at:
        await at.run("DELETE FROM ledger_seals")
        await at.run("DELETE FROM ledger_places")
        await at.run("DELETE FROM ledger")
    code, said = await run(own, "ledger", "verify")
    assert "without --head it cannot be seen" in said
    assert (code, "is accounted for by no row of the ledger" in said) == (3, True), (
        "all gone: but who may see what is not"
    )
    code, said = await run(own, "ledger", "verify", "--head", str(file))
    assert code == 3
    assert "its end was cut off" in said


async def test_what_cannot_be_looked_at_ends_with_one_or_two(own: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    assert (await run(own, "ledger", "verify", "--head", str(broken)))[0] == 1
    assert (await run(own, "ledger", "verify", "--head", str(tmp_path / "none.json")))[0] == 2
    code, said = await run(own.model_copy(update={"data_dir": tmp_path / "empty"}), "ledger", "verify")
    assert code == (1 if own.database_url is None else 0), said


async def test_heads_of_another_installation_or_edited_ones_are_not_taken(own: Settings, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    async with application(own) as api:
        world = await World.build(api)
        await sealer_of(api.runtime).seal(world.clinic_id)
    await run(own, "ledger", "heads", "--out", str(file))
    told = json.loads(file.read_text())
    for edit in ({"number": 2}, {"head": "00" * 32}, {"clinic_id": str(uuid4())}):
        file.write_text(json.dumps({**told, "heads": [{**told["heads"][0], **edit}]}))
        code, said = await run(own, "ledger", "verify", "--head", str(file))
        assert code == (1 if "head" in edit else 3), said
        assert ("was not signed with the file's key" in said) == ("head" in edit)
    file.write_text(json.dumps({**told, "public_key": "00" * 32, "heads": []}))
    code, said = await run(own, "ledger", "verify", "--head", str(file))
    assert (code, "erased charts in the file were not signed" in said) == (1, True)
    for name in ("erased", "erased_signature"):  # as an older program wrote it
        del told[name]
    file.write_text(json.dumps({**told, "public_key": "00" * 32, "heads": []}))
    code, said = await run(own, "ledger", "verify", "--head", str(file))
    assert (code, "another key" in said) == (1, True)


async def test_a_proof_is_checked_without_database_and_key(own: Settings, tmp_path: Path) -> None:
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        note = await notes.signed_note(therapist, world.chart_id(patient))
        await sealer_of(api.runtime).seal(world.clinic_id)
        paths = [tmp_path / name for name in ("proof.json", "note.json", "heads.json")]
        proof = await patient.get(f"/notes/{note['id']}/proof")
        paths[0].write_text(json.dumps(proof))
        paths[1].write_text(json.dumps(await patient.get(f"/notes/{note['id']}")))
        key = sealer_of(api.runtime).signer.public_key.hex()
    await run(own, "ledger", "heads", "--out", str(paths[2]))
    proof_file, note_file, heads_file = map(str, paths)
    nowhere = Settings(data_dir=tmp_path / "nowhere")
    ended = command("ledger", "check-proof", proof_file, env=environment(nowhere.data_dir))
    assert ended.returncode == 4, ended.stderr
    assert f"compare it with the clinic's: {key}" in ended.stdout
    for words in (("--key", key), ("--head", heads_file), ("--key", key, "--head", heads_file, "--note", note_file)):
        ended = command("ledger", "check-proof", proof_file, *words, env=environment(nowhere.data_dir))
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert ended.stdout.startswith("proven: ")
    ended = command("ledger", "check-proof", proof_file, "--key", "11" * 32, env=environment(nowhere.data_dir))
    assert (ended.returncode, "NOT PROVEN: it was signed with another key" in ended.stdout) == (3, True)
    paths[1].write_text(json.dumps({**json.loads(paths[1].read_text()), "sections": {"data": "other"}}))
    ended = command("ledger", "check-proof", proof_file, "--note", note_file, env=environment(nowhere.data_dir))
    assert (ended.returncode, "the note's content is not what was signed" in ended.stdout) == (3, True)


async def test_the_role_is_given_its_rights_by_command(postgres_url: str, tmp_path: Path) -> None:
    async with application_role(postgres_url) as (url, app_url, name):
        owner = await asyncpg.connect(url)
        await owner.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
        await owner.close()
        ended = await asyncio.to_thread(command, "database-role", name, env=environment(tmp_path, url))
        assert ended.returncode == 0, ended.stderr
        assert f"{name} may use" in ended.stdout
        connection = await asyncpg.connect(app_url)
        assert await connection.fetchval("SELECT count(*) FROM ledger") == 0
        await connection.close()
        ended = await asyncio.to_thread(command, "database-role", "nobody-here", env=environment(tmp_path, url))
        assert (ended.returncode, "there is no role nobody-here" in ended.stderr) == (1, True)


@pytest.mark.parametrize("words", [("database-role", "app")])
def test_sqlite_has_no_roles(tmp_path: Path, words: tuple[str, ...]) -> None:
    migrated_sqlite(tmp_path / "journal.sqlite3")
    ended = command(*words, env=environment(tmp_path))
    assert (ended.returncode, "has no roles" in ended.stderr) == (1, True)
