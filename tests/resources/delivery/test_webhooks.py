"""Webhooks: who is told of what, how messages are signed, and when they are tried again."""

import json
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

import pytest
from standardwebhooks.webhooks import Webhook

from integration_api.access.actor import Role
from integration_api.resources.delivery.webhooks.rules import FAILING_FOR, RETRY_AFTER, next_try
from tests.documents import blocks, run
from tests.factories import plans
from tests.factories.feeds import seal
from tests.factories.hooks import Hooked
from tests.factories.notes import draft as note
from tests.factories.notes import sign
from tests.factories.receivers import opened, program, signatures, status
from tests.factories.reflections import draft as reflection
from tests.factories.reflections import submitted
from tests.factories.sessions import session
from tests.support import Json, World


@pytest.fixture
def library_time(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library of Standard Webhooks take the time from the clock of the test: it refuses old messages."""

    class OfTheTest(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(hooked.world.api.clock().timestamp(), tz)

    monkeypatch.setattr("standardwebhooks.webhooks.datetime", OfTheTest)


# ── what is told ──


async def test_a_message_says_what_changed_and_nothing_else(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    made = await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    got = hooked.receiver.got[0]
    auditor = await hooked.world.staff(Role.AUDITOR)
    row = (await auditor.get("/ledger", params={"event": "session.created"}))["items"][0]
    assert opened(hook["secret"], got) == {
        "type": "session.changed",
        "timestamp": row["at"],
        "data": {"kind": "session", "id": made["id"], "patient_id": hooked.chart_id, "change": "changed"},
    }
    assert got.headers["webhook-id"] == row["id"]
    assert got.path == "/journal"
    assert len(hooked.receiver.got) == 1


@pytest.mark.usefixtures("library_time")
async def test_the_library_of_standard_webhooks_verifies_it(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    got = hooked.receiver.got[0]
    assert Webhook(hook["secret"]).verify(got.body, got.headers)["type"] == "session.changed"


async def test_without_the_scope_of_its_kind_nothing_is_told(hooked: Hooked) -> None:
    hook = await hooked.hook(["session", "course"], granted=["course"])
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    assert hooked.receiver.got == []
    assert [one["state"] for one in await hooked.log(hook)] == ["not_told"]


async def test_a_program_has_no_scope_of_changes_unless_it_is_granted(hooked: Hooked) -> None:
    person = await hooked.world.program()
    assert not [scope for scope in person.actor.scopes if scope.startswith("changes")]


async def test_a_grant_is_in_the_ledger_and_told_to_the_privacy_officers(hooked: Hooked) -> None:
    officer, auditor = await hooked.world.staff(Role.PRIVACY_OFFICER), await hooked.world.staff(Role.AUDITOR)
    account = await program(hooked.world, [])
    path = f"/service-accounts/{account['id']}"
    event = "service_account.changes_granted"
    assert (await auditor.get("/ledger", params={"event": event}))["items"] == []
    scopes = ["clinic:read", "changes:note", "changes:session"]
    changed = await hooked.world.admin.patch(path, {"scopes": scopes}, account["version"])
    rows = (await auditor.get("/ledger", params={"event": event}))["items"]
    assert {(row["subject_id"], row["reason"]) for row in rows} == {
        (account["id"], "changes:note"),
        (account["id"], "changes:session"),
    }
    notices = (await officer.get("/notices"))["items"]
    assert [one["subject_id"] for one in notices if one["event"] == event] == [account["id"]]
    await hooked.world.admin.patch(path, {"scopes": scopes[:2]}, changed["version"])
    assert len((await auditor.get("/ledger", params={"event": event}))["items"]) == 2


@pytest.mark.thorough
async def test_private_things_and_drafts_are_never_told(hooked: Hooked) -> None:
    hook = await hooked.hook(["note", "reflection", "plan"])
    await reflection(hooked.patient)
    await submitted(hooked.patient)
    written = await note(hooked.therapist, hooked.chart_id)
    await plans.plan(hooked.therapist, hooked.chart_id, is_shared=False)
    await hooked.deliver()
    assert await hooked.log(hook) == []
    planned = await plans.draft(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    assert hooked.receiver.got == []
    shared = await submitted(hooked.patient, share=True)
    signed = await sign(hooked.therapist, written)
    await plans.step(hooked.therapist, planned, "propose")
    await hooked.deliver()
    assert set(hooked.receiver.told(hook["secret"])) == {
        ("plan", planned["id"], "changed"),
        ("reflection", shared["id"], "changed"),
        ("note", signed["id"], "changed"),
    }


async def test_what_is_released_later_is_not_told_before(hooked: Hooked) -> None:
    hook = await hooked.hook(["reflection"])
    release_at = (hooked.world.api.clock() + timedelta(days=1)).isoformat()
    await submitted(hooked.patient, share=True, release_at=release_at)
    await hooked.deliver()
    assert hooked.receiver.got == []
    assert {one["state"] for one in await hooked.log(hook)} == {"not_told"}


@pytest.mark.parametrize("body", [{"state": "disabled"}, {"scopes": ["clinic:read"]}], ids=["disabled", "revoked"])
async def test_the_scopes_of_the_moment_decide(hooked: Hooked, body: Json) -> None:
    hook = await hooked.hook(["session"])
    await session(hooked.therapist, hooked.chart_id)
    await seal(hooked.world)
    await hooked.job.make()
    account = (await hooked.world.admin.get("/service-accounts"))["items"][0]
    await hooked.world.admin.patch(f"/service-accounts/{account['id']}", body, account["version"])
    await hooked.deliver()
    assert hooked.receiver.got == []
    assert [one["state"] for one in await hooked.log(hook)] == ["not_told"]


async def test_another_clinic_is_told_nothing(hooked: Hooked) -> None:
    await hooked.hook()
    other = await World.build(hooked.world.api)
    therapist = await other.therapist()
    await session(therapist, other.chart_id(await other.patient_of(therapist)))
    await seal(other)
    await hooked.deliver()
    assert hooked.receiver.got == []


# ── signing ──


async def test_while_a_secret_is_rotated_both_sign(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    path = f"/webhooks/{hook['id']}"
    new = await hooked.world.admin.post(f"{path}/rotate-secret", match=hook["version"], expect=200)
    assert new["secret"] != hook["secret"]
    await hooked.world.admin.post(f"{path}/test", expect=202)
    await hooked.deliver()
    both = hooked.receiver.got[0]
    assert opened(hook["secret"], both) == opened(new["secret"], both)
    hooked.world.api.clock.advance(hours=25)
    hooked.world.admin.token = hooked.world.api.runtime.tokens.issue(hooked.world.admin.actor, hooked.world.api.clock())
    await hooked.world.admin.post(f"{path}/test", expect=202)
    await hooked.deliver()
    assert len(signatures(hooked.receiver.got[1])) == 1
    assert opened(new["secret"], hooked.receiver.got[1])["type"] == "webhook.test"


async def test_a_secret_is_shown_once_and_kept_sealed(hooked: Hooked) -> None:
    hook = await hooked.hook()
    assert hook["secret"].startswith("whsec_")
    assert "secret" not in await hooked.read(hook)
    read = hooked.world.api.runtime.database.driver.read
    rows = await read("SELECT url, secret FROM webhooks", ())
    assert all(isinstance(value, bytes) and hook["secret"].encode() not in value for row in rows for value in row)


# ── trying again ──


async def test_it_is_tried_again_with_the_same_id_until_it_arrives(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    hooked.receiver.answers = [status(500), status(302, "Location: http://localhost/elsewhere")]
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    assert [(one["state"], one["last_status"]) for one in await hooked.log(hook)] == [("pending", 500)]
    assert (await hooked.read(hook))["failing_since"] is not None
    hooked.world.api.clock.advance(seconds=4)
    await hooked.deliver()
    assert len(hooked.receiver.got) == 1
    hooked.world.api.clock.advance(seconds=2)
    await hooked.deliver()
    hooked.world.api.clock.advance(minutes=6)
    await hooked.deliver()
    assert len({got.headers["webhook-id"] for got in hooked.receiver.got}) == 1
    assert [got.path for got in hooked.receiver.got] == ["/journal"] * 3
    logged = (await hooked.log(hook))[0]
    assert (logged["state"], logged["attempts"], logged["last_status"]) == ("delivered", 3, 204)
    assert (await hooked.read(hook))["failing_since"] is None


def test_the_pauses_are_those_of_the_standard() -> None:
    made = datetime(2026, 11, 29, tzinfo=UTC)
    pauses, now, attempts = [], made, 1
    while (at := next_try(attempts, now, made, 0.0)) is not None:
        pauses.append(at - now)
        now, attempts = at, attempts + 1
    assert pauses[: len(RETRY_AFTER)] == list(RETRY_AFTER)
    assert set(pauses[len(RETRY_AFTER) :]) == {timedelta(hours=10)}
    assert timedelta(days=2, hours=12) < now - made <= timedelta(days=3)
    assert next_try(1, made, made, 1.0) == made + timedelta(seconds=5.5)


async def test_who_is_gone_is_told_nothing_more_and_the_admins_are_told(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    hooked.receiver.answers = [status(410)]
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    now = await hooked.read(hook)
    assert (now["state"], now["off_reason"]) == ("off", "gone")
    notices = (await hooked.world.admin.get("/notices"))["items"]
    assert [one["subject_id"] for one in notices if one["event"] == "webhook.turned_off"] == [hook["id"]]
    await session(hooked.therapist, hooked.chart_id)
    hooked.world.api.clock.advance(minutes=10)
    await hooked.deliver()
    assert len(hooked.receiver.got) == 1
    await hooked.world.admin.patch(f"/webhooks/{hook['id']}", {"state": "active"}, now["version"])
    await hooked.deliver()
    assert len(hooked.receiver.got) == 3


async def test_after_five_days_of_failure_it_is_turned_off(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    hooked.receiver.answers = [status(500)] * 2
    await hooked.world.admin.post(f"/webhooks/{hook['id']}/test", expect=202)
    await hooked.deliver()
    hooked.world.api.clock.advance(days=FAILING_FOR.days)
    await hooked.deliver()
    admin = hooked.world.admin
    admin.token = hooked.world.api.runtime.tokens.issue(admin.actor, hooked.world.api.clock())
    now = await hooked.read(hook)
    assert (now["state"], now["off_reason"]) == ("off", "failing")
    assert [one["state"] for one in await hooked.log(hook)] == ["failed"]


# ── replay, test, log ──


@pytest.mark.thorough
async def test_replay_sends_again_from_a_position_with_the_same_ids(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    for _ in range(2):
        await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    second, first = await hooked.log(hook)
    assert {got.headers["webhook-id"] for got in hooked.receiver.got} == {first["message_id"], second["message_id"]}
    path = f"/webhooks/{hook['id']}/replay"
    await hooked.world.admin.post(path, {"position": first["position"]}, expect=204)
    await hooked.deliver()
    assert [got.headers["webhook-id"] for got in hooked.receiver.got[2:]] == [second["message_id"]]
    await hooked.world.admin.post(path, {"position": 10**9}, expect=404)


async def test_the_log_tells_neither_thing_nor_chart(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    made = await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    text = json.dumps(await hooked.log(hook))
    assert made["id"] not in text
    assert hooked.chart_id not in text


async def test_the_log_is_kept_for_thirty_days(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    hooked.world.api.clock.advance(days=31)
    await hooked.deliver()
    admin = hooked.world.admin
    admin.token = hooked.world.api.runtime.tokens.issue(admin.actor, hooked.world.api.clock())
    assert await hooked.log(hook) == []


# ── docs/webhooks.md ──


@pytest.mark.usefixtures("library_time")
async def test_the_receiver_of_the_document_works(hooked: Hooked) -> None:
    handled: list[Json] = []
    receive = run("webhooks.md", handle=handled.append)["receive"]
    hook = await hooked.hook(["session"])
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    got = hooked.receiver.got[0]
    assert [receive(hook["secret"], got.headers, got.body) for _ in range(2)] == [204, 204]
    assert handled == [opened(hook["secret"], got)["data"]]
    assert receive(hook["secret"], got.headers, got.body.replace(b"session", b"patient")) == 401


async def test_the_message_of_the_document_is_one(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    shown, sent = json.loads(blocks("webhooks.md", "json")[0]), opened(hook["secret"], hooked.receiver.got[0])
    assert (shown.keys(), shown["data"].keys()) == (sent.keys(), sent["data"].keys())
    assert (shown["type"], shown["data"]["change"]) == (sent["type"], sent["data"]["change"])
