"""The clinic."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene

reads("read_clinic", "therapist", "/clinic")
reads("list_crisis_resources", "patient", "/crisis-resources")


@operation("update_clinic")
async def _(s: Scene) -> Request:
    version = (await s.world.admin.get("/clinic"))["version"]
    return Request(s.world.admin, "PATCH", "/clinic", {"name": "Test House"}, version)
