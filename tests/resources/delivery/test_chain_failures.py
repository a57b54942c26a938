"""The chain itself under failures: a process that ends in between, and one call or flag whose change fails."""

from collections.abc import Callable

from integration_api.settings import Settings
from tests.factories.chains import Chain, staffed
from tests.factories.flags import by_hand, events, flags, tick
from tests.factories.receivers import status
from tests.factories.reflections import submitted
from tests.faults import rows_failing
from tests.waiting import until_async


async def cut_off(chain: Chain) -> None:
    """A process claims what is due, and ends before it says what became of it."""
    chain.pager.held.clear()
    courier = chain.couriers[0]
    await courier.turn()
    arrived: Callable[[], object] = lambda: chain.pager.got  # noqa: E731  named for its type
    await until_async(arrived, "the message to arrive")
    await courier.stop()
    chain.pager.held.set()
    chain.pager.got.clear()


async def test_the_first_failure_that_is_marked_counts_though_a_process_ended_before(chain: Chain) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    await cut_off(chain)
    chain.pager.answers = [status(500)]
    await chain.wait(seconds=61)
    assert chain.paged() == ["primary", "backup"]
    assert await chain.incidents() == ["delivery_failed"]


async def test_a_message_that_nobody_sends_after_its_claim_is_late(chain: Chain) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    await cut_off(chain)
    await chain.wait(minutes=8)
    assert "delivery_late" in await chain.incidents()


async def test_a_call_ends_with_its_incident_or_not_at_all(chain: Chain, own: Settings) -> None:
    await chain.patient.post("/help", expect=200)
    await chain.send()
    assert await chain.incidents() == ["nobody_on_call"]
    async with rows_failing(own, "INSERT", "roster_incidents", "NEW.kind = 'nobody_answered'"):
        for _ in range(2):
            await chain.wait(minutes=16)
    assert await chain.incidents() == ["nobody_on_call"]
    await chain.wait(minutes=1)
    assert sorted(await chain.incidents()) == ["delivery_late", "nobody_answered", "nobody_on_call"]
    notices = (await chain.world.admin.get("/notices"))["items"]
    assert [one["event"] for one in notices].count("roster.chain_failed") == 3


async def test_a_failed_try_is_marked_with_its_incident_or_not_at_all(chain: Chain, own: Settings) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    chain.pager.answers = [status(500), status(500)]
    async with rows_failing(own, "INSERT", "roster_incidents", "NEW.kind = 'delivery_failed'"):
        await chain.send()
    assert (chain.paged(), await chain.incidents()) == (["primary"], [])
    await chain.wait(seconds=61)
    assert chain.paged() == ["primary", "primary", "backup"]
    assert await chain.incidents() == ["delivery_failed"]


async def test_one_call_that_fails_keeps_no_other_waiting(chain: Chain, own: Settings) -> None:
    await staffed(chain)
    other = await chain.world.patient_of(chain.primary)
    await chain.patient.post("/help", expect=200)
    chain.world.api.clock.advance(seconds=1)
    await other.post("/help", expect=200)
    [second, first] = await flags(chain.primary)
    assert first["patient_id"] != second["patient_id"]
    async with rows_failing(own, "UPDATE", "roster_calls", _is(own, "NEW.subject_id", first["id"])):
        await chain.send()
    assert chain.paged() == ["primary"]
    await chain.send()
    assert chain.paged() == ["primary", "primary"]


async def test_one_flag_that_fails_keeps_no_other_waiting(chain: Chain, own: Settings) -> None:
    chart = chain.world.chart_id(chain.patient)
    first = await by_hand(chain.primary, chart, "critical")
    chain.world.api.clock.advance(seconds=1)
    second = await by_hand(chain.primary, chart, "critical")
    await chain.wait(minutes=16)
    async with rows_failing(own, "UPDATE", "flags", _is(own, "NEW.id", first["id"])):
        await tick(chain.world)
    assert [event["kind"] for event in await events(chain.primary, first)] == ["raised"]
    assert [event["kind"] for event in await events(chain.primary, second)] == ["raised", "escalated"]
    await tick(chain.world)
    assert [event["kind"] for event in await events(chain.primary, first)] == ["raised", "escalated"]


async def test_what_becomes_critical_calls_anew_by_its_own_times(chain: Chain) -> None:
    await staffed(chain)
    made = await submitted(chain.patient, share=True, safety="not_sure")
    await chain.send()
    assert chain.paged() == ["primary"]
    await chain.wait(minutes=20)
    assert chain.paged() == ["primary"]  # what is high has an hour
    await chain.patient.patch(f"/reflections/{made['id']}", {"safety": "not_safe"}, made["version"])
    await chain.send()
    assert chain.paged() == ["primary", "primary"]
    await chain.wait(minutes=15)
    assert chain.paged() == ["primary", "primary", "backup"]
    await chain.wait(minutes=15)
    assert chain.paged() == ["primary", "primary", "backup", "owner"]


def _is(settings: Settings, column: str, value: str) -> str:
    """A condition that a column is this id, as each database keeps ids."""
    kept = value.replace("-", "") if settings.database_url is None else value
    return f"{column} = '{kept}'"
