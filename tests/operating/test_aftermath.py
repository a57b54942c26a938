"""A restore is recorded as nobody else can record it, and what was erased since is erased again, on both databases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr

from integration_api.app import sealer_of
from integration_api.ledger.heads import Heads, HeadsBroken, read_heads, write_heads
from integration_api.ledger.restores import WITHOUT_ERASURES
from integration_api.ledger.verify import Report, verify_all
from integration_api.operating.aftermath import Aftermath, export_all, settle
from integration_api.operating.backup import copy
from integration_api.operating.checks import NotDone
from integration_api.operating.heads_file import why_kept
from integration_api.operating.progress import silent
from integration_api.settings import Settings
from tests.applications import application
from tests.databases import new_postgres_database
from tests.factories.retention import erase, keep_nothing
from tests.ledger.hands import hands
from tests.ledger.test_access_check import findings
from tests.storage.hand import Hand
from tests.support import Api, Person, SettableClock, World, account_for

A_WHILE = 300.0
"""Seconds between what happens: more than two clocks may differ."""


def copied_file(settings: Settings, folder: Path) -> Settings:
    """A backup of an embedded database, as a database of its own."""
    folder.mkdir(exist_ok=True)
    made = settings.model_copy(update={"data_dir": folder})
    made.sqlite_path.touch(mode=0o600)
    copy(settings.sqlite_path, made.sqlite_path, made.sqlite_path, silent)
    return made


async def snapshot(settings: Settings, folder: Path, server: str | None) -> Settings:
    """The same of either kind, which nobody uses meanwhile."""
    if settings.database_url is None:
        return copied_file(settings, folder)
    name = settings.database_url.get_secret_value().partition("?")[0].rsplit("/", 1)[1]
    assert server is not None
    return settings.model_copy(update={"database_url": SecretStr(await new_postgres_database(server, name))})


@dataclass
class Story:
    """A clinic whose database was backed up, went on, and was lost; the heads that were exported on the way."""

    clock: SettableClock
    settings: Settings
    backup: Settings
    world: World
    patient: Person
    erased: str
    before: Heads
    after: Heads

    @asynccontextmanager
    async def restored(self) -> AsyncIterator[Api]:
        """The application on the backup, before anybody signs in."""
        async with application(self.backup, self.clock) as api:
            for person in (self.world, self.world.admin, self.patient):
                person.api = api
            yield api

    async def verify(self, api: Api, heads: Heads) -> Report:
        """What the ledger of the clinic is found to be."""
        key = sealer_of(api.runtime).signer.public_key
        reports = await verify_all(api.runtime.database, key, heads.by_clinic, lambda _: None)
        [found] = [one for one in reports if one.clinic_id == self.world.clinic_id]
        return found


async def events_of(story: Story) -> list[tuple[str, str | None]]:
    """Event and reason of each row of the restored ledger."""
    async with hands(story.backup) as at:
        return [(row["event"], row["reason"]) for row in await at.rows("ledger", story.world.clinic_id)]


async def seal(api: Api) -> Heads:
    await sealer_of(api.runtime).seal_all(back=None)
    return await export_all(api.runtime.database, api.clock())


@pytest.fixture
async def story(own: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Story:
    """As said."""
    clock = SettableClock()
    async with application(own, clock) as api:
        world = await World.build(api)
        await keep_nothing(world)
        therapist = await world.therapist()
        patient, gone = await world.patient_of(therapist), await world.patient_of(therapist)
        await account_for(world.admin, therapist, patient, gone)
        await gone.post("/reflections", {"text": "The lake was still."})
        before = await seal(api)
    server = None if own.database_url is None else request.getfixturevalue("postgres_url")
    clock.advance(seconds=A_WHILE)
    backup = await snapshot(own, tmp_path / "backup", server)
    async with application(own, clock) as api:
        clock.advance(seconds=A_WHILE)
        for person in (world, world.admin, patient):
            person.api = api
        await erase(world.admin, world.chart_id(gone))
        await patient.post("/reflections", {"text": "After the backup."})
        after = await seal(api)
    clock.advance(seconds=A_WHILE)
    return Story(clock, own, backup, world, patient, world.chart_id(gone), before, after)


async def settled(api: Api, heads: Heads | None, folder: Path, **more: object) -> Aftermath:
    file = folder / "heads.json"
    if heads:
        write_heads(heads, file)
    return await settle(api.runtime.database, api.clock, file if heads else None, **more)  # type: ignore[arg-type]  # by name


async def test_a_restore_explains_its_gap_and_nothing_else(story: Story, tmp_path: Path) -> None:
    async with story.restored() as api:
        told = await story.verify(api, story.after)
        assert (told.gap, [finding.split(":")[1] for finding in told.findings]) == (None, [" its end was cut off"])
        write_heads(story.after, tmp_path / "heads.json")
        assert len(await why_kept(api.runtime.database, tmp_path / "heads.json")) == 2, "its end, and a chart"
        done = await settled(api, story.after, tmp_path)
        assert (done.clinics, done.ahead, done.erased_again, done.knows_erasures) == (1, 1, 1, True)
        told = await story.verify(api, story.after)
        assert told.findings == []
        assert told.gap is not None
        assert told.gap.startswith("known gap after a restore at ")
        assert (await story.verify(api, story.before)).gap is None
        assert await why_kept(api.runtime.database, tmp_path / "heads.json") == []
        story.clock.advance(seconds=A_WHILE)
        await story.patient.post("/reflections", {"text": "And on."})
        later = await seal(api)
        for heads, has_gap in ((story.before, False), (story.after, True), (later, False)):
            told = await story.verify(api, heads)
            assert (told.findings, told.gap is not None) == ([], has_gap)
    async with hands(story.backup) as at:
        [row, *_] = [row for row in await at.rows("ledger", story.world.clinic_id) if row["digest"]]
        await at.set("ledger", row, reason="another")
    async with story.restored() as api:
        assert (await story.verify(api, story.after)).findings != []


async def test_what_was_erased_since_is_erased_again(story: Story, tmp_path: Path) -> None:
    hand, chart = Hand(story.backup), UUID(story.erased)
    tables = ("vault_keys WHERE id", "patient_name_parts WHERE patient_id")
    held = "UPDATE patients SET held_at = created_at, hold_reason = 'audit', held_by_id = created_by_id WHERE id = ?"
    await hand.run(held, chart)  # it was released before it was erased
    for where in tables:
        assert (await hand.run(f"SELECT count(*) FROM {where} = ?", chart))[0][0] > 0  # noqa: S608  of this test
    async with story.restored() as api:
        await settled(api, story.after, tmp_path)
        assert (await settled(api, story.after, tmp_path)).erased_again == 0, "once"
        for where in tables:
            assert (await hand.run(f"SELECT count(*) FROM {where} = ?", chart))[0][0] == 0  # noqa: S608  of this test
        open_ = "accounts WHERE state <> 'disabled' AND patient_id"
        assert (await hand.run(f"SELECT count(*) FROM {open_} = ?", chart))[0][0] == 0  # noqa: S608  of this test
        await story.world.admin.post(f"/patients/{story.erased}/erasure", match=1, expect=404)
        assert await findings(api, story.world.clinic_id) == []
        again = await export_all(api.runtime.database, api.clock())
        assert [str(one.patient_id) for one in again.erased or ()] == [story.erased]
        events = await events_of(story)
        assert events.count(("patient.erased", None)) == 1
        assert events.count(("database.restored", None)) == 2


async def test_a_restore_that_knows_of_no_erasures_says_so_and_may_be_told_later(story: Story, tmp_path: Path) -> None:
    async with story.restored() as api:
        done = await settled(api, None, tmp_path)
        assert (done.erased_again, done.knows_erasures) == (0, False)
        assert (await events_of(story))[-1] == ("database.restored", WITHOUT_ERASURES)
        older = replace(story.after, erased=None)
        assert not (await settled(api, older, tmp_path)).knows_erasures, "heads of an older program name none"
        assert (await settled(api, story.after, tmp_path)).erased_again == 1
        told = await story.verify(api, story.after)
        assert (told.findings, told.gap is not None) == ([], True)


async def test_a_clinic_that_is_younger_than_the_backup_is_explained_too(story: Story, tmp_path: Path) -> None:
    async with application(story.settings, story.clock) as api:
        young = await World.build(api)
        await young.admin.get("/clinic")
        heads = await seal(api)
    story.clock.advance(seconds=A_WHILE)
    async with story.restored() as api:
        assert (await settled(api, heads, tmp_path)).clinics == 2
        key = sealer_of(api.runtime).signer.public_key
        reports = await verify_all(api.runtime.database, key, heads.by_clinic, lambda _: None)
        assert {one.clinic_id for one in reports} == {story.world.clinic_id, young.clinic_id}
        assert [(one.findings, one.gap is not None) for one in reports] == [([], True)] * 2


async def test_sign_ins_end_if_that_is_asked_for(story: Story, tmp_path: Path) -> None:
    async with story.restored() as api:
        await settled(api, story.after, tmp_path)
        await story.patient.get("/me")
        done = await settled(api, story.after, tmp_path, ends_sign_ins=True)
        assert done.are_sign_ins_ended
        await story.patient.get("/me", expect=401)
        assert (await events_of(story)).count(("database.sign_ins_ended", None)) == 1


# ── what an attacker can do who writes to the database and has no key ──


async def cut_off(settings: Settings, clinic_id: UUID, after_seal: int) -> None:
    """Remove the end of a ledger."""
    async with hands(settings) as at:
        await at.run(
            "DELETE FROM ledger WHERE id IN (SELECT id FROM ledger_places WHERE clinic_id = $1 AND seal_number > $2)",
            clinic_id,
            after_seal,
        )
        await at.run("DELETE FROM ledger_places WHERE clinic_id = $1 AND seal_number > $2", clinic_id, after_seal)
        await at.run("DELETE FROM ledger_seals WHERE clinic_id = $1 AND number > $2", clinic_id, after_seal)


async def restore_rows(settings: Settings, clinic_id: UUID) -> list[dict[str, object]]:
    async with hands(settings) as at:
        return [row for row in await at.rows("ledger", clinic_id) if row["event"] == "database.restored"]


@pytest.mark.parametrize("edited", ["digest", "request_id", "id"])
async def test_a_row_that_no_restore_wrote_explains_nothing(story: Story, tmp_path: Path, edited: str) -> None:
    async with story.restored() as api:
        await settled(api, story.after, tmp_path)
    [genuine] = await restore_rows(story.backup, story.world.clinic_id)
    first = story.before.by_clinic[story.world.clinic_id].number
    values: dict[str, object] = {
        "digest": b"\1" * 32,
        "request_id": f"restore.{first - 1}.{str(genuine['request_id']).rsplit('.', 1)[1]}",
        "id": story.patient.actor.id.hex if story.settings.is_embedded else story.patient.actor.id,
    }
    await cut_off(story.settings, story.world.clinic_id, first)
    async with hands(story.settings) as at:
        await at.insert("ledger", [{**genuine, edited: values[edited]}])
    async with application(story.settings, story.clock) as api:
        await sealer_of(api.runtime).seal_all(back=None)  # the sealer seals whatever is there
        told = await story.verify(api, story.after)
    assert told.gap is None
    assert any("no restore wrote it" in finding for finding in told.findings)
    assert any("cut off" in finding or "written anew" in finding for finding in told.findings)


async def test_the_row_of_another_restore_explains_no_newer_head(story: Story, tmp_path: Path) -> None:
    """It was a drill, on a copy; whoever cuts the served ledger off puts the drill's row there."""
    async with story.restored() as api:
        await settled(api, story.after, tmp_path)
    [drilled] = await restore_rows(story.backup, story.world.clinic_id)
    story.clock.advance(seconds=A_WHILE)
    async with application(story.settings, story.clock) as api:
        story.patient.api = api
        await story.patient.post("/reflections", {"text": "Newer than the drill."})
        newest = await seal(api)
    await cut_off(story.settings, story.world.clinic_id, story.before.by_clinic[story.world.clinic_id].number)
    async with hands(story.settings) as at:
        await at.insert("ledger", [drilled])
    async with application(story.settings, story.clock) as api:
        await sealer_of(api.runtime).seal_all(back=None)
        told = await story.verify(api, newest)
    assert (told.gap, len(told.findings)) == (None, 1)


