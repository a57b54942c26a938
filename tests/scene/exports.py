"""Exports."""

from tests.factories import exports
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def export(s: Scene) -> None:
    """Add an export that is ready."""
    s.ids["export_id"] = (await exports.ready(s.patient))["id"]


reads("list_exports", "patient", "/me/exports")
reads("read_export", "patient", "/me/exports/{export_id}")
reads("read_export_content", "patient", "/me/exports/{export_id}/content")


@operation("create_export")
async def _(s: Scene) -> Request:
    return Request(await s.world.patient_of(s.therapist), "POST", "/me/exports", {"chart_order": "oldest_first"})
