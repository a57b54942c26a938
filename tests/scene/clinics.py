"""The clinic."""

from integration_api.resources.people.clinics.rules import POLICY_DEFAULTS
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted

REACHED = {"phone": "+1 555 0100", "address": "1 Sample Street", "emergency_instruction": "Call the house, then 911."}
_MINUTES = "altered_state_minutes_"
WITH_WINDOW = "sc"
"""The one route whose dose opens a window: no scene gives it by itself."""
WITHOUT_WINDOWS = {name: 0 for name in POLICY_DEFAULTS if name.startswith(_MINUTES) and not name.endswith(WITH_WINDOW)}
"""The chart has doses of this moment, and yet its patient takes every step."""


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
