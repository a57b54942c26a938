"""Copies for record requests: made by the job, and handed over."""

from integration_api.fhir.chart_lines import chart_lines
from integration_api.resources.oversight.exports.exporter import Exporter
from tests.support import Json, Person


async def copied(who: Person, request: Json) -> Json:
    """A copy that the job has made."""
    made = await who.post(f"/record-requests/{request['id']}/copies", {}, expect=202)
    await Exporter(who.api.runtime, chart_lines).turn()
    found: Json = await who.get(f"/record-copies/{made['id']}")
    assert found["state"] == "ready", found
    return found


async def fulfilled(who: Person, request: Json, copy: Json, expect: int = 200) -> Json:
    path = f"/record-requests/{request['id']}/fulfil"
    told: Json = await who.post(path, {"copy_id": copy["id"]}, match=request["version"], expect=expect)
    return told
