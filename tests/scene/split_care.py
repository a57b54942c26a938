"""Split-care agreements, and what they show outside."""

from datetime import timedelta

from integration_api.access.actor import Role
from tests.factories.consents import published, signed
from tests.factories.notes import signed_note
from tests.factories.split_care import agreement_body
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _body(s: Scene) -> Json:
    words = {"therapist_clinic": s.word("text-clinic"), "reference": s.word("text-reference")}
    [consent] = (await s.patient.get("/consents?purpose=sharing"))["items"]
    until = (s.world.api.clock() + timedelta(days=300)).isoformat()
    return agreement_body(s.world, s.chart, s.people["outside"], consent, valid_until=until, **words)


async def _agreement(s: Scene) -> Json:
    made: Json = await s.people["prescriber"].post("/split-care-agreements", await _body(s))
    return made


@planted
async def split_care(s: Scene) -> None:
    """Add one that stands and one that was ended. The document is retired, so that nobody else is asked to sign it."""
    s.people["outside"] = await s.world.staff(Role.OUTSIDE_THERAPIST, name=s.word("staff-outside"))
    document = await published(s.world.admin, "sharing")
    await signed(s.patient, document)
    await s.world.admin.post(f"/consent-documents/{document['id']}/retire", match=document["version"], expect=200)
    ended = (await _agreement(s))["id"]
    reason = {"reason": s.word("text-reason")}
    await s.people["prescriber"].post(f"/split-care-agreements/{ended}/end", reason, match=1, expect=200)
    s.ids["split_care_id"] = (await _agreement(s))["id"]
    await signed_note(s.people["prescriber"], s.chart, sections={name: s.word("text-visit") for name in _SECTIONS})


_SECTIONS = ("data", "assessment", "plan")

reads("list_split_care", "therapist", "/split-care-agreements?patient_id={patient_id}")
reads("list_split_care (team)", "supervisor", "/split-care-agreements")
reads("read_split_care", "therapist", "/split-care-agreements/{split_care_id}")
reads("list_shared_care", "outside", "/shared-care")
reads("read_shared_care", "outside", "/shared-care/{split_care_id}")


@operation("create_split_care")
async def _(s: Scene) -> Request:
    return Request(s.people["prescriber"], "POST", "/split-care-agreements", await _body(s))


@operation("end_split_care")
async def _(s: Scene) -> Request:
    path = f"/split-care-agreements/{(await _agreement(s))['id']}/end"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
