"""Note templates for tests."""

from tests.support import Json, World

SECTIONS: list[Json] = [
    {"title": "Since last time", "hint": "Sleep, mood, one change noticed."},
    {"title": "In the room", "is_required": False},
    {"title": "Next"},
]


async def template(world: World, expect: int = 201, **facts: object) -> Json:
    """A template of the clinic with three sections, of which the second may stay empty."""
    body = {"title": "Check-in", "sections": SECTIONS, **facts}
    made: Json = await world.admin.post("/note-templates", body, expect=expect)
    return made


def keys_of(made: Json) -> list[str]:
    """The keys of a template's sections."""
    return [section["key"] for section in made["sections"]]
