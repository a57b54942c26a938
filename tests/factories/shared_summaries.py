"""Shared summaries for tests."""

from tests.support import Json, Person


async def summary(person: Person, chart: str, session_id: str, **facts: object) -> Json:
    """A summary of a session in this chart, which nobody has endorsed."""
    words = {"title": "Both of us", "text": "The lake held."}
    made: Json = await person.post(
        "/shared-summaries", {"patient_id": chart, "session_id": session_id, **words, **facts}
    )
    return made


async def endorsed(person: Person, made: Json, expect: int = 200) -> Json:
    """The summary after an endorsement by this person's side."""
    path = f"/shared-summaries/{made['id']}/endorse"
    found: Json = await person.post(path, {"revision": made["revision"]}, match=made["version"], expect=expect)
    return found
