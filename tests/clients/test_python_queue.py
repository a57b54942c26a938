"""The Python client's offline queue: nothing kept is lost, sent twice, or sent for somebody else."""

import asyncio
import stat
from pathlib import Path

import httpx
import pytest

from integration_journal import (
    FOLLOWING,
    Code,
    OfflineQueue,
    State,
    models,
    new_id,
    now,
    operations,
)
from tests.clients.networks import draft, offline, patient_with_password, phone, texts
from tests.factories.factors import PASSWORD
from tests.support import World

CREATES = "/v1/reflections"


@pytest.mark.thorough
async def test_fifty_writes_are_kept_through_a_restart_and_sent_once_in_order(world: World, tmp_path: Path) -> None:
    device = await offline(world, tmp_path / "queue.sqlite3")
    for number in range(50):
        await device.journal.keep(draft(f"Evening {number}"))
    assert device.journal.unsent == 50
    assert (await device.journal.send_kept()).unsent == 50
    store = device.journal._core.store
    await device.journal.close()
    assert stat.S_IMODE((tmp_path / "queue.sqlite3").stat().st_mode) == 0o600

    device = device.again(queue=OfflineQueue(tmp_path / "queue.sqlite3"), store=store)
    device.network.is_down = False
    device.network.lose_answers("POST", CREATES, times=2)
    assert (await device.journal.send_kept()).unsent == 50  # two passes that lost their first answer
    assert (await device.journal.send_kept()).unsent == 50
    report = await device.journal.send_kept()
    assert (report.sent, report.unsent, report.needs_you) == (50, 0, 0)
    assert await texts(device) == [f"Evening {number}" for number in range(50)]


async def test_a_chain_of_writes_about_one_thing_follows_the_versions_that_it_makes(world: World) -> None:
    device = await offline(world)
    made = await device.journal.keep(draft("First"))
    reflection = made.thing
    assert reflection is not None
    changed = models.ReflectionUpdate(text="Second")
    await device.journal.keep(operations.update_reflection(reflection, changed, if_match=FOLLOWING))
    submitted = models.ReflectionSubmit(share=True)
    await device.journal.keep(operations.submit_reflection(reflection, submitted, if_match=FOLLOWING))
    device.network.is_down = False
    device.network.lose_answers("PATCH", CREATES)
    await device.journal.send_kept()
    report = await device.journal.send_kept()
    assert (report.unsent, report.needs_you) == (0, 0)
    found = (await device.journal.send(operations.read_reflection(reflection))).value
    assert (found.text, found.state, found.version) == ("Second", "submitted", 3)
    assert device.network.sent("PATCH", CREATES) == 2


async def test_versions_can_be_foreseen(world: World) -> None:
    """A create is version 1, and If-Match compares the version alone."""
    device = await offline(world)
    reflection = new_id()
    await device.journal.keep(draft("First", id=reflection))
    changed = models.ReflectionUpdate(text="Second")
    await device.journal.keep(operations.update_reflection(reflection, changed, if_match=1))
    device.network.is_down = False
    assert (await device.journal.send_kept()).sent == 2
    assert await texts(device) == ["Second"]


async def test_a_refused_write_needs_a_person_and_holds_back_only_what_builds_on_it(world: World) -> None:
    device = await offline(world)
    journal = device.journal
    first = await journal.keep(draft("Kept, and refused", session_id=new_id()))
    reflection = first.thing
    assert reflection is not None
    changed = models.ReflectionUpdate(text="Kept, and waiting")
    await journal.keep(operations.update_reflection(reflection, changed, if_match=FOLLOWING))
    await journal.keep(draft("Fine"))
    device.network.is_down = False
    report = await journal.send_kept()
    assert (report.sent, report.needs_you, report.unsent, report.seconds_to_next) == (1, 1, 2, None)
    assert journal.account is not None
    [refused] = journal.queue.entries(journal.account, State.NEEDS_YOU)
    assert refused.problem is not None
    assert refused.problem.status in (404, 422)
    assert refused.body is not None
    assert refused.body["text"] == "Kept, and refused"

    body = {name: value for name, value in refused.body.items() if name != "session_id"}
    again = journal.queue.again(refused.key, body=body)
    assert again.key != refused.key
    assert (await journal.send_kept()).unsent == 0
    assert sorted(map(str, await texts(device))) == ["Fine", "Kept, and waiting"]


