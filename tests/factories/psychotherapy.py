"""Psychotherapy notes for tests."""

from datetime import timedelta

from tests.support import Json, Person


async def write(author: Person, chart: str, text: str = "He spoke of his father.", **facts: object) -> Json:
    """A draft."""
    made: Json = await author.post(f"/patients/{chart}/psychotherapy-notes", {"text": text, **facts})
    return made


def terms(author: Person, grantee: Person, **by: float) -> Json:
    """The body of a grant: for thirty days, unless said."""
    until = author.api.clock() + timedelta(**(by or {"days": 30}))
    return {"account_id": grantee.id, "reason": "Supervision of my training.", "until": until.isoformat()}


async def grant(author: Person, note: Json, grantee: Person, **by: float) -> Json:
    """Let somebody read a note."""
    made: Json = await author.post(f"/psychotherapy-notes/{note['id']}/grants", terms(author, grantee, **by))
    return made
