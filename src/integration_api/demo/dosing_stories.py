"""Doses: what a prescriber orders, the check before, the dose, the readings after, and how the patient leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from integration_api.demo.front import Json
from integration_api.demo.story import Story
from integration_api.resources.care.discharges.rules import DischargeItem

_MET = ("fasting", "vitals", "cuff", "oximeter", "screen", "consent")
_ABSENT = ("aneurysmal_vascular_disease", "arteriovenous_malformation", "intracerebral_haemorrhage", "hypersensitivity")
_READY: Json = {
    "items": {
        **{f"rd.{name}": {"status": "met"} for name in _MET},
        "rd.escort": {"status": "met", "confirmed": True},
        "rd.medicines": {"status": "met", "reviewed_by": "The prescriber"},
        "rd.substances_24h": {"status": "met", "substances": ["none"]},
        "rd.pregnancy": {"status": "met", "pregnancy": "test_negative"},
        "rd.weight": {"status": "not_applicable"},
    },
}
_CLEARED: Json = {
    "items": {"rd.clearance": {"status": "met"}},
    "contraindications": {code: {"status": "absent"} for code in _ABSENT},
}
_CALLED_AFTER_HOURS = (24, 72)
"""When the therapist calls after a dose: the two windows of the default protocol that are followed up."""
_LEAVES_WELL = [item.value for item in DischargeItem if item is not DischargeItem.OBSERVED]
_LOZENGE: Json = {"route": "sublingual", "amount": 200, "formulation": "Lozenge"}

_LINKED_AFTER = timedelta(minutes=2)
"""From the end of a session to the capture link that the patient takes home."""
_LOOKS_EVERY = timedelta(minutes=15)
_CALM: Json = {
    "responds": "yes",
    "breathing": "normal",
    "colour": "normal",
    "vomiting": False,
    "position": "reclined",
    "source": "observer",
}


def orders(story: Story, at: str, until: str, **facts: object) -> None:
    """Let the prescriber make an order that the doses after it name."""
    moment = story.days.read(at)
    valid = {"valid_from": moment.isoformat(), "valid_until": story.days.read(until).isoformat()}

    async def order() -> None:
        body = {"patient_id": story.patient_id, "course_id": story.course_id, **valid, **facts}
        story.named["order"] = (await story.staff["prescriber"].make("/orders", body))["id"]

    story.at(moment, order)


def gives(
    story: Story,
    session_id: str,
    given: datetime,
    ended: datetime,
    dose: Json | None,
    *,
    vitals: Sequence[Sequence[float]],
    adverse_event: Json | None,
    rems: Json | None,
    remote: Json | None,
    moments: Sequence[Json] = (),
) -> None:
    """Tell of a dose, and of the hours after it.

    Each of `vitals` is: minutes from the dose, systolic, diastolic, heart rate, oxygen saturation. `adverse_event` has
    `minute` and `minutes` for its onset and how long it lasted. `rems` are the answers to the form that are known.
    `remote` is the record of a session at home, whose observer looks every 15 minutes. `moments` are what the patient
    writes afterwards by a capture link, each with its `minute` from the end.
    """
    path, therapist = f"/sessions/{session_id}", story.therapist
    tokens: list[str] = []

    async def watched(record: Json) -> None:
        """Write the remote record, and hand the observer a token."""
        observer = {**record["observer"], "briefed_at": given.isoformat()}
        body = {**record, "observer": observer}
        await therapist.front.send("PUT", f"{path}/remote", body, actor=therapist.actor, version=0)
        tokens.append((await therapist.make(f"{path}/support-token", {}))["token"])

    async def give() -> None:
        """Answer the readiness check, let the prescriber clear, then give the dose."""
        send, actor = therapist.front.send, therapist.actor
        if remote:
            await watched(remote)
        await send("PATCH", f"{path}/readiness", _at_home(remote) if remote else _READY, actor=actor, version=0)
        await send("PATCH", f"{path}/readiness", _CLEARED, actor=story.staff["prescriber"].actor, version=1)
        named = {"order_id": story.named["order"]} if "order" in story.named else {}
        await therapist.make(f"{path}/doses", {**(dose or _LOZENGE), **named})
        await therapist.read(path)

    async def leave() -> None:
        """Write down what was seen; then let the patient leave with nothing missing."""
        if vitals:
            await therapist.make(f"{path}/vitals", {"items": _readings(story, session_id, given, vitals)})
        if adverse_event:
            await therapist.make(f"{path}/adverse-events", _timed(adverse_event, given))
        send, actor = therapist.front.send, therapist.actor
        for token in tokens:
            await send("POST", "/observer-checks", {"token": token, "checks": _looks(story, session_id, given, ended)})
        body = {"met": _LEAVES_WELL, "discharged_at": ended.isoformat()}
        await send("PUT", f"{path}/discharge", body, actor=actor, version=0)
        if rems:
            await send("PUT", f"{path}/rems-form", rems, actor=actor, version=0)
        await therapist.read(path)

    story.at(given, give)
    story.at(ended, leave)
    _captures(story, session_id, ended, moments)
    for hours in _CALLED_AFTER_HOURS:
        _calls(story, given + timedelta(hours=hours))


def _captures(story: Story, session_id: str, ended: datetime, moments: Sequence[Json]) -> None:
    """Hand the patient a capture link, by which they write these moments without signing in; without one, no link."""
    if not moments:
        return
    tokens: list[str] = []
    random = Random(f"{session_id} moments")

    async def issue() -> None:
        send, actor = story.therapist.front.send, story.therapist.actor
        tokens.append((await send("POST", f"/sessions/{session_id}/capture-link", actor=actor))["token"])

    def write(moment: datetime, body: Json) -> None:
        async def capture() -> None:
            facts = {"id": story.new_id(moment, random), "captured_at": moment.isoformat(), **body}
            await story.therapist.front.send("POST", "/captures", facts, token=tokens[0])

        story.at(moment, capture)

    story.at(ended + _LINKED_AFTER, issue)
    for one in moments:
        body = {name: value for name, value in one.items() if name != "minute"}
        write(ended + timedelta(minutes=one["minute"]), body)


def _calls(story: Story, moment: datetime) -> None:
    """Tell of a call, if it is past, by which the therapist asks how the patient is, and writes it down."""
    if moment >= story.days.now:
        return
    body = {
        "id": story.new_id(moment),
        "patient_id": story.patient_id,
        "mode": "telephone",
        "answers": {"ci.safety": "safe", "ci.unreal": 0, "ci.red_signs": "none", "ci.self_harm_thoughts": "none"},
        "completed_at": moment.isoformat(),
    }

    async def call() -> None:
        await story.therapist.make("/check-ins", body)

    story.at(moment, call)


def _at_home(record: Json) -> Json:
    """Return the answers to the readiness check of a session at home."""
    observer = {name: record["observer"][name] for name in ("name", "phone")}
    more: Json = {
        "rd.observer": {"status": "met", **observer},
        "rd.video": {"status": "met"},
        "rd.emergency_address": {"status": "met", "note": record["emergency_address"]},
    }
    return {"items": {**_READY["items"], **more}}


def _looks(story: Story, session_id: str, given: datetime, ended: datetime) -> list[Json]:
    """Return the checks of an observer, one every 15 minutes."""
    random, found = Random(session_id), []
    at = given + _LOOKS_EVERY
    while at < ended:
        facts = {"pulse": random.randint(70, 88), "spo2": random.randint(96, 99), "distress": random.randint(0, 3)}
        found.append({"id": story.new_id(at, random), "taken_at": at.isoformat(), **_CALM, **facts})
        at += _LOOKS_EVERY
    return found


def _readings(story: Story, session_id: str, given: datetime, vitals: Sequence[Sequence[float]]) -> list[Json]:
    random = Random(session_id)

    def reading(minute: float, field: str, value: float, **more: float) -> Json:
        at = given + timedelta(minutes=minute)
        return {"id": story.new_id(at, random), "field": field, "value": value, "taken_at": at.isoformat(), **more}

    return [
        one
        for minute, systolic, diastolic, rate, oxygen in vitals
        for one in (
            reading(minute, "blood_pressure", systolic, diastolic=diastolic),
            reading(minute, "heart_rate", rate),
            reading(minute, "spo2", oxygen),
        )
    ]


def _timed(event: Json, given: datetime) -> Json:
    facts = dict(event)
    onset = given + timedelta(minutes=facts.pop("minute"))
    lasted = timedelta(minutes=facts.pop("minutes"))
    return {**facts, "onset_at": onset.isoformat(), "ended_at": (onset + lasted).isoformat()}
