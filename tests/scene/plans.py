"""Coping plans and their strategies."""

from tests.factories import plans
from tests.factories.reflections import submitted
from tests.scene.requests import Operation, Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _strategy(s: Scene) -> Json:
    return {
        "category": "journaling",
        "title": s.word("text-strategy"),
        "description": s.word("text-description"),
        "if_cue": s.word("text-cue"),
        "then_action": s.word("text-action"),
        "schedule": "FREQ=DAILY;BYHOUR=20",
        "starts_on": "2026-01-01",
        "barriers": [{"barrier": s.word("text-barrier"), "workaround": s.word("text-workaround")}],
        "supports": [s.word("text-support")],
    }


def _plan(s: Scene, audience: str = "text") -> Json:
    return {"title": s.word(f"{audience}-title"), "aim": s.word(f"{audience}-aim")}


@planted
async def agreed(s: Scene) -> None:
    """Add an active plan that was declined once, and one that still is."""
    entry = await s.patient.get(f"/reflections/{s.ids['reflection_id']}")
    facts = {"course_id": s.ids["course_id"], "insight_id": entry["insights"][0]["id"], "review_on": "2030-01-01"}
    plan = await plans.plan(s.therapist, s.chart, **facts, **_plan(s))
    links = {"insight_id": facts["insight_id"], "goal_id": s.ids["goal_id"]}
    made = await plans.strategy(s.therapist, plan["id"], plan["version"], **_strategy(s), **links)
    plan = await plans.step(s.therapist, await s.therapist.get(f"/plans/{plan['id']}"), "propose")
    plan = await plans.step(s.patient, plan, "decline", {"reason": s.word("text-decline")})
    plan = await plans.step(s.therapist, plan, "propose")
    plan = await plans.step(s.patient, plan, "accept", {"revision": plan["revision"]})
    plan = await plans.step(s.patient, await plans.step(s.patient, plan, "pause"), "resume")
    refused = await plans.proposed(s.therapist, s.chart)
    await plans.step(s.patient, refused, "decline", {"reason": s.word("text-no")})
    s.ids |= {"plan_id": plan["id"], "strategy_id": made["id"]}


@planted
async def begun(s: Scene) -> None:
    """Add the next version that each side has begun and not shown, and one that both see."""
    agreed = await s.patient.get(f"/plans/{s.ids['plan_id']}")
    for person, audience in ((s.therapist, "begun"), (s.patient, "private")):
        await plans.plan(person, s.chart, is_shared=False, **_plan(s, audience))
    await plans.step(s.patient, await plans.following(s.patient, agreed), "propose")


@planted
async def waiting(s: Scene) -> None:
    """Add a task that can be marked done."""
    made = await submitted(s.patient, share=True, contact_me=True)
    tasks = (await s.therapist.get("/worklist", params={"limit": 100}))["items"]
    s.ids["task_id"] = next(task["id"] for task in tasks if task["subject_id"] == made["id"])


@planted
async def told(s: Scene) -> None:
    """Add an item of the inbox that was read."""
    await plans.proposed(s.therapist, s.chart)
    s.ids["item_id"] = (await s.patient.get("/me/inbox"))["items"][0]["id"]
    await s.patient.post(f"/me/inbox/{s.ids['item_id']}/read", expect=204)


reads("list_plans", "therapist", "/plans?patient_id={patient_id}")
reads("read_plan", "therapist", "/plans/{plan_id}")
reads("list_plan_versions", "therapist", "/plans/{plan_id}/versions")
reads("list_occurrences", "therapist", "/plans/{plan_id}/occurrences?from=2026-03-01&to=2026-03-07")
reads("list_strategies", "therapist", "/plans/{plan_id}/strategies")


@operation("create_plan")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/plans", {"patient_id": s.chart, **_plan(s)})


@operation("create_plan (next version)")
async def _(s: Scene) -> Request:
    agreed = await plans.active(s.therapist, s.patient, s.chart)
    return Request(s.therapist, "POST", "/plans", {"patient_id": s.chart, "replaces_id": agreed["id"], **_plan(s)})


@operation("update_plan")
async def _(s: Scene) -> Request:
    made = await plans.plan(s.therapist, s.chart)
    return Request(s.therapist, "PATCH", f"/plans/{made['id']}", {"title": s.word("text-title")}, 1)


@operation("update_plan (private)")
async def _(s: Scene) -> Request:
    made = await plans.plan(s.therapist, s.chart, is_shared=False)
    return Request(s.therapist, "PATCH", f"/plans/{made['id']}", {"title": s.word("text-title")}, made["version"])


@operation("propose_plan")
async def _(s: Scene) -> Request:
    made = await plans.draft(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/plans/{made['id']}/propose", None, made["version"])


@operation("accept_plan")
async def _(s: Scene) -> Request:
    made = await plans.proposed(s.therapist, s.chart)
    body = {"revision": made["revision"]}
    return Request(s.patient, "POST", f"/plans/{made['id']}/accept", body, made["version"])


@operation("accept_plan (next version)")
async def _(s: Scene) -> Request:
    agreed = await plans.active(s.therapist, s.patient, s.chart)
    sent = await plans.step(s.therapist, await plans.following(s.therapist, agreed), "propose")
    await plans.following(s.patient, agreed, is_shared=True)
    return Request(s.patient, "POST", f"/plans/{sent['id']}/accept", {"revision": 1}, sent["version"])


@operation("decline_plan")
async def _(s: Scene) -> Request:
    made = await plans.proposed(s.therapist, s.chart)
    return Request(s.patient, "POST", f"/plans/{made['id']}/decline", None, made["version"])


def _moves(step: str, *before: str) -> Operation:
    async def ask(s: Scene) -> Request:
        made = await plans.active(s.therapist, s.patient, s.chart)
        for name in before:
            made = await plans.step(s.patient, made, name)
        return Request(s.patient, "POST", f"/plans/{made['id']}/{step}", None, made["version"])

    return ask


operation("pause_plan")(_moves("pause"))
operation("resume_plan")(_moves("resume", "pause"))
operation("complete_plan")(_moves("complete"))
operation("archive_plan")(_moves("archive", "complete"))


@operation("add_strategy")
async def _(s: Scene) -> Request:
    made = await plans.plan(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/plans/{made['id']}/strategies", _strategy(s), 1)


@operation("update_strategy")
async def _(s: Scene) -> Request:
    made = await plans.draft(s.therapist, s.chart)
    path = f"/plans/{made['id']}/strategies/{made['strategies'][0]['id']}"
    return Request(s.therapist, "PATCH", path, {"title": s.word("text-strategy")}, made["version"])


@operation("remove_strategy")
async def _(s: Scene) -> Request:
    made = await plans.draft(s.therapist, s.chart)
    path = f"/plans/{made['id']}/strategies/{made['strategies'][0]['id']}"
    return Request(s.therapist, "DELETE", path, None, made["version"])


reads("read_plan_diff", "therapist", "/plans/{plan_id}/diff")
