"""The protocol of a clinic."""

from tests.factories.arcs import STEP
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json

_TIMES = ("opens_after", "due_after", "closes_after")


def _body(s: Scene) -> Json:
    prompts = {"prompts": [{"key": "arrived", "text": s.word("library-prompt")}]}
    first = {name: {"amount": hours, "unit": "hours"} for name, hours in zip(_TIMES, (0, 24, 240), strict=True)}
    later = {name: {"amount": days, "unit": "days"} for name, days in zip(_TIMES, (12, 14, 16), strict=True)}
    more = {**prompts, "is_followed_up": False, "measures": ["isi"]}
    return {
        "steps": [{**STEP, **prompts}, {**STEP, **more, **first, "id": "t0"}, {**STEP, **more, **later, "id": "w2"}]
    }


@planted
async def protocol(s: Scene) -> None:
    """Write one of the clinic's own."""
    version = (await s.people["admin"].get("/clinic/protocol"))["version"]
    await s.people["admin"].put("/clinic/protocol", _body(s), match=version)


reads("read_protocol", "patient", "/clinic/protocol")
reads("list_check_in_items", "patient", "/check-in-items")


@operation("update_protocol")
async def _(s: Scene) -> Request:
    version = (await s.people["admin"].get("/clinic/protocol"))["version"]
    return Request(s.people["admin"], "PUT", "/clinic/protocol", _body(s), version)
