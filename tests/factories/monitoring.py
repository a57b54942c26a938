"""Vitals for tests."""

from datetime import datetime, timedelta

from integration_api.core.ids import new_id
from integration_api.web.instants import instant
from tests.support import Json, Person


def reading(field: str, value: float | None, at: datetime | str, **facts: object) -> Json:
    """A reading to upload, with an id of its own: `reading("spo2", 98, at)`."""
    taken_at = at if isinstance(at, str) else instant(at)
    return {"id": str(new_id()), "field": field, "value": value, "taken_at": taken_at, **facts}


def pressure(systolic: float, diastolic: float, at: datetime | str) -> Json:
    """A blood pressure to upload."""
    return reading("blood_pressure", systolic, at, diastolic=diastolic)


async def upload(who: Person, made: Json, *items: Json, expect: int = 200) -> Json:
    """The response to an upload of these readings."""
    told: Json = await who.post(f"/sessions/{made['id']}/vitals", {"items": list(items)}, expect=expect)
    return told


async def series(who: Person, made: Json, **params: object) -> list[Json]:
    """The readings of a session, over all pages."""
    found: list[Json] = []
    cursor: object = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = await who.get(f"/sessions/{made['id']}/vitals", params={**params, **more})
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def minutes(text: str, more: float) -> str:
    """An instant so many minutes later."""
    return instant(datetime.fromisoformat(text) + timedelta(minutes=more))


def pressures_of_rems(at: str) -> list[Json]:
    """The three blood pressures that REMS asks for, about a dose at this time."""
    return [
        pressure(120, 80, minutes(at, -10)),
        pressure(140, 85, minutes(at, 41)),
        pressure(125, 80, minutes(at, 115)),
    ]
