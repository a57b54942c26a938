"""The Python client: requests, answers, paging, versions, trying again, and problems as types."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest

from integration_journal import (
    Code,
    Conflict,
    Forbidden,
    Gone,
    Ids,
    Invalid,
    Journal,
    NotFound,
    NotReached,
    NotSignedIn,
    NotThisApi,
    Problem,
    RateLimited,
    Retries,
    StaleVersion,
    Unavailable,
    Unchanged,
    UnreadableAnswer,
    models,
    new_id,
    now,
    operations,
)
from integration_journal.problems import problem_from
from tests.clients.networks import AT_ONCE, Phone, phone
from tests.document import made_document, status_of
from tests.factories.factors import PASSWORD
from tests.support import World


async def write(device: Phone, text: str = "The lake was still.") -> models.Reflection:
    """A new draft."""
    body = models.ReflectionCreate(text=text, captured_at=now())
    return (await device.journal.send(operations.create_reflection(body))).value


async def test_what_was_never_set_stays_absent_and_null_is_sent(world: World) -> None:
    device = await phone(world)
    draft = await write(device)
    body = models.ReflectionUpdate(tags=["lake"])
    changed = await device.journal.send(operations.update_reflection(draft.id, body, if_match=draft.version))
    assert (changed.value.text, changed.value.tags) == ("The lake was still.", ["lake"])
    body = models.ReflectionUpdate(text=None)
    emptied = await device.journal.send(operations.update_reflection(draft.id, body, if_match=changed.etag or ""))
    assert (emptied.value.text, emptied.value.tags) == (None, ["lake"])


async def test_a_lost_answer_to_a_write_makes_no_second_one(world: World) -> None:
    device = await phone(world)
    device.network.lose_answers("POST", "/v1/reflections", times=2)
    request = operations.create_reflection(models.ReflectionCreate(text="Once."))
    answer = await device.journal.send(request)
    assert answer.is_replay
    assert (await device.journal.send(request)).value.id == answer.value.id
    listed = [one async for one in device.journal.each(operations.list_reflections())]
    assert [one.id for one in listed] == [answer.value.id]
    device.network.lose_answers("PATCH", "/v1/reflections")
    body = models.ReflectionUpdate(text="Twice.")
    changed = await device.journal.send(operations.update_reflection(answer.value.id, body, if_match=1))
    assert (changed.value.version, changed.is_replay) == (2, True)


async def test_a_lost_answer_to_a_delete_is_a_delete(world: World) -> None:
    device = await phone(world)
    draft = await write(device)
    device.network.lose_answers("DELETE", "/v1/reflections")
    gone = operations.delete_reflection(draft.id, if_match=draft.version)
    assert (await device.journal.send(gone)).status == 204
    with pytest.raises(NotFound):
        await device.journal.send(operations.delete_reflection(draft.id, if_match=1))


async def test_a_list_is_read_page_after_page(world: World) -> None:
    device = await phone(world)
    made = [(await write(device, f"Evening {number}")).id for number in range(7)]
    asked = operations.list_reflections(limit=3)
    assert [one.id async for one in device.journal.each(asked)] == made[::-1]
    sizes = [len(page.items) async for page in device.journal.pages(asked)]
    assert sizes == [3, 3, 1]
    short = operations.list_reflections(view="summary", state="draft", written_before=datetime(2020, 1, 1, tzinfo=UTC))
    assert [one async for one in device.journal.each(short)] == []
    with pytest.raises(ValueError, match="offset"):
        operations.list_reflections(written_after=datetime(2026, 1, 1))  # noqa: DTZ001  the fault


async def test_what_is_unchanged_is_not_sent_again(world: World) -> None:
    device = await phone(world)
    request = operations.read_reflection((await write(device)).id)
    answer = await device.journal.send(request)
    with pytest.raises(Unchanged):
        await device.journal.send(request.unless(answer.etag or ""))


async def test_a_stale_version_tells_the_present_one(world: World) -> None:
    device = await phone(world)
    draft = await write(device)
    for text in ("Second.", "Third."):
        body = models.ReflectionUpdate(text=text)
        if text == "Second.":
            await device.journal.send(operations.update_reflection(draft.id, body, if_match=1))
            continue
        with pytest.raises(StaleVersion) as stale:
            await device.journal.send(operations.update_reflection(draft.id, body, if_match=1))
        assert stale.value.current is not None
        assert stale.value.current["text"] == "Second."
        etag = stale.value.current_etag
        assert etag is not None
        merged = await device.journal.send(operations.update_reflection(draft.id, body, if_match=etag))
        assert (merged.value.text, merged.value.version) == ("Third.", 3)


async def test_refused_fields_are_named(world: World) -> None:
    device = await phone(world)
    body = models.ReflectionCreate(session_id=new_id(), text="x")
    with pytest.raises((Invalid, NotFound)) as refused:
        await device.journal.send(operations.create_reflection(body))
    assert refused.value.request_id
    other = operations.read_reflection(uuid4())
    with pytest.raises(NotFound) as missing:
        await device.journal.send(other)
    assert (missing.value.code, missing.value.status) == (Code.NOT_FOUND, 404)


async def test_what_is_busy_is_tried_again(world: World) -> None:
    device = await phone(world)
    device.network.answer(httpx.Response(503, headers={"Retry-After": "0"}), httpx.Response(502))
    assert (await device.journal.send(operations.read_me())).status == 200
    device.network.answer(*[httpx.Response(503)] * 4)
    with pytest.raises(Unavailable):
        await device.journal.send(operations.read_me())


async def test_a_rate_limit_is_waited_out_only_if_it_is_short(world: World) -> None:
    device = await phone(world)
    limited = {"content-type": "application/problem+json", "Retry-After": "60"}
    device.network.answer(httpx.Response(429, headers=limited, content=b'{"code": "too-many-requests"}'))
    with pytest.raises(RateLimited) as told:
        await device.journal.send(operations.read_me())
    assert told.value.retry_after == 60
    assert len(device.network.seen) == 1


async def test_a_page_of_another_network_is_no_answer(world: World) -> None:
    """A hotel answers everything with its own page, and 200: nothing was done."""
    device = await phone(world)
    page = {"content-type": "text/html"}
    device.network.answer(*[httpx.Response(200, headers=page, content=b"<h1>Welcome</h1>")] * 4)
    request = operations.create_reflection(models.ReflectionCreate(text="Kept."))
    with pytest.raises(NotThisApi):
        await device.journal.send(request)
    assert (await device.journal.send(request)).status == 201
    device.network.answer(*[httpx.Response(302, headers={"location": "http://hotel.example"})] * 4)
    with pytest.raises(NotThisApi):
        await device.journal.send(operations.read_me())


async def test_no_network_is_told_as_such(world: World) -> None:
    device = await phone(world)
    device.network.is_down = True
    with pytest.raises(NotReached) as unreached:
        await device.journal.send(operations.read_me())
    assert not unreached.value.is_unsure
    device.network.is_down = False
    device.network.lose_answers("POST", "/v1/reflections", times=9)
    with pytest.raises(NotReached) as lost:
        await device.journal.send(operations.create_reflection(models.ReflectionCreate(text="Maybe.")))
    assert lost.value.is_unsure


async def test_an_answer_of_a_later_version_is_told_as_done(world: World) -> None:
    device = await phone(world)
    headers = {"x-request-id": "r", "content-type": "application/json"}
    device.network.answer(httpx.Response(200, headers=headers, content=b'{"id": 7}'))
    with pytest.raises(UnreadableAnswer):
        await device.journal.send(operations.read_me())


async def test_a_new_field_and_a_new_code_break_nothing(world: World) -> None:
    device = await phone(world)
    me = (await device.journal.send(operations.read_me())).value.model_dump(mode="json")
    headers = {"x-request-id": "r", "content-type": "application/json"}
    device.network.answer(httpx.Response(200, headers=headers, json={**me, "pronouns": "they"}))
    assert (await device.journal.send(operations.read_me())).value.name == me["name"]
    problem = problem_from(409, {"code": "altered-state-hold", "title": "Not now", "hold_until": "2026-11-30"})
    assert type(problem) is Conflict
    assert problem.members == {"hold_until": "2026-11-30"}


async def test_threads_have_the_same_client(world: World) -> None:
    device = await phone(world)
    loop = asyncio.get_running_loop()

    class Bridge(httpx.BaseTransport):
        """From a thread to the application on this loop."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            asked = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
            answered = asyncio.run_coroutine_threadsafe(device.network.handle_async_request(asked), loop).result()
            return httpx.Response(answered.status_code, headers=answered.headers, content=answered.content)

    def use() -> list[str | None]:
        with Journal("http://test", transport=Bridge(), retries=AT_ONCE) as journal:
            journal.sign_in(device.email, PASSWORD)
            for number in range(3):
                journal.send(operations.create_reflection(models.ReflectionCreate(text=f"Evening {number}")))
            journal.keep(operations.create_reflection(models.ReflectionCreate(text="Kept")))
            assert journal.unsent == 1
            assert journal.send_kept().sent == 1
            listed = [one.text for one in journal.each(operations.list_reflections(limit=2)) if hasattr(one, "text")]
            journal.sign_out()
            return listed

    assert await asyncio.to_thread(use) == ["Kept", "Evening 2", "Evening 1", "Evening 0"]