async def test_a_state_that_refuses_a_write_is_no_second_text(world: World) -> None:
    device = await offline(world)
    journal = device.journal
    device.network.is_down = False
    made = (await journal.send(draft("Handed in"))).value
    await journal.send(operations.submit_reflection(made.id, models.ReflectionSubmit(), if_match=1))
    kept = await journal.keep(operations.submit_reflection(made.id, models.ReflectionSubmit(share=True), if_match=2))
    report = await journal.send_kept()
    assert (report.sent, report.needs_you, report.kept_both, report.unsent) == (0, 1, 0, 1)
    entry = journal.queue.entry(kept.key)
    assert (entry.state, entry.problem and entry.problem.code) == (State.NEEDS_YOU, Code.ALREADY_SUBMITTED)


async def test_a_pass_tells_the_versions_that_it_made(world: World) -> None:
    device = await offline(world)
    journal = device.journal
    entry = await journal.keep(draft("First"))
    reflection = entry.thing
    assert reflection is not None
    changed = models.ReflectionUpdate(text="Second")
    await journal.keep(operations.update_reflection(reflection, changed, if_match=FOLLOWING))
    assert (await journal.send_kept()).etags == {}
    device.network.is_down = False
    etags = (await journal.send_kept()).etags
    assert [*etags] == [reflection]
    changed = models.ReflectionUpdate(text="Third")
    await journal.keep(operations.update_reflection(reflection, changed, if_match=etags[reflection]))
    assert (await journal.send_kept()).sent == 1
    assert await texts(device) == ["Third"]


async def test_what_is_given_up_leaves_what_builds_on_it_to_a_person(world: World) -> None:
    device = await offline(world)
    journal = device.journal
    first = await journal.keep(draft("Refused", session_id=new_id()))
    changed = models.ReflectionUpdate(text="Typed later")
    reflection = first.thing
    assert reflection is not None
    later = await journal.keep(operations.update_reflection(reflection, changed, if_match=FOLLOWING))
    device.network.is_down = False
    await journal.send_kept()
    assert journal.queue.give_up(first.key).body is not None
    left = journal.queue.entry(later.key)
    assert (left.state, left.problem.code if left.problem else None) == (State.NEEDS_YOU, "base-gone")
    assert left.body == {"text": "Typed later"}
    with pytest.raises(ValueError, match="name the version"):
        journal.queue.again(later.key)
    assert journal.unsent == 1


async def test_a_stale_version_waits_for_a_person_and_keeps_the_text(world: World) -> None:
    """The present text is fetched content: it is not kept on the device."""
    device = await offline(world)
    device.network.is_down = False
    made = (await device.journal.send(draft("First"))).value
    elsewhere = models.ReflectionUpdate(text="On the other phone")
    await device.journal.send(operations.update_reflection(made.id, elsewhere, if_match=1))
    mine = models.ReflectionUpdate(text="On this phone")
    kept = await device.journal.keep(operations.update_reflection(made.id, mine, if_match=1))
    assert (await device.journal.send_kept()).needs_you == 1
    entry = device.journal.queue.entry(kept.key)
    assert entry.problem is not None
    assert entry.problem.code == Code.STALE_VERSION
    assert "current" not in entry.problem.members
    present = await device.journal.send(operations.read_reflection(made.id))
    device.journal.queue.again(kept.key, if_match=present.etag)
    assert (await device.journal.send_kept()).sent == 1
    assert await texts(device) == ["On this phone"]


@pytest.mark.thorough
async def test_a_token_that_expires_in_mid_queue_is_exchanged(world: World) -> None:
    device = await offline(world)
    for number in range(6):
        await device.journal.keep(draft(f"Evening {number}"))
    device.network.is_down = False

    def pass_time(request: httpx.Request) -> None:
        if request.url.path == CREATES:
            world.api.clock.advance(minutes=7)

    device.network.before.append(pass_time)
    assert (await device.journal.send_kept()).sent == 6
    assert device.network.sent("POST", "/auth/tokens/refresh") >= 2
    assert len(await texts(device)) == 6


@pytest.mark.thorough
async def test_a_sign_in_that_ends_in_mid_queue_loses_nothing(world: World) -> None:
    device = await offline(world)
    for number in range(4):
        await device.journal.keep(draft(f"Evening {number}"))
    device.network.is_down = False
    left = [2]

    def end(request: httpx.Request) -> None:
        if request.method == "POST" and request.url.path == CREATES:
            left[0] -= 1
            if left[0] == 0:
                world.api.clock.advance(days=60)

    device.network.before.append(end)
    report = await device.journal.send_kept()
    assert (report.sent, report.unsent, report.needs_sign_in, report.needs_you) == (1, 3, True, 0)
    entry = await device.journal.keep(draft("Written while signed out"))
    assert entry.state == State.WAITING
    await device.sign_in()
    assert (await device.journal.send_kept()).unsent == 0
    assert len(await texts(device)) == 5


