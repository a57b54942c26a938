"""Writers of the random walk beyond what `feed_stage` has: every other kind that the change feed tells of."""

from collections.abc import Mapping
from datetime import timedelta

from integration_api.resources.delivery.changes.rules import ChangeKind
from tests.factories import arcs, attachments, exports, feed_stage, instruments, notes
from tests.factories.adverse_events import EVENT
from tests.factories.consents import named, published
from tests.factories.custody import LABEL
from tests.factories.doses import dose
from tests.factories.feed_stage import Stage, Step
from tests.factories.goals import LEVELS
from tests.factories.monitoring import reading
from tests.factories.note_templates import SECTIONS
from tests.factories.orders import order_body
from tests.factories.readiness import ready_session
from tests.factories.remote_sessions import RECORD
from tests.factories.rems_forms import ANSWERS
from tests.factories.roster import ALL_DAYS
from tests.factories.safeguarding import TEXT
from tests.factories.shared_summaries import summary
from tests.factories.split_care import agreement_body, consent_to_sharing, outside_therapist
from tests.factories.windows import WITHOUT_WINDOWS
from tests.support import Json, Person

REASON: Json = {"reason": "Of another day."}
STAFF = ("therapist", "second", "supervisor", "prescriber")


async def flag(stage: Stage) -> None:
    """Raise a flag, or move one on, as whoever sees it."""
    person = stage.any("therapist", "second", "supervisor")
    one = await stage.a(person, "/flags")
    if one is None or stage.chance.random() < 0.4:
        severity = stage.chance.choice(["low", "moderate", "high"])
        body = {"patient_id": stage.chance.choice(stage.charts), "severity": severity, "text": "An invented sentence."}
        await stage.act(person, "POST", "/flags", body)
        return
    bodies: dict[str, Json | None] = {
        "acknowledge": {},
        "contact": {"channel": "phone", "reached": "patient", "text": "Called."},
        "escalate": {"text": "Too much for me."},
        "resolve": {"disposition": "safe_to_continue", "text": "We spoke."},
        "dismiss": {"reason": "Raised twice."},
    }
    step = stage.chance.choice(sorted(bodies))
    match = None if step == "contact" else one["version"]
    await stage.act(person, "POST", f"/flags/{one['id']}/{step}", bodies[step], match=match)


async def consent(stage: Stage) -> None:
    """Publish, retire, sign, record on paper or withdraw."""
    admin, patient = stage.people["admin"], stage.any("patient", "other_patient")
    document = await stage.a(admin, "/consent-documents")
    step = stage.chance.choice(["publish", "retire", "sign", "sign", "paper", "withdraw"])
    if document is None or step == "publish":
        texts = [{"language": "en", "title": "Consent", "text": f"Text {stage.chance.random()}."}]
        purpose = stage.chance.choice(["treatment", "research"])
        await stage.act(admin, "POST", "/consent-documents", {"purpose": purpose, "texts": texts})
    elif step == "retire":
        path = f"/consent-documents/{document['id']}/retire"
        await stage.act(admin, "POST", path, match=document["version"])
    elif step == "withdraw":
        person = stage.any("patient", "other_patient", "therapist")
        if one := await stage.a(person, "/consents"):
            await stage.act(person, "POST", f"/consents/{one['id']}/withdraw", match=one["version"])
    else:
        body = named(await admin.get(f"/consent-documents/{document['id']}"))
        if step == "sign":
            await stage.act(patient, "POST", "/consents", body)
        else:
            at = (stage.world.api.clock() - timedelta(minutes=1)).isoformat()
            path = f"/patients/{patient.actor.patient_id}/consents"
            await stage.act(stage.any("therapist", "second"), "POST", path, {**body, "signed_at": at})


