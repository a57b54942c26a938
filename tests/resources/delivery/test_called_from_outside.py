"""Those on call who are not on the care team: each who is paged sees what waits, opens the chart, and takes it on."""

import pytest

from integration_api.access.actor import Role
from tests.factories.chains import Chain
from tests.factories.flags import by_hand, flags, take, tick
from tests.factories.roster import log, shift
from tests.support import Json, Person, enter_again


async def _tasks(person: Person) -> list[Json]:
    await enter_again(person)
    found: list[Json] = (await person.get("/worklist"))["items"]
    return [task for task in found if task["kind"].startswith("flag_")]


async def _open_chart(person: Person, chart: str) -> None:
    await person.post(
        f"/patients/{chart}/emergency-access",
        {"reason_code": "crisis_call", "reason": "Called by the roster at night."},
    )


async def test_who_is_paged_beyond_the_team_can_take_it_on(chain: Chain) -> None:
    stranger = await chain.world.therapist()
    await stranger.post("/me/channels", {"kind": "webhook", "url": f"http://{chain.pager.host}/stranger"})
    await shift(chain.world.admin, stranger)
    await shift(chain.world.admin, chain.backup, rank="backup")
    await chain.patient.post("/help", expect=200)
    assert await _tasks(stranger) == []
    await chain.send()
    [task] = await _tasks(stranger)
    [flag] = await flags(chain.primary)
    assert (task["kind"], task["urgency"], task["subject_id"]) == ("flag_raised", "critical", flag["id"])
    assert (task["due_at"], task["patient_name"]) == (flag["acknowledge_due_at"], None)
    assert await _tasks(chain.backup) == []
    await _open_chart(stranger, task["patient_id"])
    await take(stranger, flag, "acknowledge")
    assert [one["kind"] for one in await _tasks(stranger)] == ["flag_to_follow"]
    assert await _tasks(chain.primary) == []
    await chain.wait(minutes=15)
    assert await _tasks(chain.backup) == []


async def test_each_who_is_paged_later_has_the_task_too_and_nobody_two(chain: Chain) -> None:
    await shift(chain.world.admin, chain.primary)  # on the care team
    await shift(chain.world.admin, chain.backup, rank="backup")
    await chain.patient.post("/help", expect=200)
    await chain.send()
    assert len(await _tasks(chain.primary)) == 1
    await chain.wait(minutes=15)
    assert len(await _tasks(chain.backup)) == 1
    await chain.wait(minutes=15)
    assert len(await _tasks(chain.world.admin)) == 1
    assert len(await _tasks(chain.primary)) == len(await _tasks(chain.backup)) == 1


@pytest.mark.parametrize("severity", ["moderate", "low"])
async def test_an_overdue_flag_goes_to_the_next_on_the_roster(chain: Chain, severity: str) -> None:
    """It goes along by no call of its own. Source: clinical.md section 6, Due: passed, the next on the roster."""
    stranger, supervisor = await chain.world.therapist(), await chain.world.staff(Role.SUPERVISOR)
    await shift(chain.world.admin, stranger)
    await shift(chain.world.admin, chain.backup, rank="backup")
    await by_hand(chain.primary, chain.world.chart_id(chain.patient), severity)
    await chain.wait(days=14, minutes=1)
    await tick(chain.world)
    assert [task["kind"] for task in await _tasks(stranger)] == ["flag_raised"]
    assert await _tasks(supervisor) == await _tasks(chain.backup) == []
    await chain.send()
    assert "urgent_task" in [kind for kind, *_ in await log(chain.world)]


async def test_an_overdue_contact_goes_to_the_next_on_the_roster(chain: Chain) -> None:
    stranger, supervisor = await chain.world.therapist(), await chain.world.staff(Role.SUPERVISOR)
    await shift(chain.world.admin, stranger)
    made = await by_hand(chain.primary, chain.world.chart_id(chain.patient), "moderate")
    await take(chain.primary, made, "acknowledge")
    await chain.wait(hours=73)
    await tick(chain.world)
    assert [task["kind"] for task in await _tasks(stranger)] == ["flag_raised"]
    assert await _tasks(supervisor) == []


async def test_whoever_escalates_a_flag_tells_those_on_call(chain: Chain) -> None:
    stranger = await chain.world.therapist()
    await shift(chain.world.admin, stranger)
    made = await by_hand(chain.primary, chain.world.chart_id(chain.patient), "moderate")
    await take(chain.primary, made, "escalate")
    assert [task["kind"] for task in await _tasks(stranger)] == ["flag_raised"]
    await chain.send()
    assert [kind for kind, *_ in await log(chain.world)].count("urgent_task") == 1
