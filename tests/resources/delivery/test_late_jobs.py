"""The chain if its jobs come late, and what is urgent beside what is not. Source: clinical.md section 6, R36."""

from collections.abc import Callable

from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import tell
from integration_api.resources.delivery.channels.courier import MAX_SENDING
from integration_api.resources.people.clinics.operations import UPDATE_CLINIC
from integration_api.settings import Settings
from tests.factories.arcs import let_pass
from tests.factories.chains import Chain, staffed
from tests.factories.flags import by_hand, tick
from tests.factories.reflections import work_of
from tests.factories.roster import chosen, log
from tests.faults import rows_failing
from tests.waiting import until_async


async def test_a_job_that_comes_late_is_an_incident(chain: Chain) -> None:
    """Nothing is planted: a call for help waits, and no job of the roster runs for three hours."""
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    await chain.wait(hours=3)
    assert chain.paged() == ["primary"]
    assert await chain.incidents() == ["delivery_late"]
    await chain.wait(minutes=15)
    assert (chain.paged(), await chain.incidents()) == (["primary", "backup"], ["delivery_late"])


async def test_a_job_that_comes_in_time_is_none(chain: Chain) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    await chain.wait(minutes=4)
    assert (chain.paged(), await chain.incidents()) == (["primary"], [])


async def test_a_clock_of_flags_that_comes_late_is_an_incident(chain: Chain) -> None:
    made = await by_hand(chain.primary, chain.world.chart_id(chain.patient), "moderate")
    assert made["severity"] == "moderate"
    await let_pass(chain.world.api, chain.world.admin, hours=24, minutes=4)
    await tick(chain.world)
    assert await chain.incidents() == []
    await let_pass(chain.world.api, chain.world.admin, hours=24, minutes=6)
    await tick(chain.world)
    await tick(chain.world)
    assert await chain.incidents() == ["delivery_late"]


async def test_what_is_urgent_waits_behind_nothing_that_is_not(chain: Chain) -> None:
    """Receivers that hang take all the room of ordinary messages, of which more wait, and were due before."""
    await staffed(chain)
    await chosen(chain.world.admin, "roster_gap")
    work = work_of(chain.world.admin, UPDATE_CLINIC)
    for _ in range(MAX_SENDING + 4):
        tell(work, [chain.world.admin.actor.id], NotificationKind.ROSTER_GAP)
    work.record()
    await work.apply()
    chain.pager.held.clear()
    courier, arrived = chain.couriers[0], _arrived(chain)
    await courier.serve(chain.world.clinic_id)
    await until_async(lambda: len(chain.pager.got) == MAX_SENDING, "the messages to hang")
    chain.world.api.clock.advance(seconds=1)
    await chain.patient.post("/help", expect=200)
    await courier.serve(chain.world.clinic_id)
    await until_async(arrived, "the urgent message to arrive")
    await courier.stop()
    chain.pager.held.set()


async def test_whose_account_has_ended_meanwhile_is_passed_over_at_once(chain: Chain, own: Settings) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    async with rows_failing(own, "UPDATE", "notifications", "1 = 1"):
        await chain.couriers[0].serve(chain.world.clinic_id)
        await chain.couriers[0].all_ended()
    assert chain.paged() == []
    path = f"/accounts/{chain.primary.id}"
    version = (await chain.world.admin.get(path))["version"]
    await chain.world.admin.patch(path, {"state": "disabled"}, version)
    await chain.send()
    assert chain.paged() == ["backup"]
    assert await chain.incidents() == ["delivery_failed"]
    assert ("urgent_task", "not_told", None, None) in await log(chain.world)


def _arrived(chain: Chain) -> Callable[[], object]:
    return lambda: "primary" in chain.paged()