async def report(stage: Stage) -> None:
    """Designate, report, handle or hand over: those who may read a report come and go."""
    admin = stage.people["admin"]
    step = stage.chance.choice(["designate", "report", "report", "hand_over", "hand_over", "handle"])
    if step == "designate":
        present = await admin.get("/clinic/safeguarding")
        lead, deputy = stage.chance.sample(["second", "supervisor", "stranger", "prescriber"], 2)
        body = {"lead_id": stage.people[lead].id, "deputy_id": stage.people[deputy].id, "outside_contact": "555 0190"}
        await stage.act(admin, "PUT", "/clinic/safeguarding", body, match=present["version"])
    elif step == "report":
        about = [stage.any(*STAFF, "stranger").id]
        about_touch: Json = {"about": "touch", "text": TEXT, "named_account_ids": about}
        await stage.act(stage.any("patient", "other_patient", "therapist", "second"), "POST", _REPORTS, about_touch)
    else:
        person = stage.any("second", "supervisor", "stranger", "prescriber")
        one = await stage.a(person, _REPORTS, place=stage.chance.choice(["lead", "deputy"]))
        if one is not None and step == "hand_over":
            await stage.act(person, "POST", f"{_REPORTS}/{one['id']}/hand-over", match=one["version"])
        elif one is not None:
            await stage.act(person, "PATCH", f"{_REPORTS}/{one['id']}", {"handling": "Read."}, match=one["version"])


_REPORTS = "/safeguarding-reports"


async def of_clinic(stage: Stage) -> None:
    """Change what everybody of the clinic sees, or all of its staff."""
    admin = stage.people["admin"]
    step = stage.chance.choice(["template", "retire", "shift", "withdraw", "strategy", "container", "clinic", "policy"])
    if step == "template":
        await stage.act(admin, "POST", "/note-templates", {"title": "Check-in", "sections": SECTIONS})
    elif step == "retire":
        if one := await stage.a(admin, "/note-templates", state="active"):
            await stage.act(admin, "POST", f"/note-templates/{one['id']}/retire", match=one["version"])
    elif step == "shift":
        body = {"account_id": stage.any(*STAFF).id, "rank": "primary", "first_on": "2026-11-20", **ALL_DAYS}
        await stage.act(admin, "POST", "/shifts", body)
    elif step == "withdraw":
        if one := await stage.a(admin, "/shifts"):
            await stage.act(admin, "POST", f"/shifts/{one['id']}/withdraw", match=one["version"])
    elif step == "strategy":
        await stage.act(stage.any("therapist", "second"), "POST", "/strategy-library", _STRATEGY)
    elif step == "container":
        await stage.act(admin, "POST", "/custody-containers", {**LABEL, "opening_amount": 10})
    elif step == "policy":
        clinic = await admin.get("/clinic")
        value = 1 - clinic["policies"]["prescribers_read_prose"]
        body = {"policies": {"prescribers_read_prose": value}}
        await stage.act(admin, "PATCH", "/clinic", body, match=clinic["version"])
    else:
        clinic = await admin.get("/clinic")
        await stage.act(admin, "PATCH", "/clinic", {"name": f"House {stage.chance.random()}"}, match=clinic["version"])


_STRATEGY: Json = {
    "category": "movement_exercise",
    "title": "Walk",
    "description": "Around the lake.",
    "if_cue": "If it is loud",
    "then_action": "then I go out.",
}


async def group(stage: Stage) -> None:
    """Plan a session of both charts, or bring somebody back whose session was cancelled."""
    person = stage.any("therapist", "second")
    one = await stage.a(person, "/group-sessions")
    if one is None or stage.chance.random() < 0.4:
        at = (stage.world.api.clock() + timedelta(hours=1)).isoformat()
        facts = {"phase": "integration", "modality": "in_person", "planned_start_at": at}
        await stage.act(person, "POST", "/group-sessions", {**facts, "patient_ids": stage.charts})
        return
    body = {"patient_id": stage.chance.choice(stage.charts)}
    await stage.act(person, "POST", f"/group-sessions/{one['id']}/members", body)


