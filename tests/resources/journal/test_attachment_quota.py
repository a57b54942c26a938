"""The limits of attachments hold for files that are announced at once, and refuse none of them needlessly."""

import asyncio
from uuid import UUID

import pytest

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.resources.journal.attachments import rules
from integration_api.resources.journal.attachments.operations import CREATE_REFLECTION_ATTACHMENT
from integration_api.resources.journal.attachments.rules import (
    MAX_BYTES,
    MAX_CHART_BYTES,
    MAX_OF_PARENT,
    spare_announcements,
)
from integration_api.resources.journal.attachments.schemas import AttachmentCreate
from integration_api.resources.journal.attachments.service import create_reflection_attachment
from tests.factories import reflections
from tests.factories.attachments import PDF, announced, facts
from tests.factories.reflections import work_of
from tests.support import Json, Person, World

BODY = AttachmentCreate.model_validate_json(f'{{"content_type": "application/pdf", "size_bytes": {len(PDF)}}}')


async def entry(world: World) -> tuple[Person, Json, str]:
    """A patient, an entry of theirs, and its path."""
    patient = await world.patient_of(await world.therapist())
    made = await reflections.submitted(patient)
    return patient, made, f"/reflections/{made['id']}"


async def on_its_way(patient: Person, made: Json) -> Work:
    """An announcement that was handled, and is not committed yet."""
    work = work_of(patient, CREATE_REFLECTION_ATTACHMENT)
    await create_reflection_attachment(work, UUID(made["id"]), BODY)
    return work


async def count(patient: Person) -> int:
    return len((await patient.get("/attachments", params={"limit": 100}))["items"])


async def test_of_two_announced_at_once_the_last_place_goes_to_one(world: World) -> None:
    patient, made, path = await entry(world)
    for _ in range(MAX_OF_PARENT - 1):
        await announced(patient, path, PDF, "application/pdf")
    first, second = await on_its_way(patient, made), await on_its_way(patient, made)
    await first.apply()
    with pytest.raises(StartAgain):
        await second.apply()
    refused = await patient.post(f"{path}/attachments", facts(PDF, "application/pdf"), expect=409)
    assert (refused["code"], await count(patient)) == ("attachments-full", MAX_OF_PARENT)


async def test_of_two_announced_at_once_the_last_bytes_go_to_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are those of the chart, wherever the files are attached."""
    monkeypatch.setattr(rules, "MAX_CHART_BYTES", 2 * len(PDF) - 1)
    patient, made, _ = await entry(world)
    other = await reflections.submitted(patient)
    first, second = await on_its_way(patient, made), await on_its_way(patient, other)
    await first.apply()
    with pytest.raises(StartAgain):
        await second.apply()
    refused = await patient.post(f"/reflections/{other['id']}/attachments", facts(PDF, "application/pdf"), expect=409)
    assert (refused["code"], await count(patient)) == ("chart-attachments-full", 1)


async def test_a_deletion_between_hides_no_announcement(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that was counted anew would be the same again after one came and another went."""
    monkeypatch.setattr(rules, "MAX_CHART_BYTES", 2 * len(PDF))
    patient, made, path = await entry(world)
    gone = await announced(patient, path, PDF[:1], "application/pdf")
    work = await on_its_way(patient, made)
    await patient.delete(f"/attachments/{gone['id']}", match=gone["version"])
    await announced(patient, path, PDF + b" " * (len(PDF) - 1), "application/pdf")
    with pytest.raises(StartAgain):
        await work.apply()


async def test_those_for_whom_there_is_room_all_come_in(world: World) -> None:
    """A phone announces all pictures of an entry at once: none is refused, and none beyond the limit comes in."""
    patient, _, path = await entry(world)
    body = facts(PDF, "application/pdf")
    answers = await asyncio.gather(*(patient.send("POST", f"{path}/attachments", body) for _ in range(8)))
    assert [answer.status_code for answer in answers] == [201] * 8
    for _ in range(MAX_OF_PARENT - 9):
        await announced(patient, path, PDF, "application/pdf")
    answers = await asyncio.gather(*(patient.send("POST", f"{path}/attachments", body) for _ in range(3)))
    statuses = sorted(answer.status_code for answer in answers)
    assert (statuses[0], statuses.count(201), await count(patient)) == (201, 1, MAX_OF_PARENT)


@pytest.mark.parametrize(
    ("of_parent", "chart_bytes", "size", "spare"),
    [
        (0, 0, 1, MAX_OF_PARENT - 1),
        (MAX_OF_PARENT - 1, 0, 1, 0),
        (MAX_OF_PARENT, 0, 1, -1),
        (0, MAX_CHART_BYTES - 1, 1, 0),
        (0, MAX_CHART_BYTES, 1, -1),
        (0, MAX_CHART_BYTES - MAX_BYTES, 1, 0),
        (0, MAX_CHART_BYTES - MAX_BYTES - 1, 1, 1),
        (0, MAX_CHART_BYTES - 3 * MAX_BYTES, MAX_BYTES, 2),
    ],
)
def test_how_many_may_come_between(of_parent: int, chart_bytes: int, size: int, spare: int) -> None:
    assert spare_announcements(of_parent, chart_bytes, size) == spare
