"""The master key is exchanged without anybody noticing, whatever happens on the way."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr

from integration_api.app import open_database
from integration_api.settings import Settings
from integration_api.storage.database import Database, Prepared, Step
from integration_api.storage.keys import MasterKeyWrong, count_by_master_key, rotate
from integration_api.storage.statements import INSERT_VAULT_KEY, READ_VAULT_KEY
from integration_api.storage.vault import NOBODY, Vault
from tests.applications import MASTER_KEY, application
from tests.drills.clinic import clinic
from tests.drills.rotation import NEW, NEW_KEY, OLD, exchange
from tests.factories.reflections import draft
from tests.serving import command, environment
from tests.storage.hand import Hand
from tests.support import World

KILLS, OWNERS = 20, 2_000


def exchanged(settings: Settings, *, is_old_kept: bool = True) -> Settings:
    """The new master key, and beside it the old one."""
    previous = MASTER_KEY if is_old_kept else None
    return settings.model_copy(update={"master_key": SecretStr(NEW_KEY), "master_key_previous": previous})


def test_the_keys_of_this_test_are_what_they_say() -> None:
    assert Vault(NEW).header != Vault(OLD).header


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_under_load_and_killed_at_twenty_points(kind: str, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
    with clinic(server) as on:
        report = exchange(on, OWNERS, KILLS)
    assert report.is_clean, report
    assert report.kills == KILLS


async def test_what_is_derived_outlives_the_master_key(own: Settings) -> None:
    """Tokens, cursors and indexes: nobody is signed out, names and addresses are found."""
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        for turn in range(3):
            await draft(patient, text=f"{turn}")
        first = await patient.get("/reflections", params={"limit": 2})
    async with open_database(exchanged(own)) as database:
        await rotate(database)
    async with application(exchanged(own, is_old_kept=False)) as api:
        patient.api = therapist.api = api
        rest = await patient.get("/reflections", params={"cursor": first["next_cursor"]})
        assert [item["text"] for item in first["items"] + rest["items"]] == ["2", "1", "0"]
        found = await therapist.post("/patients/search", {"name_part": "sample"}, expect=200)
        assert [item["id"] for item in found["items"]] == [str(patient.actor.patient_id)]


async def test_rotating_twice_or_twice_at_once_is_rotating_once(own: Settings) -> None:
    async with open_database(own) as database:
        await _owners(database, 230)
        assert list((await count_by_master_key(database)).values()) == [231]
    async with open_database(exchanged(own)) as one, open_database(exchanged(own)) as other:
        done = await asyncio.gather(rotate(one), rotate(other))
        assert max(done) <= 231
        assert await rotate(one) == 0
        assert await count_by_master_key(one) == {Vault(NEW).header: 231}
    async with open_database(exchanged(own, is_old_kept=False)) as database:
        assert await count_by_master_key(database) == {Vault(NEW).header: 231}


async def test_an_owner_erased_while_it_is_rotated_stays_erased(own: Settings) -> None:
    async with open_database(own) as database:
        await _owners(database, 3)
    hand = Hand(own)
    async with open_database(exchanged(own)) as database:
        driver, applied = database.driver, database.driver.apply

        async def erase_first(changes: Sequence[Prepared]) -> None:
            await hand.run("DELETE FROM vault_keys WHERE created_at = (SELECT max(created_at) FROM vault_keys)")
            driver.apply = applied  # type: ignore[method-assign]
            await applied(changes)

        driver.apply = erase_first  # type: ignore[method-assign]
        await rotate(database)
        assert sum((await count_by_master_key(database)).values()) < 4
        assert set(await count_by_master_key(database)) == {Vault(NEW).header}


async def test_a_master_key_removed_too_early_or_wrong_is_refused(own: Settings) -> None:
    async with open_database(own) as database:
        await _owners(database, 2)
        wrapped = (await _some_key(database)).hex()
    with pytest.raises(MasterKeyWrong) as refused:
        async with open_database(exchanged(own, is_old_kept=False)):
            pass
    said = str(refused.value)
    assert Vault(OLD).header[1:].hex() in said
    assert wrapped not in said
    assert MASTER_KEY.get_secret_value() not in said
    async with open_database(exchanged(own)):
        pass


async def test_processes_that_start_at_once_agree_on_one_root(own: Settings) -> None:
    async def derived() -> bytes:
        async with open_database(own) as database:
            return database.vault.derive("x")

    found = await asyncio.gather(*(derived() for _ in range(8)))
    assert len(set(found)) == 1
    assert found[0] != _rooted(OLD).derive("x")  # it is random


async def test_a_root_that_was_removed_is_refused(own: Settings) -> None:
    """A new one would find no address and open no sign-in: what was derived from the first is lost without it."""
    async with open_database(own) as database:
        await _owners(database, 1)
    await Hand(own).run("DELETE FROM vault_keys WHERE id = ?", NOBODY)
    with pytest.raises(MasterKeyWrong, match="no root secret"):
        async with open_database(own):
            pass


async def test_a_root_that_was_altered_is_refused(own: Settings) -> None:
    async with open_database(own) as database:
        root = await database.one(READ_VAULT_KEY, {"clinic_id": NOBODY, "id": NOBODY})
    assert root is not None
    broken = root.wrapped_key[:-1] + bytes([root.wrapped_key[-1] ^ 1])
    await Hand(own).run("UPDATE vault_keys SET wrapped_key = ? WHERE id = ?", broken, NOBODY)
    with pytest.raises(MasterKeyWrong, match="altered"):
        async with open_database(own):
            pass


def test_the_commands_say_where_things_stand(tmp_path: Path) -> None:
    env = environment(tmp_path / "data", INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value())
    command("migrate", env=env)
    status = command("keys", "status", env=env)
    assert "no other one is needed" in status.stdout
    both = {**env, "INTEGRATION_API_MASTER_KEY": NEW_KEY, "INTEGRATION_API_MASTER_KEY_PREVIOUS": env[KEY]}
    assert "still needed" in command("keys", "status", env=both).stdout
    assert command("keys", "rotate", env=both).stdout.startswith("1 keys wrapped anew")
    wrong = command("serve", env=env)  # the old key alone, after the new one took over
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (1, 1)
    assert "wrapped under master key" in wrong.stderr
    for said in (status, wrong):
        assert env[KEY] not in said.stdout + said.stderr


KEY = "INTEGRATION_API_MASTER_KEY"


def _rooted(root: bytes) -> Vault:
    vault = Vault(root)
    vault.unlock_with(root)
    return vault


def _row(clinic_id: object, owner_id: object, wrapped: bytes) -> dict[str, object]:
    return {"clinic_id": clinic_id, "id": owner_id, "wrapped_key": wrapped, "created_at": datetime.now(UTC)}


async def _owners(database: Database, count: int) -> None:
    clinic_id = uuid4()
    for _ in range(count):
        owner_id = uuid4()
        wrapped = database.vault.new_key(clinic_id, owner_id)
        await database.apply([Step(INSERT_VAULT_KEY, _row(clinic_id, owner_id, wrapped))])


async def _some_key(database: Database) -> bytes:
    root = await database.one(READ_VAULT_KEY, {"clinic_id": NOBODY, "id": NOBODY})
    assert root is not None
    return root.wrapped_key
