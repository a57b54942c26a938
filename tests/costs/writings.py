"""The rest of the operations: notes, reflections, plans and practices."""

from uuid import uuid4

from tests.costs import charts, identity  # noqa: F401  their operations are told to OPERATIONS
from tests.costs.operations import OPERATIONS, Operation, Request, Scene, operation, plan_strategy
from tests.factories import notes, plans, reflections
from tests.support import Json

__all__ = ["OPERATIONS"]  # of all files: who imports it here has them all

# ── notes ──


@operation("create_note")
async def _(s: Scene) -> Request:
    body = {"session_id": s.ids["session_id"], "format": "dap", "sections": notes.sections()}
    return Request(s.therapist, "POST", "/notes", body)


@operation("update_note")
async def _(s: Scene) -> Request:
    made = await notes.draft(s.therapist, s.chart)
    return Request(s.therapist, "PATCH", f"/notes/{made['id']}", {"sections": {"plan": "p"}}, 1)


@operation("delete_note")
async def _(s: Scene) -> Request:
    made = await notes.draft(s.therapist, s.chart)
    return Request(s.therapist, "DELETE", f"/notes/{made['id']}", None, 1)


@operation("sign_note")
async def _(s: Scene) -> Request:
    made = await notes.draft(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/notes/{made['id']}/sign", None, 1)


@operation("cosign_note")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart, needs_cosign=True)
    return Request(s.supervisor, "POST", f"/notes/{made['id']}/cosign", None, made["version"])


@operation("return_note")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart, needs_cosign=True)
    body = {"reason": "The plan is missing."}
    return Request(s.supervisor, "POST", f"/notes/{made['id']}/return", body, made["version"])


@operation("add_note_addendum")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/notes/{made['id']}/addenda", {"text": "t"})


@operation("amend_note")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    body = {"sections": notes.sections(plan="p"), "reason": "r"}
    return Request(s.therapist, "POST", f"/notes/{made['id']}/amendments", body, made["version"])


@operation("enter_note_in_error")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    path = f"/notes/{made['id']}/enter-in-error"
    return Request(s.therapist, "POST", path, {"reason": "r"}, made["version"])


@operation("set_note_sharing")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    return Request(s.therapist, "PUT", f"/notes/{made['id']}/sharing", {"state": "shared"}, made["version"])


# ── reflections ──


@operation("create_reflection")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/reflections", {"text": "The lake was still."})


@operation("create_reflection (with a key)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/reflections", {"text": "The lake was still."}, key=uuid4().hex)


@operation("create_reflection (the same key again)")
async def _(s: Scene) -> Request:
    body, key = {"text": "The lake was still."}, uuid4().hex
    await s.patient.post("/reflections", body, key=key)
    return Request(s.patient, "POST", "/reflections", body, key=key)


@operation("create_reflection (about a session)")
async def _(s: Scene) -> Request:
    body = {"text": "The lake was still.", "session_id": s.ids["session_id"]}
    return Request(s.patient, "POST", "/reflections", body)


@operation("update_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.draft(s.patient)
    return Request(s.patient, "PATCH", f"/reflections/{made['id']}", {"text": "The lake moved."}, 1)


@operation("update_reflection (stale)")
async def _(s: Scene) -> Request:
    made = await reflections.draft(s.patient)
    return Request(s.patient, "PATCH", f"/reflections/{made['id']}", {"text": "The lake moved."}, 7, status=412)


@operation("delete_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.draft(s.patient)
    return Request(s.patient, "DELETE", f"/reflections/{made['id']}", None, 1)


def _submits(*, share: bool) -> Operation:
    async def ask(s: Scene) -> Request:
        made = await reflections.draft(s.patient)
        return Request(s.patient, "POST", f"/reflections/{made['id']}/submit", {"share": share}, 1)

    return ask


OPERATIONS |= {"submit_reflection": _submits(share=False), "submit_reflection (shared)": _submits(share=True)}


@operation("share_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.submitted(s.patient)
    return Request(s.patient, "POST", f"/reflections/{made['id']}/share", None, made["version"])


@operation("unshare_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.submitted(s.patient, share=True)
    return Request(s.patient, "POST", f"/reflections/{made['id']}/unshare", None, made["version"])


@operation("review_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.submitted(s.patient, share=True)
    return Request(s.therapist, "POST", f"/reflections/{made['id']}/review", None, made["version"])


@operation("reply_reflection")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/reflections/{s.ids['reflection_id']}/replies", {"text": "t"})


# ── plans ──


@operation("add_strategy_library_entry")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/strategy-library", plans.WHOLE)


@operation("create_plan")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/plans", {"patient_id": s.chart, "title": "t", "aim": "a"})


@operation("update_plan")
async def _(s: Scene) -> Request:
    made = await plans.plan(s.therapist, s.chart)
    return Request(s.therapist, "PATCH", f"/plans/{made['id']}", {"title": "t"}, 1)


@operation("update_plan (active)")
async def _(s: Scene) -> Request:
    made = await plans.active(s.therapist, s.patient, s.chart)
    return Request(s.therapist, "PATCH", f"/plans/{made['id']}", {"title": "t"}, made["version"])


@operation("propose_plan")
async def _(s: Scene) -> Request:
    made = await plans.draft(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/plans/{made['id']}/propose", None, made["version"])


@operation("accept_plan")
async def _(s: Scene) -> Request:
    made = await plans.proposed(s.therapist, s.chart)
    body = {"revision": made["revision"]}
    return Request(s.patient, "POST", f"/plans/{made['id']}/accept", body, made["version"])


@operation("decline_plan")
async def _(s: Scene) -> Request:
    made = await plans.proposed(s.therapist, s.chart)
    return Request(s.patient, "POST", f"/plans/{made['id']}/decline", None, made["version"])


async def _plan_at(s: Scene, *steps: str) -> Json:
    made = await plans.active(s.therapist, s.patient, s.chart)
    for name in steps:
        made = await plans.step(s.patient, made, name)
    return made


def _plan_moves(step: str, *before: str) -> Operation:
    async def ask(s: Scene) -> Request:
        made = await _plan_at(s, *before)
        return Request(s.patient, "POST", f"/plans/{made['id']}/{step}", None, made["version"])

    return ask


OPERATIONS |= {
    "pause_plan": _plan_moves("pause"),
    "resume_plan": _plan_moves("resume", "pause"),
    "complete_plan": _plan_moves("complete"),
    "archive_plan": _plan_moves("archive", "complete"),
}


@operation("add_strategy")
async def _(s: Scene) -> Request:
    made = await plans.plan(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/plans/{made['id']}/strategies", plans.WHOLE, 1)


@operation("update_strategy")
async def _(s: Scene) -> Request:
    made = await plans.draft(s.therapist, s.chart)
    path = f"/plans/{made['id']}/strategies/{plan_strategy(made)}"
    return Request(s.therapist, "PATCH", path, {"title": "t"}, made["version"])


@operation("remove_strategy")
async def _(s: Scene) -> Request:
    made = await plans.draft(s.therapist, s.chart)
    path = f"/plans/{made['id']}/strategies/{plan_strategy(made)}"
    return Request(s.therapist, "DELETE", path, None, made["version"])


@operation("log_practice")
async def _(s: Scene) -> Request:
    body = {"strategy_id": s.ids["strategy_id"], "used_at": s.world.api.clock().isoformat()}
    return Request(s.patient, "POST", "/practices", body)
