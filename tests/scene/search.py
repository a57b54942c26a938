"""Search: other resources fill the chart."""

from tests.scene.requests import Request, operation
from tests.scene.scene import Scene


@operation("search_chart")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/patients/{s.ids['patient_id']}/search", {"words": s.word("text-reply")})