async def of_chart(stage: Stage) -> None:
    """Write, or take back, one of the things that everybody of a chart sees."""
    person, patient = stage.any("therapist", "second"), stage.any("patient", "other_patient")
    chart, now = stage.chance.choice(stage.charts), stage.world.api.clock()
    at = (now - timedelta(minutes=1)).isoformat()
    made: dict[str, tuple[Person, str, Json]] = {
        "order": (stage.people["prescriber"], "/orders", order_body(stage.world, chart)),
        "disclosure": (person, "/disclosures", {"patient_id": chart, "basis": "court", "disclosed_at": at, **_WORDS}),
        "record_request": (patient, "/record-requests", _own(patient)),
        "check_in": (patient, "/check-ins", {"answers": {"ci.safety": stage.chance.choice(["safe", "not_sure"])}}),
        "home_count": (patient, "/home-counts", {**_own(patient), "counted_mg": 50, "counted_at": at}),
        "lab_result": (person, "/lab-results", {"patient_id": chart, "taken_at": at, **_LIVER}),
        "goal": (patient, "/goals", {**_own(patient), "title": "Out", "levels": LEVELS}),
    }
    step = stage.chance.choice([*made, "withdraw", "withdraw", "rate", "amendment", "extend"])
    if step in made:
        who, path, body = made[step]
        await stage.act(who, "POST", path, body)
    elif step == "withdraw":
        path = stage.chance.choice(
            ["/disclosures", "/adverse-events", "/goals", "/orders", "/lab-results", "/shared-summaries"]
        )
        who = stage.people["prescriber"] if path == "/orders" else person
        if one := await stage.a(who, path):
            await stage.act(who, "POST", f"{path}/{one['id']}/withdraw", REASON, match=one["version"])
    elif step == "rate":
        if one := await stage.a(patient, "/goals"):
            await stage.act(patient, "POST", f"/goals/{one['id']}/ratings", {"level": 1, "rated_at": at})
    elif step == "extend":
        if one := await stage.a(patient, "/record-requests"):
            await stage.act(person, "POST", f"/record-requests/{one['id']}/extend", REASON, match=one["version"])
    elif one := await stage.a(patient, "/notes"):
        await stage.act(patient, "POST", f"/notes/{one['id']}/amendment-requests", {"text": "Wrong.", **REASON})


_LIVER: Json = {"analyte": "alt", "value": 34, "upper_limit": 40}
_WORDS: Json = dict.fromkeys(("recipient", "address", "content", "purpose"), "The court")


def _own(patient: Person) -> Json:
    return {"patient_id": str(patient.actor.patient_id)}


async def sum_up(stage: Stage) -> None:
    """Begin a summary of a session, or change one as either side, so that both endorsements end."""
    person = stage.any("therapist", "second", "patient", "other_patient")
    one = await stage.a(person, "/shared-summaries")
    if one is not None and stage.chance.random() < 0.5:
        text = {"text": f"The lake, {stage.chance.random()}."}
        await stage.act(person, "PATCH", f"/shared-summaries/{one['id']}", text, match=one["version"])
    elif found := await stage.a(person, "/sessions"):
        about = {"patient_id": found["patient_id"], "session_id": found["id"], "title": "Both", "text": "The lake."}
        await stage.act(person, "POST", "/shared-summaries", about)


async def of_dosing(stage: Stage) -> None:
    """Write about a dosing session: each kind has the id of the session."""
    person = stage.any("therapist", "second")
    sessions = await person.get("/sessions", params={"limit": 100})
    dosing = [one for one in sessions["items"] if one["phase"] == "dosing" and one["state"] == "in_progress"]
    if not dosing:
        return
    path = f"/sessions/{stage.chance.choice(dosing)['id']}"
    now, step = (
        stage.world.api.clock(),
        stage.chance.choice(["vital", "event", "assessment", "remote", "rems-form", "dose", "capture-link"]),
    )
    if step == "vital":
        readings = {"items": [reading("spo2", 98, now - timedelta(minutes=1))]}
        await stage.act(person, "POST", f"{path}/vitals", readings)
    elif step == "event":
        await stage.act(person, "POST", f"{path}/adverse-events", EVENT)
    elif step == "dose":
        body = {"route": "im", "amount": 50, "weight_kg": 70, "given_while_held": True}
        await stage.act(person, "POST", f"{path}/doses", body)
    elif step == "capture-link":
        await stage.act(person, stage.chance.choice(["POST", "POST", "DELETE"]), f"{path}/capture-link")
    else:
        concern: Json = {"decision": "concern", "reasons": ["sleep_loss"]}
        written = {"assessment": concern, "remote": RECORD, "rems-form": ANSWERS}[step]
        read = await person.send("GET", f"{path}/{step}")  # a session without esketamine has no form
        if read.is_success:
            await stage.act(person, "PUT", f"{path}/{step}", written, match=read.json()["version"])


