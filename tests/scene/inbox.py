"""The inbox of a patient: other resources write it."""

from tests.factories import plans
from tests.scene.requests import Request, operation
from tests.scene.scene import Scene


@operation("mark_inbox_read")
async def _(s: Scene) -> Request:
    await plans.proposed(s.therapist, s.chart)
    newest = (await s.patient.get("/me/inbox"))["items"][0]
    return Request(s.patient, "POST", f"/me/inbox/{newest['id']}/read")