async def test_what_was_cut_off_before_the_backup_stays_an_attack(
    story: Story, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    await cut_off(story.settings, story.world.clinic_id, story.before.by_clinic[story.world.clinic_id].number)
    story.clock.advance(seconds=A_WHILE)
    async with application(story.settings, story.clock) as api:
        story.world.admin.api = api
        await story.world.admin.get("/clinic")  # life goes on after the attack
        await seal(api)
    server = None if story.settings.database_url is None else request.getfixturevalue("postgres_url")
    backup = await snapshot(story.settings, tmp_path / "later", server)
    async with application(backup, story.clock) as api:
        await settled(api, story.after, tmp_path)
        told = await story.verify(api, story.after)
    assert (told.gap, len(told.findings)) == (None, 1)


async def test_a_list_of_erasures_that_was_changed_is_refused(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    text = write_heads(story.after, file)
    with pytest.raises(HeadsBroken, match="erased charts"):
        read_heads(text.replace(story.erased, story.world.chart_id(story.patient)))
    with pytest.raises(HeadsBroken, match="erased charts"):
        read_heads(text.replace(story.after.exported_at, story.before.exported_at))


async def test_heads_of_another_installation_are_refused(story: Story, tmp_path: Path) -> None:
    if not story.settings.is_embedded:
        return  # whose heads they are is decided before a database is asked
    other = copied_file(story.settings, tmp_path / "other")
    await Hand(other).run("DELETE FROM vault_keys")  # it makes a root secret of its own
    async with application(other, story.clock) as api:
        with pytest.raises(NotDone, match="another key"):
            await settled(api, story.after, tmp_path)


async def test_a_late_record_goes_on_from_the_seal_of_the_backup(story: Story, tmp_path: Path) -> None:
    moment = story.clock() - timedelta(seconds=1.5 * A_WHILE)
    async with story.restored() as api:
        await story.patient.post("/reflections", {"text": "Served before anybody thought of it."})
        await seal(api)
        await settled(api, story.after, tmp_path)
        assert (await story.verify(api, story.after)).gap is None, "the newest row is of today"
        await settled(api, story.after, tmp_path, backup_of=moment, is_late=True)
        told = await story.verify(api, story.after)
        assert (told.findings, told.gap is not None) == ([], True)