async def attach(stage: Stage) -> None:
    """Attach a file to an entry or a note, and delete it again: told as what it is attached to."""
    patient = stage.any("patient", "other_patient")
    if one := await stage.a(patient, "/reflections"):
        path = f"/reflections/{one['id']}/attachments"
        announced = await stage.act(patient, "POST", path, attachments.facts(attachments.png()))
        if "id" in announced and stage.chance.random() < 0.5:
            await stage.act(patient, "DELETE", f"/attachments/{announced['id']}", match=announced["version"])


async def export(stage: Stage) -> None:
    """Ask for an export, which nobody else is told of."""
    patient = stage.any("patient", "other_patient")
    exports.prove(patient)
    await stage.act(patient, "POST", "/me/exports", {})


async def one_of_each_more(stage: Stage) -> None:
    """Make one of each further kind, in a dosing session of the first chart and beside it."""
    people, chart, world = stage.people, stage.charts[0], stage.world
    admin, therapist, prescriber, patient = (people[name] for name in ("admin", "therapist", "prescriber", "patient"))
    clinic = await admin.get("/clinic")
    await admin.patch("/clinic", {"policies": WITHOUT_WINDOWS}, clinic["version"])
    given_at = (world.api.clock() - timedelta(hours=20)).isoformat()
    done = await arcs.dosed(therapist, chart, prescriber, given_at=given_at)
    begun = await ready_session(therapist, chart, prescriber)
    path = f"/sessions/{begun['id']}"
    await therapist.put(f"{path}/remote", RECORD, match=0)
    spray: Json = {"route": "intranasal_esketamine", "amount": 56, "devices": 2, "given_while_held": True}
    await dose(therapist, begun, **spray)
    await therapist.put(f"{path}/rems-form", ANSWERS, match=0)
    await therapist.post(f"{path}/capture-link")
    await therapist.put(f"{path}/assessment", {"decision": "concern", "reasons": ["sleep_loss"]}, match=0)
    await therapist.post(f"{path}/vitals", {"items": [reading("spo2", 98, world.api.clock())]}, expect=200)
    await therapist.post(f"{path}/adverse-events", EVENT)
    await arcs.checked_in(patient, arc_window_id=(await arcs.windows(patient, session_id=done["id"]))["t24"]["id"])
    await prescriber.post("/orders", order_body(world, chart))
    box = await admin.post("/custody-containers", {**LABEL, "opening_amount": 10})
    given = {"patient_id": chart, "amount": 2, "days_supply": 14}
    await therapist.post(f"/custody-containers/{box['id']}/dispense", given)
    counted = {"patient_id": chart, "counted_mg": 100, "counted_at": world.api.clock().isoformat()}
    await patient.post("/home-counts", counted)
    await therapist.post("/lab-results", {"patient_id": chart, "taken_at": world.api.clock().isoformat(), **_LIVER})
    note = await notes.signed_note(therapist, chart)
    await patient.post(f"/notes/{note['id']}/amendment-requests", {"text": "Wrong.", **REASON})
    await patient.post("/record-requests", {"patient_id": chart})
    await summary(therapist, chart, begun["id"])
    outside, permission = await outside_therapist(world), await consent_to_sharing(world, patient)
    await prescriber.post("/split-care-agreements", agreement_body(world, chart, outside, permission))
    told = {"patient_id": chart, "basis": "court", "disclosed_at": world.api.clock().isoformat(), **_WORDS}
    await therapist.post("/disclosures", told)
    await therapist.post("/flags", {"patient_id": chart, "severity": "high", "text": "An invented sentence."})
    await patient.post("/consents", named(await published(admin, "treatment")))
    await patient.post("/me/exports", {}, expect=202)
    await admin.post("/note-templates", {"title": "Check-in", "sections": SECTIONS})
    shift = {"account_id": therapist.id, "rank": "primary", "first_on": "2026-11-20", **ALL_DAYS}
    await admin.post("/shifts", shift)
    await therapist.post("/strategy-library", _STRATEGY)
    await admin.post("/instruments", instruments.wording())
    await admin.put("/clinic/protocol", {"steps": [arcs.STEP]}, match=0)
    lead = {"lead_id": people["supervisor"].id, "deputy_id": people["second"].id, "outside_contact": "555 0190"}
    await admin.put("/clinic/safeguarding", lead, match=0)
    await patient.post(_REPORTS, {"about": "touch", "text": TEXT, "named_account_ids": [therapist.id]})


