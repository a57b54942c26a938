"""Sessions at home for tests: the remote record, the observer's token, and what it sends."""

from datetime import datetime

from integration_api.core.ids import new_id
from tests.factories.readiness import AT_HOME, clear, dosing_session
from tests.support import Api, Json, Person

RECORD: Json = {
    "emergency_address": "1 Lake Road, back door",
    "phone": "+1 555 0142",
    "local_emergency_number": "911",
    "observer": {
        "name": "Ash Doe",
        "relation": "sister",
        "is_adult": True,
        "phone": "+1 555 0143",
        "briefed_at": "2026-11-20T14:20:00Z",
    },
    "medical_on_call": {"name": "Ines Orr", "credential": "MD", "phone": "+1 555 0144"},
}
"""A remote record that lacks nothing."""
CALM: Json = {
    "responds": "yes",
    "breathing": "normal",
    "colour": "normal",
    "vomiting": False,
    "position": "reclined",
    "distress": 2,
    "source": "observer",
}
"""A check that is not alarming."""


async def remote_record(therapist: Person, made: Json, version: int = 0, **facts: object) -> Json:
    """The remote record of a session."""
    written: Json = await therapist.put(f"/sessions/{made['id']}/remote", {**RECORD, **facts}, match=version)
    return written


async def home_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A dosing session at home that is in progress, in which nothing holds a dose."""
    made = await dosing_session(therapist, patient_id, modality="telehealth", **facts)
    await remote_record(therapist, made)
    await clear(therapist, made, **{name.removeprefix("rd."): value for name, value in AT_HOME.items()})
    return made


async def support_token(therapist: Person, made: Json, **facts: object) -> str:
    """The token of the observer of a session."""
    issued = await therapist.post(f"/sessions/{made['id']}/support-token", facts)
    return str(issued["token"])


def look(taken_at: datetime | str, **facts: object) -> Json:
    """A check to send."""
    at = taken_at if isinstance(taken_at, str) else taken_at.isoformat()
    return {"id": str(new_id()), "taken_at": at, **CALM, **facts}


def link(change: str, at: datetime | str, which: str = "video") -> Json:
    """An event of a link to send."""
    when = at if isinstance(at, str) else at.isoformat()
    return {"id": str(new_id()), "at": when, "link": which, "change": change}


async def observe(api: Api, token: str, *checks: Json, events: list[Json] | None = None, expect: int = 200) -> Json:
    """The answer to what an observer's device sends."""
    body = {"token": token, "checks": [*checks], "link_events": events or []}
    answer = await api.send("POST", "/observer-checks", json=body)
    assert answer.status_code == expect, answer.text
    told: Json = answer.json()
    return told
