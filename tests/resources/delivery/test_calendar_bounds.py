"""The work of a calendar is bounded; and its address ends with the person's sign-ins."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from integration_api.resources.delivery.calendars import rules, service
from integration_api.resources.journal.plans.schedules import Moment, moments
from tests.factories.factors import proved_ago
from tests.resources.delivery.test_calendars import Subscribed
from tests.resources.delivery.test_calendars import subscribed as subscribed  # noqa: PLC0414  a fixture

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


def hourly(number: int) -> list[rules.Schedule]:
    """So many schedules that come every hour of every day."""
    rule = "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24)))
    return [rules.Schedule(UUID(int=n), rule, date(2026, 1, 1), 10, 0, NOW) for n in range(number)]


def test_no_more_practices_are_computed_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[Moment] = []

    def counted(*given: object) -> Iterator[Moment]:
        for moment in moments(*given):  # type: ignore[arg-type]  # as it was given
            computed.append(moment)
            yield moment

    monkeypatch.setattr(rules, "moments", counted)
    schedules = hourly(100)
    found = [entry for entry in rules.practices(schedules, ZONE, NOW) if entry is not None]
    assert len(found) == rules.MAX_PRACTICES
    assert len(computed) <= rules.MAX_PRACTICES + len(schedules)


def test_practices_are_the_earliest_of_all_in_order() -> None:
    schedules = [*hourly(3), rules.Schedule(UUID(int=9), "FREQ=WEEKLY;BYDAY=MO", date(2026, 1, 1), None, 0, NOW)]
    found = [entry for entry in rules.practices(schedules, ZONE, NOW) if entry is not None]
    assert [entry.begins for entry in found] == sorted((entry.begins for entry in found), key=str)
    assert sum(not isinstance(entry.begins, datetime) for entry in found) >= 1
    first = found[0].begins
    assert isinstance(first, datetime)
    assert first.astimezone(ZONE).date() == NOW.astimezone(ZONE).date()


ENTRIES = {
    "a session": rules.appointment(UUID(int=1), NOW, NOW + timedelta(hours=1), 3, NOW, is_cancelled=False),
    "one without an end": rules.appointment(UUID(int=2), NOW, None, 1, NOW, is_cancelled=False),
    "a cancelled one": rules.appointment(UUID(int=3), NOW, None, 9999, NOW, is_cancelled=True),
    "of microseconds": rules.appointment(
        UUID(int=4), NOW.replace(microsecond=5), None, 1, NOW.replace(microsecond=7), is_cancelled=False
    ),
    "a practice": rules.Entry("practice", NOW, NOW + timedelta(minutes=9), "Practice", False, 0, NOW),
    "a practice of the day": rules.Entry("practice", date(2026, 12, 24), None, "Practice", False, 0, NOW),
    "by another clock": rules.Entry("practice", NOW.astimezone(ZONE), None, "Practice", False, 0, NOW),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_an_event_is_as_the_library_writes_it(name: str) -> None:
    entry, key, account = ENTRIES[name], b"k" * 32, UUID(int=7)
    written = rules.event(entry, key, account)
    [parsed] = Calendar.from_ical((rules.BEGINS + written + rules.ENDS).decode()).walk("VEVENT")
    event = Event()
    event.add("uid", str(parsed["UID"]))
    event.add("dtstamp", entry.changed_at.replace(microsecond=0).astimezone(UTC))
    event.add("dtstart", entry.begins.astimezone(UTC) if isinstance(entry.begins, datetime) else entry.begins)
    if entry.ends is not None:
        event.add("dtend", entry.ends)
    event.add("summary", entry.summary)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if entry.summary == "Appointment" else "TRANSPARENT")
    assert written == event.to_ical()
    assert max(map(len, written.split(b"\r\n"))) < 75


@pytest.mark.thorough
async def test_an_address_is_fetched_at_a_bounded_rate_and_no_other_waits_for_it(subscribed: Subscribed) -> None:
    mine, theirs = await subscribed.address(subscribed.patient), await subscribed.address(subscribed.therapist)
    for _ in range(service.FETCHES.burst):
        await subscribed.fetch(mine)
    refused = await subscribed.fetch(mine, 429)
    assert int(refused.headers["retry-after"]) <= 60
    await subscribed.fetch(theirs)
    subscribed.world.api.clock.advance(minutes=2)
    await subscribed.fetch(mine)


@pytest.mark.parametrize("this_one_too", ["false", "true"])
async def test_signing_out_everywhere_ends_the_address(subscribed: Subscribed, this_one_too: str) -> None:
    mine, theirs = await subscribed.address(subscribed.patient), await subscribed.address(subscribed.therapist)
    await subscribed.patient.delete(f"/me/sign-ins?this_one_too={this_one_too}")
    await subscribed.fetch(mine, 404)
    await subscribed.fetch(theirs)


async def test_an_address_is_made_by_who_has_just_signed_in(subscribed: Subscribed) -> None:
    refused = await proved_ago(subscribed.patient, minutes=6).send("POST", "/me/calendar")
    assert (refused.status_code, refused.json()["code"]) == (403, "step-up-required")
