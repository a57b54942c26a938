"""The protocol of a clinic."""

from tests.factories.arcs import STEP
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    return {"steps": [{**STEP, "prompts": [{"key": "arrived", "text": s.word("library-prompt")}]}]}


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
