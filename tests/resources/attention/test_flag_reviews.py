"""An end that is proposed waits for a second person, and its clock goes on: the next are told if nobody decides."""

from datetime import datetime, timedelta

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.escalation_rules import review_due
from integration_api.resources.attention.flags.rules import FLAG_POLICIES, FlagOrigin, FlagSeverity, FlagState, due_of
from integration_api.resources.attention.flags.tables import FlagRow
from tests.factories.arcs import let_pass
from tests.factories.care_teams import join
from tests.factories.flags import by_hand, events, flag_tasks, take, tick
from tests.support import BEGINS_AT, Json, Person, World


async def proposed(world: World, *before: str) -> tuple[Person, Person, Person, Json]:
    """A therapist who proposes the end of a critical flag after these steps, a colleague, and a supervisor."""
    therapist, supervisor = await world.therapist(), await world.staff(Role.SUPERVISOR)
    colleague = await world.staff(Role.PRESCRIBER)
    chart = world.chart_id(await world.patient_of(therapist))
    await join(therapist, chart, colleague)
    made = await by_hand(therapist, chart, "critical")
    for step in ("acknowledge", *before, "resolve"):
        made = await take(therapist, made, step)
    return therapist, colleague, supervisor, made


async def _read(person: Person, flag: Json) -> Json:
    found: Json = await person.get(f"/flags/{flag['id']}")
    return found


async def test_an_end_that_nobody_reviews_goes_to_those_who_come_next(world: World) -> None:
    """The patient was not reached: they are told when that was due. Source: clinical.md section 6, Due."""
    therapist, colleague, supervisor, made = await proposed(world)
    assert (made["state"], made["contacted_at"]) == ("awaiting_review", None)
    await let_pass(world.api, therapist, colleague, supervisor, minutes=59)
    assert await tick(world) == 0
    await let_pass(world.api, therapist, colleague, supervisor, minutes=2)
    assert await tick(world) == 1
    assert await flag_tasks(supervisor) == [("flag_to_review", "critical")]
    told = await _read(therapist, made)
    assert (told["state"], told["escalations"], told["version"]) == ("awaiting_review", 2, made["version"])
    assert "flag_to_review" not in [kind for kind, _ in await flag_tasks(therapist)]
    assert [event["kind"] for event in await events(therapist, made)][-1] == "escalated"
    closed = await take(colleague, told, "review")
    assert closed["state"] == "resolved"
    assert await flag_tasks(supervisor) == []
    await let_pass(world.api, therapist, hours=9)
    assert await tick(world) == 0


async def test_an_end_after_a_contact_waits_its_time_too(world: World) -> None:
    therapist, colleague, supervisor, made = await proposed(world, "contact")
    await let_pass(world.api, therapist, colleague, supervisor, minutes=61)
    assert await tick(world) == 1
    assert await flag_tasks(supervisor) == [("flag_to_review", "critical")]
    returned = await take(colleague, await _read(colleague, made), "review", {"agrees": False})
    assert returned["state"] == "in_progress"
    await let_pass(world.api, therapist, hours=9)
    assert await tick(world) == 0


async def test_whoever_proposed_it_is_not_told_to_review_it(world: World) -> None:
    both, owner = await world.staff(Role.THERAPIST, Role.SUPERVISOR), await world.staff(Role.CLINIC_ADMIN)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"owner_id": owner.id}, clinic["version"])
    made = await by_hand(both, world.chart_id(await world.patient_of(both)), "critical")
    for step in ("acknowledge", "resolve"):
        made = await take(both, made, step)
    await let_pass(world.api, both, owner, minutes=61)
    assert await tick(world) == 1
    assert await flag_tasks(both) == []
    assert await flag_tasks(owner) == [("flag_to_review", "critical")]


async def test_those_who_were_told_of_the_flag_are_asked_for_the_review_too(world: World) -> None:
    """The flag had gone as far as the owner before anybody acknowledged it: for the review the next count anew."""
    therapist, supervisor = await world.therapist(), await world.staff(Role.SUPERVISOR)
    colleague, owner = await world.staff(Role.PRESCRIBER), await world.staff(Role.CLINIC_ADMIN)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"owner_id": owner.id}, clinic["version"])
    chart = world.chart_id(await world.patient_of(therapist))
    await join(therapist, chart, colleague)
    made = await by_hand(therapist, chart, "critical")
    people = (therapist, supervisor, colleague, owner)
    for _ in range(2):
        await let_pass(world.api, *people, minutes=16)
        assert await tick(world) == 1
    assert await flag_tasks(owner) == [("flag_raised", "critical")]
    for step in ("acknowledge", "resolve"):
        made = await take(therapist, await _read(therapist, made), step)
    assert (made["state"], made["escalations"]) == ("awaiting_review", 0)
    assert await flag_tasks(supervisor) == []
    await let_pass(world.api, *people, minutes=29)
    assert await tick(world) == 1
    assert await flag_tasks(supervisor) == [("flag_to_review", "critical")]
    await let_pass(world.api, *people, minutes=16)
    assert await tick(world) == 1
    assert await flag_tasks(owner) == [("flag_to_review", "critical")]


async def test_a_supervisor_who_was_asked_at_once_is_passed_over(world: World) -> None:
    """Nobody else is on the team: the supervisor was asked with the proposal, so the owner comes next."""
    therapist, supervisor = await world.therapist(), await world.staff(Role.SUPERVISOR)
    owner = await world.staff(Role.CLINIC_ADMIN)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"owner_id": owner.id}, clinic["version"])
    made = await by_hand(therapist, world.chart_id(await world.patient_of(therapist)), "critical")
    for step in ("acknowledge", "resolve"):
        made = await take(therapist, made, step)
    assert await flag_tasks(supervisor) == [("flag_to_review", "critical")]
    await let_pass(world.api, therapist, supervisor, owner, minutes=61)
    assert await tick(world) == 1
    assert await flag_tasks(owner) == [("flag_to_review", "critical")]
    assert (await _read(therapist, made))["escalations"] == 3


def test_a_review_is_due_when_the_contact_was_or_as_long_again() -> None:
    due = due_of(FLAG_POLICIES, FlagSeverity.CRITICAL, BEGINS_AT)
    row = FlagRow(
        clinic_id=new_id(),
        id=new_id(),
        created_at=BEGINS_AT,
        updated_at=BEGINS_AT,
        patient_id=new_id(),
        rule="hand",
        rule_version="1",
        origin=FlagOrigin.BY_HAND,
        source_id=new_id(),
        episode_id=new_id(),
        severity_rank=0,
        state=FlagState.ACKNOWLEDGED,
        alerted_at=BEGINS_AT,
        acknowledge_due_at=due.acknowledge_at,
        contact_due_at=due.contact_at,
        escalate_at=due.contact_at,
    )

    def at(minutes: int, contacted_at: datetime | None = None) -> int:
        now = BEGINS_AT + timedelta(minutes=minutes)
        found = review_due(row.model_copy(update={"contacted_at": contacted_at}), now)
        return int((found - BEGINS_AT) / timedelta(minutes=1))

    assert [at(2), at(59), at(60), at(90)] == [60, 60, 75, 105]
    assert [at(2, BEGINS_AT), at(50, BEGINS_AT), at(90, BEGINS_AT)] == [60, 65, 105]
