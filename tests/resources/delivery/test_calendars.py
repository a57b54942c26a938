"""The calendar of a person: what it shows, by which address, and when it ends."""

import asyncio
import hashlib
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from httpx import Response
from icalendar import Calendar, Event

from integration_api.access.actor import Role
from integration_api.access.tokens import pack_secret
from integration_api.settings import Settings
from tests.applications import application
from tests.architecture.test_privacy import log as log  # noqa: PLC0414  a fixture
from tests.documents import run
from tests.factories import plans
from tests.factories.care_teams import join
from tests.factories.sessions import move, session
from tests.storage.hand import Hand
from tests.support import Json, Person, World, new_source

ZONE = ZoneInfo("America/New_York")


@dataclass
class Subscribed:
    """A therapist with a chart, its patient, and their calendars."""

    world: World
    therapist: Person
    patient: Person

    @property
    def chart_id(self) -> str:
        return self.world.chart_id(self.patient)

    @property
    def today(self) -> str:
        """The day where the clinic is."""
        return self.world.api.clock().astimezone(ZONE).date().isoformat()

    async def address(self, person: Person) -> str:
        """A new address of this person."""
        return str((await person.post("/me/calendar"))["path"])

    async def fetch(self, path: str, expect: int = 200, **headers: str) -> Response:
        """What a calendar program is answered."""
        answer = await self.world.api.send("GET", path, headers=headers)
        assert answer.status_code == expect, answer.text
        return answer

    async def events(self, path: str) -> list[Event]:
        """The events of a calendar."""
        calendar = Calendar.from_ical((await self.fetch(path)).text)
        return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]

    async def session(self, **by: float) -> Json:
        """A session that begins so long from now, and takes an hour."""
        begins = (self.world.api.clock() + timedelta(**by)).replace(microsecond=0)
        times = {"planned_start_at": begins.isoformat(), "planned_end_at": (begins + timedelta(hours=1)).isoformat()}
        return await session(self.therapist, self.chart_id, **times)

    async def agreed(self, schedule: str) -> Json:
        """An agreed plan with a strategy of this schedule, from today on."""
        plan = await plans.plan(self.therapist, self.chart_id)
        facts = {"schedule": schedule, "starts_on": self.today, "duration_minutes": 10}
        await plans.strategy(self.therapist, plan["id"], plan["version"], **facts)
        plan = await self.therapist.get(f"/plans/{plan['id']}")
        plan = await plans.step(self.therapist, plan, "propose")
        return await plans.step(self.patient, plan, "accept", {"revision": plan["revision"]})


@pytest.fixture
async def subscribed(world: World) -> Subscribed:
    therapist = await world.therapist()
    return Subscribed(world, therapist, await world.patient_of(therapist))


async def test_a_calendar_shows_times_and_neutral_words(subscribed: Subscribed) -> None:
    s = subscribed
    made = await s.session(days=3)
    answer = await s.fetch(await s.address(s.patient))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in answer.text
    for event in Calendar.from_ical(answer.text).walk("VEVENT"):
        assert set(event) <= {
            *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "CLASS", "TRANSP")
        }
        assert event["SUMMARY"] == "Appointment"
        assert event["CLASS"] == "PRIVATE"
        assert event.decoded("dtstart") == datetime.fromisoformat(made["planned_start_at"])
        assert event.decoded("dtend") == datetime.fromisoformat(made["planned_end_at"])
    for word in (made["id"], s.chart_id, s.patient.id, "integration", "dosing"):
        assert word not in answer.text.replace("Integration Journal API", "")


