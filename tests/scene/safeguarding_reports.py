"""Safeguarding reports: the patient reports the therapist of the care team, and the supervisor is the lead."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _designation(s: Scene) -> Json:
    words = {name: s.word(f"library-{name}") for name in ("introduction", "outside")}
    people = {"lead_id": s.supervisor.id, "deputy_id": s.people["deputy"].id}
    return {**people, "introduction": words["introduction"], "outside_contact": words["outside"]}


async def _designate(s: Scene) -> None:
    version = (await s.people["admin"].get("/clinic/safeguarding"))["version"]
    await s.people["admin"].put("/clinic/safeguarding", _designation(s), match=version)


def _body(s: Scene) -> Json:
    texts = {"text": s.word("reported-text"), "safe_contact": s.word("reported-contact")}
    return {"about": "touch", "wants_contact": True, **texts}


async def _send(s: Scene) -> Json:
    """A report that the supervisor of the scene handles."""
    await _designate(s)
    made: Json = await s.patient.post("/safeguarding-reports", {**_body(s), "named_account_ids": [s.therapist.id]})
    return made


@planted
async def safeguarding_report(s: Scene) -> None:
    """Send one, which the lead has begun to handle."""
    s.people["deputy"] = await s.world.therapist()
    s.ids["safeguarding_report_id"] = made = (await _send(s))["id"]
    handled = {"state": "triage", "handling": s.word("handled-notes")}
    await s.supervisor.patch(f"/safeguarding-reports/{made}", handled, 1)


reads("list_safeguarding_reports", "patient", "/safeguarding-reports")
reads("list_safeguarding_reports (as the lead)", "supervisor", "/safeguarding-reports?place=lead")
reads("read_safeguarding_report", "patient", "/safeguarding-reports/{safeguarding_report_id}")
reads("read_safeguarding_report (as the lead)", "supervisor", "/safeguarding-reports/{safeguarding_report_id}")
reads("read_safeguarding", "patient", "/clinic/safeguarding")


@operation("send_safeguarding_report")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/safeguarding-reports", _body(s))


@operation("update_safeguarding_report")
async def _(s: Scene) -> Request:
    path = f"/safeguarding-reports/{(await _send(s))['id']}"
    return Request(s.supervisor, "PATCH", path, {"state": "triage", "handling": s.word("handled-notes")}, 1)


@operation("hand_over_safeguarding_report")
async def _(s: Scene) -> Request:
    path = f"/safeguarding-reports/{(await _send(s))['id']}/hand-over"
    return Request(s.supervisor, "POST", path, None, 1)


@operation("designate_safeguarding")
async def _(s: Scene) -> Request:
    version = (await s.people["admin"].get("/clinic/safeguarding"))["version"]
    return Request(s.people["admin"], "PUT", "/clinic/safeguarding", _designation(s), version)
