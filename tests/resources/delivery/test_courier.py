"""Telling people beyond the API: by e-mail, Web Push and webhooks, each at a real receiver; and what each is given."""

import json
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from integration_api.resources.attention.notifications.rules import SENTENCES, SUBJECT, NotificationKind
from integration_api.resources.delivery.channels.courier import Courier
from integration_api.resources.delivery.channels.mail import Mailer
from integration_api.resources.delivery.channels.tables import TryError
from integration_api.settings import Settings
from tests.applications import application
from tests.drills.slow import certificate
from tests.factories import plans
from tests.factories.arcs import dosed, let_pass
from tests.factories.mail import SENDER, Mailbox, taking_mail
from tests.factories.push import Browser, vouched
from tests.factories.receivers import Receiver, opened, receiving, status
from tests.factories.reflections import submitted
from tests.factories.roster import chosen, courier_of, log, sent, shift
from tests.log_watch import WATCH
from tests.support import Json, Person, World

LINK = "https://app.example.org/"
IN_JOURNAL = "There is something for you in your journal."


@dataclass
class Told:
    """A clinic that tells people by every means, and what arrives."""

    world: World
    courier: Courier
    mailbox: Mailbox
    push: Receiver
    browser: Browser
    therapist: Person
    patient: Person
    words: list[str] = field(default_factory=list)

    @property
    def chart_id(self) -> str:
        return self.world.chart_id(self.patient)

    async def subscribe(self, person: Person) -> Json:
        made: Json = await person.post("/me/channels", self.browser.subscription(self.push.url))
        return made

    async def send(self) -> None:
        await sent(self.courier)


@pytest.fixture
async def told(own: Settings) -> AsyncIterator[Told]:
    async with AsyncExitStack() as stack:
        mailbox, push = await stack.enter_async_context(taking_mail()), await stack.enter_async_context(receiving())
        means = {**mailbox.settings, "push_contact": "mailto:ops@example.org", "notification_link": LINK}
        own = own.model_copy(update={**means, "webhook_test_hosts": (push.host,)})
        api = await stack.enter_async_context(application(own))
        world = await World.build(api)
        courier = await stack.enter_async_context(courier_of(api, own))
        therapist = await world.therapist()
        patient = await world.patient_of(therapist, email="rowan@example.org")
        yield Told(world, courier, mailbox, push, Browser(), therapist, patient)


async def reply(told: Told) -> None:
    """A clinician answers what the patient has written."""
    made = await submitted(told.patient, share=True)
    await told.therapist.post(f"/reflections/{made['id']}/replies", {"text": "Invented words of an answer."})


# ── the means ──


async def test_an_e_mail_is_a_fixed_sentence(told: Told) -> None:
    await chosen(told.patient, "plan_to_answer")
    await plans.proposed(told.therapist, told.chart_id)
    await told.send()
    [(to, mail)] = told.mailbox.got
    assert to == mail["To"] == "rowan@example.org"
    assert (mail["From"], mail["Subject"], mail["Auto-Submitted"]) == (SENDER, SUBJECT, "auto-generated")
    assert mail.get_content().split() == f"{IN_JOURNAL} {LINK}".split()
    assert "Rowan" not in mail.as_string()
    assert "evenings" not in mail.as_string()
    assert await log(told.world) == [("plan_to_answer", "delivered", "email", None)]


async def test_a_browser_decrypts_what_it_is_pushed(told: Told) -> None:
    settings = await chosen(told.patient, "reply_to_read", by_email=False)
    await told.subscribe(told.patient)
    await reply(told)
    await told.send()
    [got] = told.push.got
    assert told.browser.shown(got) == {"title": SUBJECT, "body": IN_JOURNAL, "url": LINK}
    claims = vouched(got, settings["push_key"], told.world.api.clock())
    assert (claims["aud"], claims["sub"]) == (f"http://{told.push.host}", "mailto:ops@example.org")
    assert (got.headers["ttl"], got.headers["urgency"]) == ("86400", "normal")
    assert told.mailbox.got == []


async def test_a_webhook_is_signed_and_says_no_more(told: Told) -> None:
    made = await told.therapist.post("/me/channels", {"kind": "webhook", "url": told.push.url})
    await shift(told.world.admin, told.therapist)
    await told.patient.post("/help", expect=200)
    await told.send()
    [got] = told.push.got
    body = opened(made["secret"], got)
    assert body["data"] == {"id": got.headers["webhook-id"], "text": SENTENCES[NotificationKind.URGENT_TASK]}
    for hidden in (told.chart_id, told.patient.id, "help", "Rowan", "urgent_task"):
        assert hidden not in got.body.decode()


