"""The ledger, and the patient's view of it."""

from integration_api.app import sealer_of
from tests.scene.requests import reads
from tests.scene.scene import Scene, planted


@planted
async def rows(s: Scene) -> None:
    """Let the chart be read in the emergency, as the patient's own log shows; then seal what was recorded."""
    await s.people["emergency"].get(f"/patients/{s.chart}")
    await sealer_of(s.world.api.runtime).seal(s.world.clinic_id)


reads("list_ledger", "auditor", "/ledger")
reads("read_access_log", "patient", "/me/access-log")
