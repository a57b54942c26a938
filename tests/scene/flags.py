"""Flags, which `help` plants: it is the first thing of a chart that raises one."""

from tests.factories.flags import by_hand, take
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene
from tests.support import Json

reads("list_flags", "therapist", "/flags?patient_id={patient_id}")
reads("read_flag", "therapist", "/flags/{flag_id}")
reads("list_flag_events", "therapist", "/flags/{flag_id}/events")
reads("list_safety_rules", "therapist", "/safety-rules")
reads("read_flag_times", "admin", "/clinic/flag-times")


async def _flag(s: Scene, severity: str = "high") -> Json:
    return await by_hand(s.therapist, s.chart, severity, text=s.word("team-flag"))


async def _taken(s: Scene) -> Json:
    return await take(s.therapist, await _flag(s), "acknowledge")


@operation("create_flag")
async def _(s: Scene) -> Request:
    body = {"patient_id": s.chart, "severity": "high", "text": s.word("team-flag")}
    return Request(s.therapist, "POST", "/flags", body)


@operation("acknowledge_flag")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/flags/{(await _flag(s))['id']}/acknowledge", {}, 1)


@operation("acknowledge_flag (with its episode)")
async def _(s: Scene) -> Request:
    path = f"/flags/{(await _flag(s))['id']}/acknowledge"
    return Request(s.therapist, "POST", path, {"covers_episode": True}, 1)


@operation("contact_for_flag")
async def _(s: Scene) -> Request:
    body = {"channel": "phone", "reached": "patient", "text": s.word("team-contact")}
    return Request(s.therapist, "POST", f"/flags/{(await _flag(s))['id']}/contact", body)


@operation("add_flag_remark")
async def _(s: Scene) -> Request:
    path = f"/flags/{(await _flag(s))['id']}/remarks"
    return Request(s.therapist, "POST", path, {"text": s.word("team-remark")})


@operation("assess_flag")
async def _(s: Scene) -> Request:
    path = f"/flags/{(await _flag(s))['id']}/assessments"
    words = {"ideation": "wish_to_be_dead", "intent": "none", "plan": "none", "means": "secured"}
    body = {**words, "protective_factors": ["hope"], "text": s.word("team-assessment")}
    return Request(s.therapist, "POST", path, body)


@operation("resolve_flag")
async def _(s: Scene) -> Request:
    made = await _taken(s)
    body = {"disposition": "safe_to_continue", "text": s.word("team-end")}
    return Request(s.therapist, "POST", f"/flags/{made['id']}/resolve", body, made["version"])


@operation("dismiss_flag")
async def _(s: Scene) -> Request:
    made = await _taken(s)
    return Request(s.therapist, "POST", f"/flags/{made['id']}/dismiss", {"reason": s.word("team-end")}, made["version"])


async def _reviewed(s: Scene, *, agrees: bool) -> Request:
    text = s.word("team-end")
    made = await take(s.people["prescriber"], await _flag(s), "acknowledge")
    made = await take(s.people["prescriber"], made, "resolve", {"text": text})
    body = {"agrees": agrees, "text": s.word("team-review")}
    return Request(s.therapist, "POST", f"/flags/{made['id']}/review", body, made["version"])


@operation("review_flag")
async def _(s: Scene) -> Request:
    return await _reviewed(s, agrees=True)


@operation("review_flag (given back)")
async def _(s: Scene) -> Request:
    return await _reviewed(s, agrees=False)


@operation("escalate_flag")
async def _(s: Scene) -> Request:
    path = f"/flags/{(await _flag(s))['id']}/escalate"
    return Request(s.therapist, "POST", path, {"text": s.word("team-flag")}, 1)