async def test_a_move_raises_the_sequence_and_a_cancelled_session_stays(subscribed: Subscribed) -> None:
    s = subscribed
    made = await s.session(days=3)
    path = await s.address(s.patient)
    [first] = await s.events(path)
    later = (datetime.fromisoformat(made["planned_start_at"]) + timedelta(minutes=15)).isoformat()
    moved = await s.therapist.patch(f"/sessions/{made['id']}", {"planned_start_at": later}, match=made["version"])
    [second] = await s.events(path)
    await move(s.therapist, moved, "cancel", reason="The clinic is closed.")
    [third] = await s.events(path)
    assert first["UID"] == second["UID"] == third["UID"]
    assert [int(str(event["SEQUENCE"])) for event in (first, second, third)] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


async def test_what_has_not_changed_is_304(subscribed: Subscribed) -> None:
    s = subscribed
    await s.session(days=3)
    path = await s.address(s.patient)
    tag = (await s.fetch(path)).headers["etag"]
    assert (await s.fetch(path, 304, **{"If-None-Match": tag})).content == b""
    await s.session(days=4)
    assert (await s.fetch(path, 200, **{"If-None-Match": tag})).headers["etag"] != tag


async def test_no_two_people_have_the_same_uid_for_one_session(subscribed: Subscribed) -> None:
    s = subscribed
    await s.session(days=3)
    [theirs], [ours] = [await s.events(await s.address(person)) for person in (s.patient, s.therapist)]
    assert theirs.decoded("dtstart") == ours.decoded("dtstart")
    assert theirs["UID"] != ours["UID"]


async def test_staff_see_their_own_case_load(subscribed: Subscribed) -> None:
    s, world = subscribed, subscribed.world
    await s.session(days=3)
    other = await world.therapist()
    await world.patient_of(other)
    path = await s.address(other)
    assert await s.events(path) == []
    await join(s.therapist, s.chart_id, other)
    assert len(await s.events(path)) == 1


async def test_a_calendar_is_bounded_in_days(subscribed: Subscribed) -> None:
    s = subscribed
    for days in (-32, -20, 20, 179, 182):
        await s.session(days=days)
    assert len(await s.events(await s.address(s.patient))) == 3


async def test_practices_are_those_of_agreed_plans_and_for_the_patient_alone(subscribed: Subscribed) -> None:
    s = subscribed
    path, staff_path = await s.address(s.patient), await s.address(s.therapist)
    draft = await plans.plan(s.therapist, s.chart_id)
    facts = {"schedule": "FREQ=DAILY", "starts_on": s.today}
    await plans.strategy(s.therapist, draft["id"], draft["version"], **facts)
    assert await s.events(path) == []
    plan = await s.agreed("FREQ=DAILY;BYHOUR=8;BYMINUTE=30")
    found = await s.events(path)
    assert len({str(event["UID"]) for event in found}) == len(found) == 32
    assert {str(event["SUMMARY"]) for event in found} == {"Practice"}
    assert found[0].decoded("dtend") - found[0].decoded("dtstart") == timedelta(minutes=10)
    assert await s.events(staff_path) == []
    await plans.step(s.patient, plan, "pause")
    assert await s.events(path) == []


async def test_a_practice_without_a_time_is_of_the_day(subscribed: Subscribed) -> None:
    s = subscribed
    path = await s.address(s.patient)
    await s.agreed("FREQ=WEEKLY")
    text = (await s.fetch(path)).text
    assert text.count("DTSTART;VALUE=DATE:") == 5
    assert "DTEND" not in text


async def test_a_new_address_ends_the_one_before(subscribed: Subscribed) -> None:
    s = subscribed
    first = await s.address(s.patient)
    made = await s.patient.get("/me/calendar")
    second = await s.address(s.patient)
    assert set(made) == {"made_at"}
    await s.fetch(first, 404)
    await s.fetch(second)


async def test_a_deleted_address_ends_at_once(subscribed: Subscribed) -> None:
    s = subscribed
    await s.patient.get("/me/calendar", expect=404)
    await s.patient.delete("/me/calendar", expect=404)
    path = await s.address(s.patient)
    await s.patient.delete("/me/calendar")
    await s.fetch(path, 404)
    await s.patient.get("/me/calendar", expect=404)


