"""What `doctor` finds in databases: reached or not, of this program or not, under this key or not; clinics."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from integration_api.operating.doctor import examination
from integration_api.operating.doctor.clinic_checks import clinic_findings
from integration_api.operating.doctor.examination import examine
from integration_api.operating.doctor.findings import Finding
from integration_api.settings import Settings
from integration_api.storage.run_records import Run, last_run
from integration_api.storage.vault import NOBODY
from tests.applications import application, settings_of
from tests.factories.roster import shift
from tests.ledger.hands import hands
from tests.ledger.test_commands import run
from tests.processes import free_port
from tests.support import Api, World, account_for

OTHER_KEY = SecretStr(base64.b64encode(bytes(range(1, 33))).decode())
_OF_THE_MACHINE = {"file-open-to-others", "disk-nearly-full", "job-off", "proxy-not-named", "clock-wrong"}
_NEVER_RUN = {"backup-never", "backup-check-never", "heads-never", "verify-never"}


async def found(settings: Settings) -> set[str]:
    """The codes that are about the database."""
    return {finding.code for finding in await examine(settings)} - _OF_THE_MACHINE - _NEVER_RUN


async def test_nothing_is_wrong_with_a_new_database(own: Settings) -> None:
    async with application(own):
        pass
    assert await found(own) == set()


async def test_a_database_that_is_not_there(own: Settings) -> None:
    if own.is_embedded:
        own.sqlite_path.unlink()
        assert await found(own) == {"database-unfit"}
        own.sqlite_path.write_bytes(b"no database" * 1000)
        assert (await found(own)) & {"database-unfit", "database-unreachable"}
        return
    url = SecretStr(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    assert await found(own.model_copy(update={"database_url": url})) == {"database-unreachable"}


@pytest.mark.parametrize(
    ("revision", "code"), [("2026_11_01_01", "revision"), ("2999_01_01_01", "revision-newer"), (None, "database-empty")]
)
async def test_a_database_of_another_program(own: Settings, revision: str | None, code: str) -> None:
    async with hands(own) as at:
        if revision is None:
            await at.run("DELETE FROM alembic_version")
        else:
            await at.run(f"UPDATE alembic_version SET version_num = '{revision}', serves_from = '{revision}'")  # noqa: S608  the test's own word
    assert {one.partition("-")[0] if code == "revision" else one for one in await found(own)} == {code}


async def test_a_newer_database_that_lets_this_program_go_on_is_looked_at_whole(own: Settings) -> None:
    async with application(own):
        pass
    async with hands(own) as at:
        await at.run("UPDATE alembic_version SET version_num = '2999_01_01_01'")
    assert await found(own) == {"revision-newer-served"}
    assert await found(own.model_copy(update={"master_key": OTHER_KEY})) == {"revision-newer-served", "key-wrong"}


async def test_an_older_database(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "latest_revision", lambda: "2999_01_01_01")
    assert await found(own) == {"revision-older"}


async def test_a_key_of_another_database_and_one_that_is_exchanged(own: Settings) -> None:
    async with application(own):
        pass
    assert await found(own.model_copy(update={"master_key": OTHER_KEY})) == {"key-wrong"}
    exchanged = own.model_copy(update={"master_key": OTHER_KEY, "master_key_previous": own.master_key})
    assert await found(exchanged) == {"key-being-exchanged"}


async def test_a_root_secret_that_was_altered(own: Settings) -> None:
    async with application(own):
        pass
    async with hands(own) as at:
        [row] = await at.run("SELECT wrapped_key FROM vault_keys WHERE id = $1", NOBODY)
        altered = bytes(row["wrapped_key"][:-1]) + bytes([row["wrapped_key"][-1] ^ 1])
        await at.run("UPDATE vault_keys SET wrapped_key = $1 WHERE id = $2", altered, NOBODY)
    assert await found(own) == {"root-secret-broken"}


async def test_rows_that_nobody_seals_are_overdue(own: Settings) -> None:
    async with application(own) as api:
        await World.build(api)
        later = api.clock() + timedelta(hours=2)
    assert "seals-overdue" in {finding.code for finding in await examine(own, later)}


async def test_a_gap_of_the_roster_and_lines_that_nobody_has_verified(own: Settings) -> None:
    async with application(own) as api:
        world = await World.build(api)
        assert await _gaps(api) == []
        therapist = await world.therapist()
        made = await shift(world.admin, therapist)
        assert await _gaps(api) == []
        await shift(world.admin, therapist, from_time="09:00", until_time="17:00")
        await world.admin.post(f"/shifts/{made['id']}/withdraw", expect=200, match=1)
        [gap] = await _gaps(api)
        assert str(world.clinic_id) in gap.says
        assert therapist.id not in gap.says
    async with hands(own) as at:
        await at.run("UPDATE clinics SET country = 'BR'")
    codes = {one.code for one in await examine(own, datetime.now(UTC))}
    assert {"crisis-lines-unverified", "roster-gap"} <= codes


async def _gaps(api: Api) -> list[Finding]:
    found = await clinic_findings(api.runtime.database, api.clock())
    return [finding for finding in found if finding.code == "roster-gap"]


async def test_the_command_says_it_in_words_and_as_json_and_ends_with_three(own: Settings) -> None:
    async with application(own):
        pass
    code, said = await run(own, "doctor")
    assert code == 3, said
    assert "heads-never: No export of the ledger's heads was made with this data folder.\n    integration-api" in said
    assert said.endswith("findings\n")
    code, said = await run(own, "doctor", "--json")
    assert code == 3
    listed = json.loads(said)["findings"]
    assert {"code", "says", "do"} == set(listed[0])
    assert "verify-never" in {one["code"] for one in listed}


async def test_what_commands_record_is_what_doctor_reads(own: Settings) -> None:
    async with application(own) as api:
        world = await World.build(api)
        await account_for(world.admin, await world.therapist())
        await world.admin.get("/accounts")
    assert (await run(own, "ledger", "seal"))[0] == 0
    assert (await run(own, "ledger", "heads", "--out", str(own.data_dir / "heads.json")))[0] == 0
    assert (await run(own, "ledger", "verify"))[0] == 0
    if own.is_embedded:
        assert (await run(own, "backup", str(own.data_dir.parent / "a.sqlite3")))[0] in (0, 3)
        assert (await run(own, "backup", str(own.data_dir.parent / "a.sqlite3"), "--check"))[0] in (0, 3)
    wanted = set(Run) if own.is_embedded else {Run.HEADS, Run.VERIFY}
    assert {one for one in Run if last_run(own.runs_dir, one)} == wanted
    assert {one.code for one in await examine(own)} & _NEVER_RUN == set()
    async with hands(own) as at:
        await at.run("DELETE FROM ledger_places")
    assert (await run(own, "ledger", "verify"))[0] == 3
    assert "verify-found" in {one.code for one in await examine(own)}


async def test_the_command_without_settings_that_can_be_used(own: Settings) -> None:
    broken = settings_of(own.data_dir).model_copy(update={"database_url": SecretStr("no url")})
    code, said = await run(broken, "doctor")
    assert code == 3, said
    assert "database-unfit" in said
