"""An author lets a supervisor read a psychotherapy note: one, for a time, and nothing else."""

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories import psychotherapy
from tests.factories.care_teams import join
from tests.factories.feeds import client, seal
from tests.resources.journal.test_psychotherapy_notes import chart_of
from tests.support import Json, Person, World

GRANTED = {"granted": "true"}


async def scene(world: World) -> tuple[Person, Person, Json]:
    """An author, a supervisor of the chart's team, and a note."""
    author, _, chart = await chart_of(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    await join(author, chart, supervisor)
    return author, supervisor, await psychotherapy.write(author, chart)


async def shown(person: Person) -> list[str]:
    """The ids of the notes that were granted to somebody."""
    return [item["id"] for item in (await person.get("/psychotherapy-notes", params=GRANTED))["items"]]


async def test_a_supervisor_reads_a_granted_note_until_it_is_revoked_and_changes_nothing(world: World) -> None:
    author, supervisor, note = await scene(world)
    path = f"/psychotherapy-notes/{note['id']}"
    await supervisor.get(path, expect=404)
    given = await psychotherapy.grant(author, note, supervisor)
    assert "reason" not in given
    read = await supervisor.get(path)
    assert (read["text"], read["granted_until"]) == ("He spoke of his father.", given["until"])
    assert await shown(supervisor) == [note["id"]]
    for chart, expected in ((note["patient_id"], [note["id"]]), (str(new_id()), [])):
        of_chart = await supervisor.get("/psychotherapy-notes", params={**GRANTED, "patient_id": chart})
        assert [item["id"] for item in of_chart["items"]] == expected
    assert (await supervisor.get("/psychotherapy-notes"))["items"] == []
    assert await shown(author) == []
    for end, method in ((path, "PATCH"), (path, "DELETE"), (f"{path}/sign", "POST"), (f"{path}/grants", "GET")):
        body = {"text": "x"} if method == "PATCH" else None
        assert (await supervisor.send(method, end, body, match=1)).status_code == 403
    listed = (await author.get(f"{path}/grants"))["items"]
    assert [(one["account_id"], one["reason"]) for one in listed] == [(supervisor.id, "Supervision of my training.")]
    await author.delete(f"{path}/grants/{given['id']}")
    await author.delete(f"{path}/grants/{given['id']}", expect=404)
    await supervisor.get(path, expect=404)
    assert await shown(supervisor) == []
    assert (await author.get(f"{path}/grants"))["items"][0]["revoked_at"] is not None
    await psychotherapy.grant(author, note, supervisor)
    assert await shown(supervisor) == [note["id"]]


async def test_a_grant_ends_with_the_role_of_a_supervisor(world: World) -> None:
    author, _, chart = await chart_of(world)
    both = await world.staff(Role.SUPERVISOR, Role.THERAPIST)
    await join(author, chart, both)
    note = await psychotherapy.write(author, chart)
    await psychotherapy.grant(author, note, both)
    assert await shown(both) == [note["id"]]
    account = await world.admin.get(f"/accounts/{both.id}")
    await world.admin.patch(f"/accounts/{both.id}", {"roles": ["therapist"]}, account["version"])
    assert await shown(both) == []
    await both.get(f"/psychotherapy-notes/{note['id']}", expect=404)


async def test_a_grant_ends_by_itself(world: World) -> None:
    author, supervisor, note = await scene(world)
    await psychotherapy.grant(author, note, supervisor, minutes=3)
    assert await shown(supervisor) == [note["id"]]
    world.api.clock.advance(minutes=4)
    assert await shown(supervisor) == []
    await supervisor.get(f"/psychotherapy-notes/{note['id']}", expect=404)
    await psychotherapy.grant(author, note, supervisor, days=1)
    assert await shown(supervisor) == [note["id"]]


@pytest.mark.parametrize(("by", "expect"), [({"days": 89}, 201), ({"days": 91}, 422), ({"seconds": -5}, 422)])
async def test_a_grant_lasts_ninety_days_at_most(world: World, by: dict[str, float], expect: int) -> None:
    author, supervisor, note = await scene(world)
    body = psychotherapy.terms(author, supervisor, **by)
    await author.post(f"/psychotherapy-notes/{note['id']}/grants", body, expect=expect)


async def test_only_the_author_grants_and_only_to_an_active_supervisor(world: World) -> None:
    author, supervisor, note = await scene(world)
    path = f"/psychotherapy-notes/{note['id']}/grants"
    colleague, elsewhere = await world.therapist(), await (await World.build(world.api)).staff(Role.SUPERVISOR)
    assert (await colleague.send("POST", path, psychotherapy.terms(author, supervisor))).status_code == 404
    assert (await colleague.send("GET", path)).status_code == 404
    assert (await supervisor.send("POST", path, psychotherapy.terms(author, supervisor))).status_code == 403
    for person, expect in ((colleague, 422), (author, 422), (world.admin, 422), (elsewhere, 404)):
        await author.post(path, psychotherapy.terms(author, person), expect=expect)
    given = await psychotherapy.grant(author, note, supervisor)
    again = await author.send("POST", path, psychotherapy.terms(author, supervisor))
    assert (again.status_code, again.json()["code"]) == (409, "grant-stands")
    assert (await colleague.send("DELETE", f"{path}/{given['id']}")).status_code == 404
    other = await psychotherapy.write(author, note["patient_id"])
    await author.delete(f"/psychotherapy-notes/{other['id']}/grants/{given['id']}", expect=404)
    assert await shown(supervisor) == [note["id"]]


@pytest.mark.thorough
async def test_the_feed_tells_the_author_and_who_was_granted_it_and_nobody_else(world: World) -> None:
    author, supervisor, note = await scene(world)
    colleague = await world.therapist()
    await join(author, note["patient_id"], colleague)
    await seal(world)
    own, boss, other, admin = [await client(one) for one in (author, supervisor, colleague, world.admin)]

    async def told() -> list[list[tuple[str, str]]]:
        await seal(world)
        found = [await one.poll() for one in (own, boss, other, admin)]
        kinds = [[item for item in items if item["kind"] == "psychotherapy_note"] for items in found]
        return [[(item["id"], item["change"]) for item in items] for items in kinds]

    path, changed, gone = f"/psychotherapy-notes/{note['id']}", (note["id"], "changed"), (note["id"], "gone")
    assert await told() == [[], [], [], []]
    given = await psychotherapy.grant(author, note, supervisor)
    assert await told() == [[], [changed], [], []]
    await author.patch(path, {"text": "And of his mother."}, 1)
    assert await told() == [[changed], [changed], [], []]
    await author.delete(f"{path}/grants/{given['id']}")
    assert await told() == [[], [gone], [], []]
    await author.patch(path, {"text": "And of his sister."}, 2)
    assert await told() == [[changed], [], [], []]
    await psychotherapy.grant(author, note, supervisor)
    await told()
    await author.delete(path, match=3)
    assert await told() == [[gone], [gone], [], []]


async def test_the_feed_tells_that_a_grant_has_ended(world: World) -> None:
    author, supervisor, note = await scene(world)
    await seal(world)
    boss = await client(supervisor)
    await psychotherapy.grant(author, note, supervisor, minutes=3)
    await seal(world)
    assert [item["change"] for item in await boss.poll() if item["id"] == note["id"]] == ["changed"]
    world.api.clock.advance(minutes=4)
    await seal(world)
    assert [item["change"] for item in await boss.poll() if item["id"] == note["id"]] == ["gone"]


async def test_an_unknown_note_has_no_grants(world: World) -> None:
    author, _, note = await scene(world)
    assert (await author.get(f"/psychotherapy-notes/{note['id']}/grants"))["items"] == []
    await author.get(f"/psychotherapy-notes/{new_id()}/grants", expect=404)
