"""Orders for tests."""

from datetime import timedelta

from integration_api.access.actor import Role
from tests.factories.care_teams import join
from tests.support import Json, Person, World


def order_body(world: World, patient_id: str, **facts: object) -> Json:
    """An order of six sessions, 40 to 80 mg into a muscle, valid since yesterday for a month; unless facts say."""
    now = world.api.clock()
    return {
        "patient_id": patient_id,
        "route": "im",
        "amount_min": 40,
        "amount_max": 80,
        "sessions_authorised": 6,
        "valid_from": (now - timedelta(days=1)).isoformat(),
        "valid_until": (now + timedelta(days=30)).isoformat(),
        **facts,
    }


async def prescriber_of(world: World, therapist: Person, patient_id: str) -> Person:
    """A prescriber on the care team."""
    prescriber = await world.staff(Role.PRESCRIBER)
    await join(therapist, patient_id, prescriber)
    return prescriber


async def order(world: World, prescriber: Person, patient_id: str, expect: int = 201, **facts: object) -> Json:
    """An order in a chart."""
    made: Json = await prescriber.post("/orders", order_body(world, patient_id, **facts), expect=expect)
    return made
