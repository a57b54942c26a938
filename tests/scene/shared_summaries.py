"""Shared summaries."""

from tests.factories.shared_summaries import endorsed
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _words(s: Scene) -> Json:
    return {"title": s.word("text-summary"), "text": s.word("text-summary")}


async def _summary(s: Scene, **facts: object) -> Json:
    about = {"course_id": s.ids["course_id"]} if "session_id" not in facts else {}
    body = {"patient_id": s.chart, **about, **_words(s), **facts}
    made: Json = await s.therapist.post("/shared-summaries", body)
    return made


@planted
async def summary(s: Scene) -> None:
    """Add one that both sides endorse in its second revision, one of some days of a course, and a withdrawn one."""
    gone = (await _summary(s, covers_from="2026-11-01", covers_until="2026-11-20"))["id"]
    await s.therapist.post(f"/shared-summaries/{gone}/withdraw", {"reason": s.word("text-reason")}, match=1, expect=200)
    await _summary(s, covers_from="2026-11-01", covers_until="2026-11-20")
    made = await endorsed(s.therapist, await _summary(s, session_id=s.ids["session_id"]))
    made = await endorsed(s.patient, made)
    path = f"/shared-summaries/{made['id']}"
    made = await s.patient.patch(path, _words(s), made["version"])
    await endorsed(s.therapist, await endorsed(s.patient, made))
    s.ids["shared_summary_id"] = made["id"]


reads("list_shared_summaries", "therapist", "/shared-summaries?patient_id={patient_id}")
reads("list_shared_summaries (withdrawn)", "supervisor", "/shared-summaries?withdrawn=true")
reads("read_shared_summary", "therapist", "/shared-summaries/{shared_summary_id}")
reads("list_shared_summary_versions", "therapist", "/shared-summaries/{shared_summary_id}/versions")


@operation("create_shared_summary")
async def _(s: Scene) -> Request:
    body = {"patient_id": s.chart, "course_id": s.ids["course_id"], **_words(s)}
    return Request(s.therapist, "POST", "/shared-summaries", body)


@operation("create_shared_summary (by the patient)")
async def _(s: Scene) -> Request:
    body = {"patient_id": s.chart, "session_id": s.ids["session_id"], **_words(s)}
    return Request(s.patient, "POST", "/shared-summaries", body)


@operation("update_shared_summary")
async def _(s: Scene) -> Request:
    path = f"/shared-summaries/{(await _summary(s))['id']}"
    return Request(s.therapist, "PATCH", path, {"text": s.word("text-summary")}, 1)


@operation("endorse_shared_summary")
async def _(s: Scene) -> Request:
    path = f"/shared-summaries/{(await _summary(s))['id']}/endorse"
    return Request(s.therapist, "POST", path, {"revision": 1}, 1)


@operation("unendorse_shared_summary")
async def _(s: Scene) -> Request:
    made = await endorsed(s.patient, await endorsed(s.therapist, await _summary(s)))
    return Request(s.therapist, "POST", f"/shared-summaries/{made['id']}/unendorse", None, made["version"])


@operation("withdraw_shared_summary")
async def _(s: Scene) -> Request:
    path = f"/shared-summaries/{(await _summary(s))['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
