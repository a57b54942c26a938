"""A call for help."""

from tests.scene.requests import Request, operation
from tests.scene.scene import Scene


@operation("ask_for_help")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/help")