async def test_an_address_ends_with_its_account_and_stays_ended(subscribed: Subscribed) -> None:
    s = subscribed
    path = await s.address(s.therapist)
    await s.fetch(path)
    account = await s.world.admin.get(f"/accounts/{s.therapist.id}")
    for state in ("disabled", "active"):
        account = await s.world.admin.patch(f"/accounts/{s.therapist.id}", {"state": state}, match=account["version"])
        await s.fetch(path, 404)


async def test_a_lost_answer_shows_no_secret_again(subscribed: Subscribed) -> None:
    s = subscribed
    await s.patient.post("/me/calendar", key="calendar-once")
    again = await s.patient.post("/me/calendar", key="calendar-once", expect=409)
    assert again["code"] == "shown-once"


async def test_wrong_addresses_are_alike_and_counted_by_source(subscribed: Subscribed) -> None:
    s = subscribed
    path = await s.address(s.patient)
    secret = path.removeprefix("/v1/calendars/").removesuffix(".ics")
    other = (await s.address(s.therapist)).removeprefix("/v1/calendars/").removesuffix(".ics")
    wrong = [secret[:43] + other[43:], "x", secret[:-4] + "AAA=", "A" * 201]
    for made in wrong[:3]:
        assert (await s.fetch(f"/v1/calendars/{made}.ics", 404)).json()["code"] == "not-found"
    await s.fetch(f"/v1/calendars/{secret}", 404)
    codes = [(await s.world.api.send("GET", f"/v1/calendars/{wrong[0]}.ics")).status_code for _ in range(40)]
    assert codes[-1] == 429
    await s.fetch(path)  # a right one is never refused
    s.world.api.source = new_source()
    await s.fetch(f"/v1/calendars/{wrong[0]}.ics", 404)


async def test_each_fetch_is_in_the_ledger_without_a_chart(subscribed: Subscribed) -> None:
    s = subscribed
    await s.session(days=3)
    await s.fetch(await s.address(s.patient))
    auditor = await s.world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"limit": 100}))["items"]
    [row] = [row for row in rows if row["event"] == "calendar.fetched"]
    assert (row["actor_id"], row["patient_id"]) == (s.patient.id, None)


async def test_our_log_has_the_template_and_not_the_address(subscribed: Subscribed, log: io.StringIO) -> None:
    s = subscribed
    path = await s.address(s.patient)
    await s.fetch(path)
    await s.fetch(f"{path[:-8]}AAA=.ics", 404)
    said = log.getvalue()
    assert "/v1/calendars/{secret}.ics" in said
    assert path[14:60] not in said


async def test_a_row_that_was_edited_by_hand_opens_nothing(own: Settings) -> None:
    """Somebody who can write to the database, and has no key, puts the digest of a secret of their own there."""
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        s = Subscribed(world, therapist, await world.patient_of(therapist))
        path = await s.address(s.therapist)
        text, secret = pack_secret(world.clinic_id, UUID(s.therapist.id))
        await s.fetch(path)
        digest = hashlib.sha256(secret).digest()
        await Hand(own).put("calendars", s.therapist.id, "secret_digest", digest)
        await s.fetch(f"/v1/calendars/{text}.ics", 404)


async def test_two_requests_for_an_address_leave_one(subscribed: Subscribed) -> None:
    s = subscribed
    paths = await asyncio.gather(*(s.address(s.patient) for _ in range(2)))
    answers = [(await s.world.api.send("GET", path)).status_code for path in paths]
    assert sorted(answers) == [200, 404]


async def test_a_document_says_how_to_subscribe(subscribed: Subscribed) -> None:
    s = subscribed
    subscribe = run("calendars.md")["subscribe"]
    client = s.world.api.client
    url = await subscribe(client, s.patient.token)
    assert url.startswith("webcal://test/v1/calendars/")
    await s.fetch(url.removeprefix("webcal://test"))
