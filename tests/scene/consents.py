"""Consents of the patient, each to a version of its own."""

from tests.factories.consents import named, published, signed, withdrawn
from tests.factories.imported_rows import imported, rows_of
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _publish(s: Scene) -> Json:
    text = s.word("library-consent")
    return await published(s.people["admin"], "research", text, needs_new_signature=True)


@planted
async def consents(s: Scene) -> None:
    """Sign one, withdraw it, add one that came with the chart, and sign the next version."""
    gone = await signed(s.patient, await _publish(s))
    await withdrawn(s.patient, gone)
    s.ids["consent_id"] = gone["id"]
    [own] = [row for row in await rows_of(s.patient, "consents") if str(row.id) == gone["id"]]
    await imported(s.patient, "consents", own, ordinal=own.ordinal + 1)
    await signed(s.patient, await _publish(s))


reads("list_consents", "patient", "/consents")
reads("list_consents (of a chart)", "therapist", "/consents?patient_id={patient_id}&purpose=research")
reads("list_consents (team)", "supervisor", "/consents")
reads("read_consent", "therapist", "/consents/{consent_id}")


@operation("sign_consent")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/consents", named(await _publish(s)))


@operation("record_consent")
async def _(s: Scene) -> Request:
    body = {**named(await _publish(s)), "signed_at": s.world.api.clock().isoformat()}
    return Request(s.therapist, "POST", f"/patients/{s.chart}/consents", body)


@operation("withdraw_consent")
async def _(s: Scene) -> Request:
    made = await signed(s.patient, await _publish(s))
    return Request(s.patient, "POST", f"/consents/{made['id']}/withdraw", None, made["version"])
