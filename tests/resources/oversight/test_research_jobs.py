"""The job behind research exports: consent at the moment of reading, claims that survive a process, and their end."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from integration_api.access.queues import CLAIMED_FOR, MAX_ATTEMPTS, RETRY_AFTER
from integration_api.core.clock import system_clock
from integration_api.operating.erasures import erase_again
from integration_api.resources.journal.attachments.rules import SWEPT_AFTER
from integration_api.resources.journal.attachments.sweeper import Sweeper
from integration_api.resources.oversight.research_exports import research_files
from integration_api.resources.oversight.research_exports.research_exporter import ResearchExporter
from integration_api.settings import Settings
from integration_api.storage.objects import ObjectName, ObjectsDown
from tests.applications import application
from tests.factories import consents, exports, reflections, research, retention
from tests.factories.research import FLOOR
from tests.resources.oversight.test_export_jobs import Failing
from tests.resources.oversight.test_research_exports import Cohort
from tests.support import Json, World, enter_again


@pytest.fixture
async def world(own: Settings) -> AsyncIterator[World]:
    """A clinic in an application of its own: a turn makes whatever is due, and tests before have left exports."""
    async with application(own) as api:
        yield await World.build(api)


@pytest.fixture
async def cohort(world: World) -> Cohort:
    therapist, document = await world.therapist(), await research.document_of(world)
    charts = await research.consented(world, therapist, document)
    return Cohort(world, await research.officer_of(world), therapist, document, charts)


async def names_of(world: World, thing: Json) -> list[ObjectName]:
    pages = world.api.runtime.objects.pages()
    return [name async for page in pages for name in page if name.attachment_id == UUID(thing["id"])]


def withdrawing(monkeypatch: pytest.MonkeyPatch, cohort: Cohort, *charts: str) -> None:
    """Let these patients withdraw as soon as every chart was read."""
    read = research_files._Reading.read_charts

    async def then(self: research_files._Reading) -> None:
        await read(self)
        for chart in charts:
            [one] = (await cohort.therapist.get(f"/consents?patient_id={chart}"))["items"]
            await consents.withdrawn(cohort.therapist, one)

    monkeypatch.setattr(research_files._Reading, "read_charts", then)


async def test_an_end_in_the_middle_loses_nothing(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of the first process are swept; the second process makes the export whole."""
    world, officer = cohort.world, cohort.officer
    runtime = world.api.runtime
    made = await research.asked(officer, await research.study_of(officer))
    monkeypatch.setattr("integration_api.resources.oversight.exports.archives.PART_BYTES", 1000)
    monkeypatch.setattr("integration_api.resources.journal.attachments.rules.PART_BYTES", 1000)
    with monkeypatch.context() as broken:
        broken.setattr(runtime, "objects", Failing(runtime.objects, 3, asyncio.CancelledError()))
        with pytest.raises(asyncio.CancelledError):
            await ResearchExporter(runtime).turn()
    assert len(await names_of(world, made)) == 2
    assert await ResearchExporter(runtime).turn() == 0, "the claim of the first still stands"
    assert (await officer.get(f"/research-exports/{made['id']}"))["state"] == "making"
    world.api.clock.advance(seconds=CLAIMED_FOR.total_seconds())
    found = await research.made_of(officer, made)
    assert (found["state"], found["chart_count"]) == ("ready", FLOOR)
    await Sweeper(runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    parts = await names_of(world, made)
    assert len(parts) == -(-found["size_bytes"] // 1000)
    events = [event for event, _ in await reflections.ledger_of(world.api, made["id"])]
    assert events.count("research_export.made") == 1


async def test_two_processes_make_it_once(cohort: Cohort) -> None:
    officer = cohort.officer
    runtime = cohort.world.api.runtime
    made = [await research.asked(officer, await research.study_of(officer)) for _ in range(3)]
    counts = await asyncio.gather(*(ResearchExporter(runtime).turn() for _ in range(2)))
    assert sum(counts) == 3
    for one in made:
        await research.downloaded(officer, one)


async def test_one_at_a_time_and_a_new_one_replaces_it(cohort: Cohort) -> None:
    officer = cohort.officer
    study = await research.study_of(officer)
    first = await research.ready(officer, study)
    second = await research.asked(officer, study)
    assert (await research.asked(officer, study, expect=409))["code"] == "export-in-progress"
    await research.made_of(officer, second)
    states = [one["state"] for one in (await officer.get(f"/research-studies/{study['id']}/exports"))["items"]]
    assert states == ["ready", "expired"]
    await research.downloaded(officer, first, expect=409)
    await ResearchExporter(cohort.world.api.runtime).turn()
    await Sweeper(cohort.world.api.runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    assert await names_of(cohort.world, first) == []
    await research.downloaded(officer, second)


async def test_who_withdraws_while_it_is_made_is_left_out(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    world, officer = cohort.world, cohort.officer
    [leaving] = await research.consented(world, cohort.therapist, cohort.document, 1)
    withdrawing(monkeypatch, cohort, leaving)
    study = await research.study_of(officer)
    made = await research.asked(officer, study)
    await ResearchExporter(world.api.runtime).turn()
    found = await officer.get(f"/research-exports/{made['id']}")
    assert (found["state"], found["chart_count"]) == ("ready", FLOOR)
    await research.downloaded(officer, found)
    events = [event for event, _ in await reflections.ledger_of(world.api, study["id"])]
    assert events.count("research_export.chart_included") == FLOOR


async def test_so_many_may_withdraw_that_it_is_not_made(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    withdrawing(monkeypatch, cohort, cohort.charts[0])
    study = await research.study_of(cohort.officer)
    found = await research.made_of(cohort.officer, await research.asked(cohort.officer, study))
    assert (found["state"], found["failure"]) == ("failed", "too_few_patients")
    await research.downloaded(cohort.officer, found, expect=409)


async def test_a_withdrawal_ends_what_is_ready(cohort: Cohort) -> None:
    """Nobody downloads a copy of somebody who has withdrawn."""
    officer = cohort.officer
    await research.consented(cohort.world, cohort.therapist, cohort.document, 1)
    study = await research.study_of(officer)
    made = await research.ready(officer, study)
    await research.downloaded(officer, made)
    [one] = (await cohort.therapist.get(f"/consents?patient_id={cohort.charts[0]}"))["items"]
    await consents.withdrawn(cohort.therapist, one)
    assert (await officer.get(f"/research-exports/{made['id']}"))["state"] == "expired"
    await research.downloaded(officer, made, expect=409)
    assert (await research.ready(officer, study))["chart_count"] == FLOOR


async def test_a_document_that_asks_anew_ends_what_is_ready(cohort: Cohort) -> None:
    made = await research.ready(cohort.officer, await research.study_of(cohort.officer))
    await research.document_of(cohort.world, needs_new_signature=True)
    await research.downloaded(cohort.officer, made, expect=409)


async def test_an_erased_chart_ends_it_and_is_in_none_after(cohort: Cohort) -> None:
    world, officer = cohort.world, cohort.officer
    await research.consented(world, cohort.therapist, cohort.document, 1)
    study = await research.study_of(officer)
    before = await research.ready(officer, study)
    await retention.keep_nothing(world)
    await retention.erase(world.admin, cohort.charts[0])
    assert (await officer.get(f"/research-exports/{before['id']}"))["state"] == "expired"
    await research.downloaded(officer, before, expect=409)
    await ResearchExporter(world.api.runtime).turn()
    await Sweeper(world.api.runtime).turn(system_clock() + 2 * SWEPT_AFTER)
    assert await names_of(world, before) == []
    after = await research.ready(officer, study)
    assert (before["chart_count"], after["chart_count"]) == (FLOOR + 1, FLOOR)


async def test_an_erasure_while_it_is_made_begins_it_anew(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    world, officer = cohort.world, cohort.officer
    await research.consented(world, cohort.therapist, cohort.document, 1)
    await retention.keep_nothing(world)
    write = research_files._write_files
    erased: list[str] = []

    async def then(*given: object) -> None:
        await write(*given)  # type: ignore[arg-type]  # whatever it was given
        if not erased:
            erased.append(cohort.charts[0])
            await retention.erase(world.admin, cohort.charts[0])

    monkeypatch.setattr(research_files, "_write_files", then)
    made = await research.asked(officer, await research.study_of(officer))
    assert await ResearchExporter(world.api.runtime).turn() == 0
    found = await research.made_of(officer, made)
    assert (found["state"], found["chart_count"]) == ("ready", FLOOR)


async def test_erasures_while_it_waits_are_no_attempts(cohort: Cohort) -> None:
    """As many as an export may be begun: it was never begun, and is made."""
    world, officer = cohort.world, cohort.officer
    leaving = await research.consented(world, cohort.therapist, cohort.document, MAX_ATTEMPTS)
    await retention.keep_nothing(world)
    made = await research.asked(officer, await research.study_of(officer))
    for chart in leaving:
        await retention.erase(world.admin, chart)
    found = await research.made_of(officer, made)
    assert (found["state"], found["chart_count"]) == ("ready", FLOOR)


async def test_an_erasure_that_is_done_again_after_a_restore_ends_it(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is ready and one that is being made, as the first time."""
    world, officer, api = cohort.world, cohort.officer, cohort.world.api
    await research.consented(world, cohort.therapist, cohort.document, 2)
    ready = await research.ready(officer, await research.study_of(officer))
    write = research_files._write_files
    leaving = [UUID(chart) for chart in cohort.charts[:2]]

    async def again(chart: UUID) -> None:
        assert await erase_again(api.runtime.database, UUID(str(world.clinic_id)), chart, api.clock())

    async def then(*given: object) -> None:
        await write(*given)  # type: ignore[arg-type]  # whatever it was given
        if leaving:
            await again(leaving.pop())

    await again(leaving.pop())
    assert (await officer.get(f"/research-exports/{ready['id']}"))["state"] == "expired"
    await research.downloaded(officer, ready, expect=409)
    monkeypatch.setattr(research_files, "_write_files", then)
    made = await research.asked(officer, await research.study_of(officer))
    await ResearchExporter(api.runtime).turn()
    assert (await officer.get(f"/research-exports/{made['id']}"))["state"] == "making"
    found = await research.made_of(officer, made)
    assert (found["state"], found["chart_count"]) == ("ready", FLOOR)


async def test_a_sign_in_that_ends_ends_it(cohort: Cohort) -> None:
    officer = cohort.officer
    study = await research.study_of(officer)
    made = await research.asked(officer, study)
    await officer.delete("/auth/tokens/current")
    assert await ResearchExporter(cohort.world.api.runtime).turn() == 0
    await enter_again(officer)
    found = await officer.get(f"/research-exports/{made['id']}")
    assert (found["state"], found["failure"]) == ("failed", "sign_in_ended")
    await research.ready(officer, study)


async def test_a_study_that_is_closed_meanwhile_gets_none(cohort: Cohort) -> None:
    officer = cohort.officer
    study = await research.study_of(officer)
    made = await research.asked(officer, study)
    await officer.post(f"/research-studies/{study['id']}/close", match=study["version"], expect=200)
    found = await research.made_of(officer, made)
    assert (found["state"], found["failure"]) == ("failed", "not_possible")


async def test_it_is_tried_again_and_then_given_up(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    world, officer = cohort.world, cohort.officer
    runtime = world.api.runtime
    made = await research.asked(officer, await research.study_of(officer))
    store = runtime.objects
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with monkeypatch.context() as down:
            down.setattr(runtime, "objects", Failing(store, 1, ObjectsDown()))
            assert await ResearchExporter(runtime).turn() == 0
        world.api.clock.advance(seconds=(RETRY_AFTER * attempt).total_seconds())
    found = await research.made_of(officer, made)
    assert (found["state"], found["failure"]) == ("failed", "not_possible")


async def test_it_expires(cohort: Cohort) -> None:
    made = await research.ready(cohort.officer, await research.study_of(cohort.officer))
    kept = made["expires_at"]
    cohort.world.api.clock.advance(days=8)
    exports.prove(cohort.officer)
    await research.downloaded(cohort.officer, made, expect=409)
    await ResearchExporter(cohort.world.api.runtime).turn()
    found = await cohort.officer.get(f"/research-exports/{made['id']}")
    assert (found["state"], found["expires_at"]) == ("expired", kept)
