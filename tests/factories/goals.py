"""Goals for tests."""

from datetime import timedelta

from tests.support import Json, Person

LEVELS = ["Not out", "To the shop", "To the park", "Every day", "With a friend"]


async def goal(person: Person, chart: str, **facts: object) -> Json:
    """A goal in this chart."""
    made: Json = await person.post("/goals", {"patient_id": chart, "title": "Out again", "levels": LEVELS, **facts})
    return made


async def rated(person: Person, goal_id: str, level: int, *, days_ago: int = 0, expect: int = 201) -> Json:
    """A rating of a goal, an hour and some days ago."""
    at = person.api.clock() - timedelta(days=days_ago, hours=1)
    body = {"level": level, "rated_at": at.isoformat()}
    made: Json = await person.post(f"/goals/{goal_id}/ratings", body, expect=expect)
    return made
