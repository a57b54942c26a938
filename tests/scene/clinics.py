"""The clinic."""

from tests.factories.windows import WITHOUT_WINDOWS
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted

REACHED = {"phone": "+1 555 0100", "address": "1 Sample Street", "emergency_instruction": "Call the house, then 911."}


@planted
async def clinic_that_can_be_reached(s: Scene) -> None:
    """Give the clinic a phone, an address and an instruction, once."""
    clinic = await s.world.admin.get("/clinic")
    if clinic["phone"] is None:
        await s.world.admin.patch("/clinic", {**REACHED, "policies": WITHOUT_WINDOWS}, clinic["version"])


reads("read_clinic", "therapist", "/clinic")
reads("list_crisis_resources", "patient", "/crisis-resources")


@operation("update_clinic")
async def _(s: Scene) -> Request:
    version = (await s.world.admin.get("/clinic"))["version"]
    return Request(s.world.admin, "PATCH", "/clinic", {"name": "Test House"}, version)
