"""The feed tells of drafts, withheld things and removals to those who could have seen the thing, and to no others."""

from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from tests.factories import notes, plans
from tests.factories.care_teams import join
from tests.factories.feeds import Client, client, seal
from tests.factories.measure_responses import answered
from tests.factories.reflections import submitted
from tests.support import Json, Person, World, enter_again


def words(told: list[Json], kind: str) -> list[tuple[str, str]]:
    """The id and the word of each change of one kind."""
    return [(item["id"], item["change"]) for item in told if item["kind"] == kind]


async def chart_of(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


@pytest.mark.thorough
async def test_a_draft_of_a_note_is_told_to_its_author_alone_from_beginning_to_end(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    second, supervisor = await world.therapist(), await notes.supervisor_of(world, therapist, chart)
    await join(therapist, chart, second)
    await seal(world)
    author, *others = [await client(person) for person in (therapist, second, supervisor, patient)]
    made = await notes.draft(therapist, chart)
    await seal(world)
    assert words(await author.poll(), "note") == [(made["id"], "changed")]
    assert [words(await one.poll(), "note") for one in others] == [[], [], []]
    await therapist.delete(f"/notes/{made['id']}", made["version"])
    await seal(world)
    assert words(await author.poll(), "note") == [(made["id"], "gone")]
    assert [words(await one.poll(), "note") for one in others] == [[], [], []]


async def test_a_draft_of_answers_is_told_to_who_gives_them_and_to_no_supervisor(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    supervisor = await notes.supervisor_of(world, therapist, chart)
    account = await world.admin.get(f"/accounts/{therapist.id}")
    await world.admin.patch(f"/accounts/{therapist.id}", {"supervised_by": supervisor.id}, match=account["version"])
    await seal(world)
    author, *others = [await client(person) for person in (therapist, supervisor, patient)]
    made = await answered(therapist, chart, state="draft")
    await seal(world)
    assert words(await author.poll(), "measure_response") == [(made["id"], "changed")]
    assert [words(await one.poll(), "measure_response") for one in others] == [[], []]
    await therapist.delete(f"/measure-responses/{made['id']}", made["version"])
    await seal(world)
    assert words(await author.poll(), "measure_response") == [(made["id"], "gone")]
    assert [words(await one.poll(), "measure_response") for one in others] == [[], []]


async def test_a_draft_of_a_plan_is_told_to_its_author_and_to_no_supervisor(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    supervisor = await notes.supervisor_of(world, therapist, chart)
    account = await world.admin.get(f"/accounts/{therapist.id}")
    await world.admin.patch(f"/accounts/{therapist.id}", {"supervised_by": supervisor.id}, match=account["version"])
    await seal(world)
    author, *others = [await client(person) for person in (therapist, supervisor, patient)]
    made = await plans.draft(therapist, chart, is_shared=False)
    await seal(world)
    assert words(await author.poll(), "plan") == [(made["id"], "changed")]
    assert [words(await one.poll(), "plan") for one in others] == [[], []]


@pytest.mark.thorough
async def test_a_note_that_waits_for_a_supervisor_and_is_returned_is_gone_for_the_supervisor(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    supervisor = await notes.supervisor_of(world, therapist, chart)
    await seal(world)
    boss, own = await client(supervisor), await client(patient)
    pending = await notes.sign(therapist, await notes.draft(therapist, chart), needs_cosign=True)
    await seal(world)
    assert words(await boss.poll(), "note") == [(pending["id"], "changed")]
    path = f"/notes/{pending['id']}"
    returned = await supervisor.post(f"{path}/return", {"reason": "Say more."}, match=pending["version"], expect=200)
    await seal(world)
    assert words(await boss.poll(), "note") == [(pending["id"], "gone")]
    again = await notes.sign(therapist, returned, needs_cosign=True)
    await supervisor.post(f"{path}/cosign", match=again["version"], expect=200)
    await seal(world)
    assert words(await boss.poll(), "note") == [(pending["id"], "changed")]
    assert words(await own.poll(), "note") == [(pending["id"], "changed")]


@pytest.mark.thorough
async def test_a_note_that_is_withheld_is_gone_for_the_patient_until_the_time_comes(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    await seal(world)
    own, staff = await client(patient), await client(therapist)
    signed = await notes.signed_note(therapist, chart)
    await seal(world)
    assert words(await own.poll(), "note") == [(signed["id"], "changed")]
    until = (world.api.clock() + timedelta(minutes=20)).isoformat()
    body = {"state": "withheld", "reason_code": "requested_by_patient", "until": until}
    await therapist.put(f"/notes/{signed['id']}/sharing", body, signed["version"])
    await seal(world)
    assert words(await own.poll(), "note") == [(signed["id"], "gone")]
    await staff.poll()
    world.api.clock.advance(minutes=30)
    await seal(world)
    assert words(await own.poll(), "note") == [(signed["id"], "changed")]
    assert words(await staff.poll(), "note") == []


@pytest.mark.thorough
async def test_a_draft_of_a_plan_is_of_its_side_until_it_is_shared(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    second = await world.therapist()
    await join(therapist, chart, second)
    await seal(world)
    clients = [await client(person) for person in (therapist, second, patient)]
    of_staff = await plans.plan(therapist, chart, is_shared=False)
    of_patient = await plans.plan(patient, chart, is_shared=False)
    await seal(world)
    told = [[one for one, _ in words(await each.poll(), "plan")] for each in clients]
    assert told == [[of_staff["id"]], [], [of_patient["id"]]]
    for person, made in ((therapist, of_staff), (patient, of_patient)):
        await person.patch(f"/plans/{made['id']}", {"is_shared": True}, made["version"])
    await seal(world)
    both = {of_staff["id"], of_patient["id"]}
    assert [{one for one, _ in words(await each.poll(), "plan")} for each in clients] == [both, both, both]


async def test_a_strategy_is_told_as_its_plan(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    made = await plans.plan(therapist, chart)
    await seal(world)
    own = await client(patient)
    await plans.strategy(therapist, made["id"], made["version"])
    await seal(world)
    assert words(await own.poll(), "plan") == [(made["id"], "changed")]


async def test_what_was_gone_before_a_chart_opened_is_not_told(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    other = await world.therapist()
    await seal(world)
    staff = await client(other)
    shared = await submitted(patient, share=True)
    await patient.post(f"/reflections/{shared['id']}/unshare", match=shared["version"], expect=200)
    await seal(world)
    await join(therapist, chart, other)
    assert words(await staff.poll(), "reflection") == [], "the chart is open, and nothing of it is told yet"
    await seal(world)
    told = await staff.poll()
    assert words(told, "chart") == [(chart, "opened")]
    assert words(told, "reflection") == []
    assert ("reflection", shared["id"]) not in staff.ever


async def test_what_was_gone_before_is_not_told_either_if_both_are_told_at_once(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    other = await world.therapist()
    await seal(world)
    staff = await client(other)
    shared = await submitted(patient, share=True)
    await patient.post(f"/reflections/{shared['id']}/unshare", match=shared["version"], expect=200)
    await seal(world)
    await join(therapist, chart, other)
    await seal(world)
    assert words(await staff.poll(), "reflection") == []
    assert ("reflection", shared["id"]) not in staff.ever


@pytest.mark.thorough
async def test_a_first_answer_tells_of_no_removal_and_later_ones_of_none_from_before_it(world: World) -> None:
    therapist, patient, _ = await chart_of(world)
    shared = [await submitted(patient, share=True) for _ in range(3)]
    await patient.post(f"/reflections/{shared[0]['id']}/unshare", match=shared[0]["version"], expect=200)
    await seal(world)
    staff = Client(therapist, limit=1)
    told = await staff.poll()
    assert {word for _, word in words(told, "reflection")} == {"changed"}
    assert staff.of("reflection") == {one["id"] for one in shared[1:]}


@pytest.mark.thorough
async def test_admins_are_told_of_charts_and_staff_and_of_nothing_in_a_chart(world: World) -> None:
    await seal(world)
    admin, stranger = await client(world.admin), await client(await world.therapist())
    therapist, patient, chart = await chart_of(world)
    await submitted(patient, share=True)
    await notes.signed_note(therapist, chart)
    await seal(world)
    assert {item["kind"] for item in await admin.poll()} <= {"patient", "care_team", "account", "notice"}
    assert admin.of("patient") == {chart}
    assert {item["kind"] for item in await stranger.poll()} <= {"account"}
    made = await world.admin.post(
        "/accounts", {"email": "new@example.org", "name": "New Colleague", "roles": ["therapist"]}
    )
    await seal(world)
    assert (made["id"], "changed") in words(await admin.poll(), "account")


@pytest.mark.thorough
async def test_whoever_is_named_as_supervisor_begins_anew(world: World) -> None:
    therapist, _, chart = await chart_of(world)
    supervisor = await notes.supervisor_of(world, therapist, chart)
    made = await notes.draft(therapist, chart)
    await seal(world)
    boss = await client(supervisor)
    assert boss.of("note") == set()
    await notes.supervise(world, therapist, supervisor)
    await seal(world)
    problem = await boss.page(expect=410)
    assert problem["code"] == "cursor-expired"
    await boss.poll()
    assert boss.of("note") == {made["id"]}
    await enter_again(therapist)
    await notes.supervise(world, therapist, None)
    await seal(world)
    await boss.poll()
    assert boss.of("note") == set()


async def test_the_first_read_of_a_reflection_is_told_to_its_writer(world: World) -> None:
    therapist, patient, _ = await chart_of(world)
    shared = await submitted(patient, share=True)
    await seal(world)
    own = await client(patient)
    await therapist.get(f"/reflections/{shared['id']}")
    await seal(world)
    assert words(await own.poll(), "reflection") == [(shared["id"], "changed")]
    await therapist.get(f"/reflections/{shared['id']}")
    await seal(world)
    assert await own.poll() == []


async def test_what_the_team_is_told_is_no_reading(world: World) -> None:
    therapist, patient, _ = await chart_of(world)
    await seal(world)
    staff = await client(therapist)
    shared = await submitted(patient, share=True)
    await seal(world)
    assert words(await staff.poll(), "reflection") == [(shared["id"], "changed")]
    now = await patient.get(f"/reflections/{shared['id']}")
    assert now["first_read_at"] is None, "a device that polls by itself takes no way back from the patient"
    await patient.post(f"/reflections/{shared['id']}/unshare", match=now["version"], expect=200)


async def test_programs_read_no_feed(world: World) -> None:
    program = await world.staff(Role.SERVICE)
    await program.get("/changes", expect=403)
