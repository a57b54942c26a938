"""Shifts, channels and the job that sends, for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from integration_api.resources.delivery.channels.courier import Courier
from integration_api.resources.delivery.channels.means import posting_of
from integration_api.settings import Settings
from tests.support import Api, Json, Person, World

ALL_DAYS: Json = {
    "from_time": "00:00",
    "until_time": "00:00",
    "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
}


async def shift(admin: Person, whose: Person, **facts: object) -> Json:
    """A shift of every hour of every day, unless the facts say otherwise."""
    body = {"account_id": whose.id, "rank": "primary", "first_on": "2026-11-20", **ALL_DAYS, **facts}
    made: Json = await admin.post("/shifts", body)
    return made


async def chosen(person: Person, *kinds: str, version: int = 0, **facts: object) -> Json:
    """Choose the kinds that somebody is told of, by e-mail too."""
    body = {"kinds": list(kinds), "by_email": True, **facts}
    made: Json = await person.put("/me/notification-settings", body, version)
    return made


@asynccontextmanager
async def courier_of(api: Api, settings: Settings) -> AsyncIterator[Courier]:
    """The job of one process, by the means of these settings."""
    posting = posting_of(settings, api.runtime.vault, api.runtime.webhook_test_hosts)
    yield Courier(api.runtime, posting)
    posting.close()


async def sent(*couriers: Courier) -> None:
    """Let each job take turns, until nothing is left to begin."""
    busy = True
    while busy:
        busy = False
        for courier in couriers:
            busy |= bool(await courier.turn())
        for courier in couriers:
            await courier.all_ended()


async def log(world: World) -> list[tuple[str, str, str | None, str | None]]:
    """Return the notifications of a clinic, oldest first: kind, state, last means, last error."""
    found = (await world.admin.get("/notifications"))["items"]
    return [(one["kind"], one["state"], one["last_means"], one["last_error"]) for one in reversed(found)]