async def test_without_any_means_the_console_stands_in(own: Settings) -> None:
    bare = own.model_copy(update={"push_contact": None})
    async with application(bare) as api, courier_of(api, bare) as courier:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        settings = await chosen(patient, "plan_to_answer")
        assert (settings["emails"], settings["push_key"]) == (False, None)
        await plans.proposed(therapist, world.chart_id(patient))
        await sent(courier)
        assert await log(world) == [("plan_to_answer", "delivered", "console", None)]


async def test_mail_goes_encrypted_and_signed_in_and_its_server_is_verified(tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    served, trusting = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context(cafile=str(pem))
    served.load_cert_chain(pem)
    now = datetime(2026, 11, 25, tzinfo=UTC)
    async with taking_mail(served) as mailbox:
        stranger, mailer = Mailer(mailbox.server()), Mailer(mailbox.server(), trusting)
        assert await stranger.send("a@example.org", "Text", "1", now) == (TryError.UNREACHABLE, None)
        assert mailbox.got == []
        assert await mailer.send("a@example.org", "Text", "1", now) == (None, 250)
        assert mailbox.was_encrypted == [True]
        assert mailbox.signed_in != []
        mailbox.refusals = [b"550 unknown"]
        assert await mailer.send("a@example.org", "Text", "1", now) == (TryError.ADDRESS_REFUSED, 550)
        assert await mailer.send("a@example.org\nBcc: b@example.org", "Text", "1", now) == (
            TryError.ADDRESS_REFUSED,
            None,
        )
    gone = await mailer.send("a@example.org", "Text", "1", now)
    assert gone == (TryError.UNREACHABLE, None)
    mailer.close()
    stranger.close()


# ── opting in, and quiet hours ──


async def test_nothing_is_told_until_it_is_chosen(told: Told) -> None:
    await reply(told)
    await plans.proposed(told.therapist, told.chart_id)
    await told.send()
    await chosen(told.patient, "plan_to_answer")
    await reply(told)
    await told.send()
    assert told.mailbox.got == []
    assert await log(told.world) == [("reply_to_read", "not_told", None, None)]


async def test_who_changes_their_mind_before_it_is_sent_is_not_told(told: Told) -> None:
    await chosen(told.patient, "reply_to_read")
    await reply(told)
    await chosen(told.patient, version=1)
    await told.send()
    assert told.mailbox.got == []
    assert [one[1] for one in await log(told.world)] == ["not_told"]


async def test_quiet_hours_are_by_the_clock_of_the_patient(told: Told) -> None:
    chart = await told.therapist.get(f"/patients/{told.chart_id}")
    await told.therapist.patch(f"/patients/{told.chart_id}", {"time_zone": "Europe/Berlin"}, chart["version"])
    now = told.world.api.clock().replace(second=0, microsecond=0)
    begins, ends = now - timedelta(minutes=4), now + timedelta(minutes=86)
    hours = [f"{at.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" for at in (begins, ends)]
    await chosen(told.patient, "reply_to_read", quiet_from=hours[0], quiet_until=hours[1])
    await reply(told)
    await told.send()
    assert told.mailbox.got == []
    [one] = (await told.world.admin.get("/notifications"))["items"]
    assert (one["state"], one["attempts"], one["due_at"]) == ("pending", 0, f"{ends:%Y-%m-%dT%H:%M:%SZ}")
    await let_pass(told.world.api, told.world.admin, told.patient, minutes=84)
    await told.send()
    assert told.mailbox.got == []
    told.world.api.clock.advance(minutes=2)
    await told.send()
    assert len(told.mailbox.got) == 1


async def test_what_is_urgent_reaches_staff_in_quiet_hours_and_unasked(told: Told) -> None:
    await chosen(told.therapist, by_email=False, quiet_from="00:00", quiet_until="23:59")
    await shift(told.world.admin, told.therapist)
    await told.patient.post("/help", expect=200)
    await told.send()
    [(to, mail)] = told.mailbox.got
    assert mail.get_content().startswith(SENTENCES[NotificationKind.URGENT_TASK])
    assert to.endswith("@example.org")


async def test_a_check_in_is_told_when_it_opens_and_once(told: Told) -> None:
    await chosen(told.patient, "check_in_open")
    await dosed(told.therapist, told.chart_id)
    await told.send()
    assert told.mailbox.got == []
    await let_pass(told.world.api, told.world.admin, told.patient, hours=24)
    for _ in range(2):
        told.world.api.clock.advance(minutes=2)
        await told.send()
    assert len(told.mailbox.got) == 1
    assert "journal" in told.mailbox.got[0][1].get_content()
    assert await log(told.world) == [("check_in_open", "delivered", "email", None)]


# ── failing ──


async def test_a_failed_delivery_is_tried_again_and_given_up_in_sight(told: Told) -> None:
    await chosen(told.patient, "reply_to_read")
    await reply(told)
    told.mailbox.refusals = [b"450 later"] * 9
    for _ in range(7):
        await told.send()
        await let_pass(told.world.api, told.world.admin, hours=13)
    assert await log(told.world) == [("reply_to_read", "failed", "email", "address_refused")]
    [failed] = (await told.world.admin.get("/notifications", params={"failed": "true"}))["items"]
    assert (failed["attempts"], failed["account_id"], failed["last_status"]) == (6, None, 450)
    assert len(told.mailbox.refusals) == 3


async def test_one_means_that_arrives_is_enough(told: Told) -> None:
    await chosen(told.patient, "reply_to_read")
    await told.subscribe(told.patient)
    told.push.answers = [status(500)]
    await reply(told)
    await told.send()
    assert (len(told.mailbox.got), len(told.push.got)) == (1, 1)
    assert [one[1] for one in await log(told.world)] == ["delivered"]


async def test_a_subscription_that_is_gone_is_asked_no_more(told: Told) -> None:
    await chosen(told.patient, "reply_to_read")
    await told.subscribe(told.patient)
    told.push.answers = [status(410)]
    for _ in range(2):
        await reply(told)
        await told.send()
    assert (len(told.mailbox.got), len(told.push.got)) == (2, 1)
    [channel] = (await told.patient.get("/me/channels"))["items"]
    assert channel["gone_at"] is not None


async def test_nothing_that_is_sent_or_logged_has_a_secret_or_a_name(told: Told) -> None:
    await chosen(told.patient, "reply_to_read")
    made = await told.subscribe(told.patient)
    await reply(told)
    await told.send()
    rows = json.dumps(await told.world.admin.get("/notifications"))
    for hidden in (made["url"], told.patient.id, told.chart_id, "rowan@"):
        assert hidden not in rows
    assert WATCH.found == []


# ── codes ──


async def test_a_clinic_has_invitations_sent_and_the_code_opens_the_account(told: Told) -> None:
    clinic = await told.world.admin.get("/clinic")
    await told.world.admin.patch("/clinic", {"policies": {"email_codes": 1}}, clinic["version"])
    body = {"email": "new@example.org", "roles": ["therapist"], "name": "Nia Orchard"}
    account = await told.world.admin.post("/accounts", body)
    shown = await told.world.admin.post("/invitations", {"account_id": account["id"]})
    await told.send()
    [(to, mail)] = told.mailbox.got
    *sentence, code, link = mail.get_content().split()
    assert (to, code, link) == ("new@example.org", shown["code"], LINK)
    assert sentence == SENTENCES[NotificationKind.INVITATION].split()
    accepted = {"code": code, "password": "Ferns along the quiet river 41"}
    assert (await told.world.api.send("POST", "/invitations/accept", json=accepted)).status_code == 204


async def test_a_code_that_was_replaced_is_not_sent(told: Told) -> None:
    clinic = await told.world.admin.get("/clinic")
    await told.world.admin.patch("/clinic", {"policies": {"email_codes": 1}}, clinic["version"])
    for _ in range(2):
        shown = await told.world.admin.post(f"/accounts/{told.therapist.id}/password-reset")
    await told.send()
    [(_, mail)] = told.mailbox.got
    assert shown["code"] in mail.get_content()
    assert sorted(one[1] for one in await log(told.world)) == ["delivered", "not_told"]


async def test_unless_the_clinic_wants_it_no_code_is_sent(told: Told) -> None:
    await told.world.admin.post(f"/accounts/{told.therapist.id}/password-reset")
    await told.send()
    assert (told.mailbox.got, await log(told.world)) == ([], [])