def test_every_code_of_the_document_is_known_and_of_the_family_of_its_status() -> None:
    codes = made_document()["components"]["schemas"]["ProblemCode"]["x-extensible-enum"]
    assert codes == [*Code]
    for code in codes:
        found = problem_from(status_of(code), {"code": code})
        assert status_of(code) in found.statuses, code
        assert not found.codes or code in found.codes, code


@pytest.mark.parametrize(
    ("status", "family"), [(401, NotSignedIn), (403, Forbidden), (404, NotFound), (409, Conflict), (410, Gone)]
)
def test_a_code_without_a_class_of_its_own_is_of_the_family_and_of_no_other_code(
    status: int, family: type[Problem]
) -> None:
    assert type(problem_from(status, {"code": "of-a-newer-api"})) is family


def test_pauses_grow_are_spread_and_respect_what_was_asked() -> None:
    at_most, at_least = Retries(chance=lambda: 1.0), Retries(chance=lambda: 0.0)
    assert [at_most.pause(tried) for tried in (1, 2, 3, 20)] == [0.5, 1.0, 2.0, 30.0]
    assert at_least.pause(9) == 0.0
    assert at_least.pause(1, retry_after=7) == 7
    assert 7 < (at_most.pause(1, retry_after=7) or 0) <= 8
    assert at_most.pause(1, retry_after=31) is None


def test_a_date_to_retry_at_is_read_by_the_sender_s_own_clock() -> None:
    headers = {"Retry-After": "Sun, 29 Nov 2026 02:00:10 GMT", "Date": "Sun, 29 Nov 2026 02:00:00 GMT"}
    assert problem_from(503, {}, headers).retry_after == 10
    assert problem_from(503, {}, {"Retry-After": "Sun, 29 Nov 2026 02:00:10 GMT"}).retry_after is None
    assert problem_from(503, {}, {}).retry_after is None


def test_ids_are_of_version_7_and_grow_whatever_the_clock_does() -> None:
    times = iter([1_000] * 5000 + [900, 1_001, 500_000_000])
    ids = Ids(lambda: next(times))
    made = [ids() for _ in range(5003)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {7}
    assert made[-1].int >> 80 == 500_000_000


def test_a_clock_that_was_put_right_is_followed() -> None:
    times = iter([4_000_000_000_000, 1_700_000_000_000, 1_700_000_000_000])
    ids = Ids(lambda: next(times))
    wrong, right, later = ids(), ids(), ids()
    assert right < wrong
    assert right < later
    assert right.int >> 80 == 1_700_000_000_000
