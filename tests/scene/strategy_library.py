"""The strategy library."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    names = ("title", "description", "if_cue", "then_action")
    return {"category": "journaling", **{name: s.word(f"library-{name}") for name in names}}


@planted
async def entry(s: Scene) -> None:
    """Add an entry of the clinic's own."""
    await s.therapist.post("/strategy-library", _body(s))


reads("list_strategy_library", "patient", "/strategy-library")


@operation("add_strategy_library_entry")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/strategy-library", _body(s))
