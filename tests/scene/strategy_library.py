"""The strategy library."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene, **facts: object) -> Json:
    names = ("title", "description", "if_cue", "then_action")
    return {"category": "journaling", **{name: s.word(f"library-{name}") for name in names}, **facts}


async def _entry(s: Scene, **facts: object) -> Json:
    made: Json = await s.therapist.post("/strategy-library", _body(s, **facts))
    return made


@planted
async def entry(s: Scene) -> None:
    """Add an entry of the clinic's own with a next version, and one that was retired."""
    first = await _entry(s)
    s.ids["entry_id"] = (await _entry(s, replaces_id=first["id"]))["id"]
    gone = await _entry(s)
    await s.therapist.post(f"/strategy-library/{gone['id']}/retire", match=1, expect=200)


reads("list_strategy_library", "patient", "/strategy-library")
reads("list_strategy_library (ended)", "therapist", "/strategy-library?ended=true")
reads("read_strategy_library_entry", "patient", "/strategy-library/{entry_id}")


@operation("add_strategy_library_entry")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/strategy-library", _body(s))


@operation("add_strategy_library_entry (the next version)")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/strategy-library", _body(s, replaces_id=(await _entry(s))["id"]))


@operation("retire_strategy_library_entry")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/strategy-library/{(await _entry(s))['id']}/retire", None, 1)