@pytest.mark.thorough
async def test_nobody_else_s_sign_in_sends_what_was_kept(world: World, tmp_path: Path) -> None:
    device = await offline(world, tmp_path / "queue.sqlite3")
    await device.journal.keep(draft("Mine alone"))
    device.network.is_down = False
    other = await patient_with_password(world)
    await device.journal.sign_in(other, PASSWORD)
    report = await device.journal.send_kept()
    assert (report.sent, report.unsent) == (0, 0)
    assert device.journal.queue.unsent_of_others(device.journal.account) == 1
    assert await texts(device) == []
    await device.sign_in()
    assert (await device.journal.send_kept()).sent == 1
    assert await texts(device) == ["Mine alone"]


async def test_an_account_that_changes_in_mid_queue_sends_nothing_of_the_other(world: World) -> None:
    device = await offline(world)
    for number in range(3):
        await device.journal.keep(draft(f"Mine {number}"))
    device.network.is_down = False
    other = await patient_with_password(world)
    has_changed = False
    inner = device.network.handle_async_request

    async def change(request: httpx.Request) -> httpx.Response:
        nonlocal has_changed
        response = await inner(request)
        if request.method == "POST" and request.url.path == CREATES and not has_changed:
            has_changed = True
            await device.journal.sign_in(other, PASSWORD)
        return response

    device.network.handle_async_request = change  # type: ignore[method-assign]  # somebody signs in meanwhile
    report = await device.journal.send_kept()
    assert (report.sent, report.needs_sign_in) == (1, True)
    assert await texts(device) == []
    await device.sign_in()
    await device.journal.send_kept()
    assert await texts(device) == ["Mine 0", "Mine 1", "Mine 2"]


async def test_one_poisoned_write_stops_no_other(world: World) -> None:
    device = await offline(world)
    poisoned = await device.journal.keep(draft("Always 500"))
    await device.journal.keep(draft("Fine"))
    device.network.is_down = False

    def fail(request: httpx.Request) -> httpx.Response | None:
        is_it = request.headers.get("Idempotency-Key") == poisoned.key
        return (
            httpx.Response(500, headers={"content-type": "application/problem+json"}, content=b"{}") if is_it else None
        )

    device.network.before.append(fail)
    report = await device.journal.send_kept()
    assert (report.sent, report.unsent) == (1, 1)
    assert report.seconds_to_next is not None
    device.network.before.clear()
    assert (await device.journal.send_kept()).unsent == 0


async def test_a_delete_that_is_done_already_is_done(world: World) -> None:
    device = await offline(world)
    device.network.is_down = False
    made = (await device.journal.send(draft("Gone"))).value
    await device.journal.keep(operations.delete_reflection(made.id, if_match=1))
    device.network.lose_answers("DELETE", CREATES)
    assert (await device.journal.send_kept()).unsent == 1
    report = await device.journal.send_kept()
    assert (report.sent, report.needs_you, report.unsent) == (1, 0, 0)


async def test_pauses_end_by_themselves_whatever_the_clock_does(world: World) -> None:
    times = [1_000_000.0]
    device = await phone(world, queue=OfflineQueue(clock=lambda: times[0]))
    device.network.is_down = True
    await device.journal.keep(draft("Waiting"))
    first = await device.journal.send_kept(is_now=False)
    assert first.seconds_to_next is not None
    assert 0 < first.seconds_to_next <= 1
    device.network.is_down = False
    assert (await device.journal.send_kept(is_now=False)).sent == 0
    times[0] = 0.0  # the clock was put right: the pause now lies eleven days ahead
    assert (await device.journal.send_kept(is_now=False)).sent == 1


async def test_a_wrong_clock_loses_no_entry(world: World) -> None:
    device = await offline(world)
    for year in (1970, 2099):
        captured_at = now().replace(year=year, day=1)
        body = models.ReflectionCreate(text=f"In {year}", captured_at=captured_at)
        await device.journal.keep(operations.create_reflection(body))
    device.network.is_down = False
    assert (await device.journal.send_kept()).sent == 2
    assert sorted(str(text) for text in await texts(device)) == ["In 1970", "In 2099"]


async def test_the_queue_is_sent_as_it_comes_and_by_timer(world: World) -> None:
    device = await phone(world)
    sending = asyncio.create_task(device.journal.keep_sending())
    sent = asyncio.Event()

    def tell(request: httpx.Request) -> None:
        if request.url.path == CREATES:
            sent.set()

    device.network.after.append(tell)
    await device.journal.keep(draft("At once"))
    await sent.wait()
    device.network.is_down = True
    await device.journal.keep(draft("When the network is back"))
    sent.clear()
    device.network.is_down = False
    device.journal.wake()
    await sent.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert (await device.journal.send_kept()).unsent == 0
    assert await texts(device) == ["At once", "When the network is back"]