async def begin(stage: Stage) -> None:
    """Make one of each kind, so that no list is empty, whatever the chance."""
    await one_of_each_more(stage)
    await feed_stage.come_after(stage)
    await stage.watch()


STEPS: list[Step] = [
    *feed_stage.STEPS,
    *[flag, consent, report, of_chart] * 3,
    *[of_clinic, of_dosing, group, attach, export, sum_up],
]
WRITTEN_BY: Mapping[ChangeKind, tuple[Step, ...] | str] = {
    ChangeKind.CHART: (feed_stage.change_team,),
    ChangeKind.PATIENT: (feed_stage.care,),
    ChangeKind.CARE_TEAM: (feed_stage.change_team,),
    ChangeKind.COURSE: (feed_stage.care,),
    ChangeKind.SESSION: (feed_stage.care, group),
    ChangeKind.READINESS: "a hold and its release are its only changes; one_of_each_more writes both sessions' answers",
    ChangeKind.ORDER: (of_chart,),
    ChangeKind.DOSE: (of_dosing,),
    ChangeKind.CONSENT: (consent,),
    ChangeKind.VITALS: (of_dosing,),
    ChangeKind.ADVERSE_EVENT: (of_dosing, of_chart),
    ChangeKind.ASSESSMENT: (of_dosing,),
    ChangeKind.DISCHARGE: "one discharge ends a session, so one_of_each_more writes it",
    ChangeKind.REMS_FORM: (of_dosing,),
    ChangeKind.REMOTE_SESSION: (of_dosing,),
    ChangeKind.CAPTURE_LINK: (of_dosing,),
    ChangeKind.CUSTODY_CONTAINER: (of_clinic,),
    ChangeKind.HOME_SUPPLY: (of_chart,),
    ChangeKind.HOME_COUNT: (of_chart,),
    ChangeKind.LAB_RESULT: (of_chart,),
    ChangeKind.MEDICINE: (feed_stage.care,),
    ChangeKind.NOTE: (feed_stage.write_note, feed_stage.change_note),
    ChangeKind.AMENDMENT_REQUEST: (of_chart,),
    ChangeKind.RECORD_REQUEST: (of_chart,),
    ChangeKind.DISCLOSURE: (of_chart,),
    ChangeKind.PSYCHOTHERAPY_NOTE: (feed_stage.write_apart,),
    ChangeKind.SAFEGUARDING_REPORT: (report,),
    ChangeKind.REFLECTION: (feed_stage.reflect, feed_stage.change_reflection, feed_stage.come_after, attach),
    ChangeKind.GOAL: (feed_stage.care, of_chart),
    ChangeKind.PLAN: (feed_stage.change_plan,),
    ChangeKind.PRACTICE: (feed_stage.change_plan,),
    ChangeKind.SAFETY_PLAN: (feed_stage.care,),
    ChangeKind.SPLIT_CARE: "made and ended once, for all of the chart; one_of_each_more writes one",
    ChangeKind.SHARED_SUMMARY: (sum_up, of_chart),
    ChangeKind.MEASURE_RESPONSE: (feed_stage.answer,),
    ChangeKind.ARC_WINDOW: "a completed dose opens them and a check-in answers one: one_of_each_more does both",
    ChangeKind.CHECK_IN: (of_chart,),
    ChangeKind.FLAG: (flag,),
    ChangeKind.WORKLIST: (feed_stage.change_note, feed_stage.change_reflection),
    ChangeKind.INBOX: (feed_stage.change_plan,),
    ChangeKind.NOTICE: (feed_stage.change_team, report),
    ChangeKind.EXPORT: (export,),
    ChangeKind.SHIFT: (of_clinic,),
    ChangeKind.ACCOUNT: (feed_stage.change_account,),
    ChangeKind.CLINIC: (of_clinic, report),
    ChangeKind.STRATEGY_LIBRARY: (of_clinic,),
    ChangeKind.CONSENT_DOCUMENT: (consent,),
    ChangeKind.NOTE_TEMPLATE: (of_clinic,),
    ChangeKind.INSTRUMENT: "an addition is never changed, and all of the clinic see it; one_of_each_more writes one",
    ChangeKind.ARC_PROTOCOL: "it has no audience but the clinic; one_of_each_more writes it",
}
"""The steps that write each kind, or why no step does."""
