"""Readiness before a dose, and the holds that follow from it."""

import pytest

from integration_api.access.actor import Role
from integration_api.resources.care.readiness.checklist import CONTRAINDICATIONS, ITEMS
from tests.factories.care_teams import join
from tests.factories.notes import supervisor_of
from tests.factories.readiness import AT_HOME, READY, answer, clear, dosing_session, holds_of
from tests.factories.sessions import move, session
from tests.support import Api, Json, Person, World


async def clinic(world: World) -> tuple[Person, Person, str]:
    """A therapist, a prescriber on the care team, and the chart."""
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    chart = world.chart_id(await world.patient_of(therapist))
    await join(therapist, chart, prescriber)
    return therapist, prescriber, chart


async def release(person: Person, hold: Json, expect: int = 200, match: int = 1) -> Json:
    path = f"/sessions/{hold['session_id']}/holds/{hold['id']}/release"
    answered: Json = await person.post(path, {"reason": "Ward nurse escorts."}, match=match, expect=expect)
    return answered


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/sessions/{'0' * 8}-0000-7000-8000-{'0' * 12}/readiness")).status_code == 401


async def test_a_check_is_blank_until_somebody_answers(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await session(therapist, chart, phase="dosing")
    blank = await therapist.get(f"/sessions/{made['id']}/readiness")
    assert (blank["id"], blank["version"], blank["state"], blank["updated_by_id"]) == (made["id"], 0, "open", None)
    assert {item["status"] for item in blank["items"].values()} == {"unknown"}
    assert blank["items"].keys() == ITEMS.keys()
    assert blank["contraindications"].keys() == CONTRAINDICATIONS.keys()
    assert blank["contraindications"]["hypersensitivity"] == {
        "kind": "contraindicated",
        "source": "esketamine label [onc]",
        "status": "unknown",
        "answered_at": None,
        "answered_by_id": None,
        "by_prescriber": False,
        "note": None,
    }
    assert {*AT_HOME}.isdisjoint(blank["unmet"])
    assert await holds_of(therapist, made) == []


async def test_a_session_at_home_asks_for_more(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await session(therapist, chart, phase="dosing", modality="telehealth")
    blank = await therapist.get(f"/sessions/{made['id']}/readiness")
    assert {*AT_HOME} <= {*blank["unmet"]}


async def test_answers_make_a_session_ready(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    path = f"/sessions/{made['id']}/readiness"
    ready = await prescriber.patch(path, READY, 0)
    assert (ready["state"], ready["version"], ready["unmet"]) == ("ready", 1, [])
    assert ready["items"]["rd.escort"]["answered_by_id"] == prescriber.id
    assert await therapist.get(path) == ready
    await therapist.patch(path, READY, 0, expect=412)


async def test_an_answer_is_changed_alone_and_can_be_taken_back(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    first = await answer(
        therapist, made, 0, escort={"status": "met", "confirmed": True, "name": "Ash"}, screen={"status": "met"}
    )
    second = await answer(
        therapist, made, 1, escort={"status": "met", "confirmed": True, "phone": "555 0100"}, screen=None
    )
    assert (second["items"]["rd.escort"]["name"], second["items"]["rd.escort"]["phone"]) == ("Ash", "555 0100")
    assert second["items"]["rd.escort"]["answered_at"] > first["items"]["rd.escort"]["answered_at"]
    assert second["items"]["rd.screen"]["status"] == "unknown"
    third = await answer(therapist, made, 2, fasting={"status": "met"})
    assert third["items"]["rd.escort"] == second["items"]["rd.escort"]


async def test_an_unmet_item_opens_a_hold_and_closes_its_own(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    held = await answer(therapist, made, 0, escort={"status": "not_met"})
    assert held["state"] == "held"
    [hold] = await holds_of(therapist, made)
    assert (hold["item"], hold["rule"], hold["decided_at"]) == ("rd.escort", "R23", None)
    again = await answer(therapist, made, 1, fasting={"status": "met"})
    assert again["state"] == "held"
    met = await answer(therapist, made, 2, escort={"status": "met", "confirmed": True})
    assert met["state"] == "open"
    assert await holds_of(therapist, made) == []
    [closed] = await holds_of(therapist, made, "met")
    assert (closed["id"], closed["decided_by_id"]) == (hold["id"], None)


@pytest.mark.parametrize(
    ("items", "lines", "wanted"),
    [
        ({"rd.clearance": {"status": "unknown"}}, {}, ("rd.clearance", "R21")),
        ({"rd.consent": {"status": "not_met"}}, {}, ("rd.consent", "R21")),
        ({}, {"hypersensitivity": {"status": "present"}}, ("hypersensitivity", "R21")),
        ({}, {"hypersensitivity": {"status": "unknown"}}, ("hypersensitivity", "R21")),
        ({"rd.pregnancy": {"status": "not_met", "pregnancy": "possible"}}, {}, ("rd.pregnancy", "R22")),
        ({"rd.pregnancy": {"status": "not_met", "pregnancy": "declined"}}, {}, ("rd.pregnancy", "R23")),
        ({"rd.vitals": {"status": "not_met"}}, {}, ("rd.vitals", "R23")),
        ({"rd.substances_24h": {"status": "met", "substances": ["alcohol"]}}, {}, ("rd.medicines", "R24")),
        ({}, {"sleep_apnoea": {"status": "present"}}, ("rd.medicines", "R24")),
        (
            {"rd.weight": {"status": "met", "weight_kg": 70, "measured_on": "2026-09-01"}},
            {},
            ("rd.weight", "R17"),
        ),
        (
            {"rd.fasting": {"status": "met", "food_at": "2099-11-20T14:00:00Z"}},
            {},
            ("rd.fasting", "R23"),
        ),
    ],
)
async def test_the_rules_that_hold_a_dose(world: World, items: Json, lines: Json, wanted: tuple[str, str]) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    path = f"/sessions/{made['id']}/readiness"
    await prescriber.patch(path, READY, 0)
    held = await therapist.patch(path, {"items": items, "contraindications": lines}, 1)
    assert held["state"] == "held"
    assert [(hold["item"], hold["rule"]) for hold in await holds_of(therapist, made)] == [wanted]


async def test_a_caution_holds_nothing(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    lines = {**READY["contraindications"], "glaucoma": {"status": "present", "note": "Treated."}}
    ready = await prescriber.patch(f"/sessions/{made['id']}/readiness", {**READY, "contraindications": lines}, 0)
    assert (ready["state"], ready["contraindications"]["glaucoma"]["note"]) == ("ready", "Treated.")


async def test_medicines_reviewed_after_the_substances_lift_their_hold(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    taken = {"status": "met", "substances": ["opioid", "cannabis"]}
    held = await answer(therapist, made, 0, substances_24h=taken)
    assert held["state"] == "held"
    await answer(therapist, made, 1, medicines={"status": "met", "reviewed_by": "Dr. Orr"})
    assert await holds_of(therapist, made) == []


async def test_a_prescriber_releases_a_hold_with_a_reason(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    await clear(therapist, made, 0, prescriber, escort={"status": "not_met"})
    [hold] = await holds_of(therapist, made)
    await release(therapist, hold, 403)
    await release(await world.staff(Role.PRESCRIBER), hold, 404)
    await release(prescriber, hold, 412, match=7)
    other = await dosing_session(therapist, chart)
    await release(prescriber, {**hold, "session_id": other["id"]}, 404)
    released = await release(prescriber, hold)
    assert (released["state"], released["decided_by_id"]) == ("released", prescriber.id)
    assert released["reason"] == "Ward nurse escorts."
    assert (await release(prescriber, hold, 409, match=2))["code"] == "hold-closed"
    check = await therapist.get(f"/sessions/{made['id']}/readiness")
    assert (check["state"], check["unmet"]) == ("released", ["rd.escort"])


async def test_a_release_covers_the_answer_that_it_was_made_for(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    await answer(therapist, made, 0, escort={"status": "not_met"})
    [hold] = await holds_of(therapist, made)
    await release(prescriber, hold)
    await answer(therapist, made, 2, fasting={"status": "met"})
    assert await holds_of(therapist, made) == []
    worse = await answer(therapist, made, 3, escort={"status": "not_met", "note": "Will drive alone."})
    assert worse["state"] == "held"
    assert len(await holds_of(therapist, made)) == 1


@pytest.mark.parametrize(
    ("item", "body", "field", "code"),
    [
        ("rd.fasting", {"status": "met", "weight_kg": 70}, "weight_kg", "not_of_item"),
        ("rd.clearance", {"status": "not_applicable"}, "status", "always_applies"),
        ("rd.weight", {"status": "met", "weight_kg": 70}, "measured_on", "missing"),
        ("rd.substances_24h", {"status": "met"}, "substances", "missing"),
        ("rd.pregnancy", {"status": "met"}, "pregnancy", "missing"),
        ("rd.pregnancy", {"status": "met", "pregnancy": "confirmed"}, "status", "contradicts"),
        ("rd.escort", {"status": "met", "name": "Ash"}, "confirmed", "missing"),
        ("rd.escort", {"status": "met", "confirmed": False}, "confirmed", "missing"),
        ("rd.medicines", {"status": "met"}, "reviewed_by", "missing"),
        ("rd.observer", {"status": "met", "name": "Ash"}, "phone", "missing"),
        ("rd.emergency_address", {"status": "met"}, "note", "missing"),
        ("rd.weight", {"status": "met", "weight_kg": 70, "measured_on": "2099-01-01"}, "measured_on", "in_future"),
    ],
)
async def test_answers_that_do_not_fit_are_refused(world: World, item: str, body: Json, field: str, code: str) -> None:
    therapist, _, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    refused = await therapist.patch(f"/sessions/{made['id']}/readiness", {"items": {item: body}}, 0, expect=422)
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [(f"body.items.{item}.{field}", code)]


async def test_unknown_items_are_refused_unnamed(world: World) -> None:
    therapist, _, chart = await clinic(world)
    path = f"/sessions/{(await dosing_session(therapist, chart))['id']}/readiness"
    for body in ({"items": {"rd.luck": {"status": "met"}}}, {"contraindications": {"luck": {"status": "absent"}}}):
        refused = await therapist.patch(path, body, 0, expect=422)
        assert "luck" not in str(refused)


async def test_only_a_dosing_session_that_is_not_over_is_answered(world: World) -> None:
    therapist, _, chart = await clinic(world)
    other = await session(therapist, chart)
    for refused in (
        await therapist.get(f"/sessions/{other['id']}/readiness", expect=409),
        await therapist.get(f"/sessions/{other['id']}/holds", expect=409),
        await therapist.patch(f"/sessions/{other['id']}/readiness", READY, 0, expect=409),
    ):
        assert refused["code"] == "not-dosing"
    over = await move(therapist, await session(therapist, chart, phase="dosing"), "cancel")
    refused = await therapist.patch(f"/sessions/{over['id']}/readiness", READY, 0, expect=409)
    assert refused["code"] == "session-closed"


async def test_who_reads_and_who_answers(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    supervisor, other = await supervisor_of(world, therapist, chart), await world.therapist()
    made = await dosing_session(therapist, chart)
    held = await answer(therapist, made, 0, escort={"status": "not_met"})
    path, holds = f"/sessions/{made['id']}/readiness", f"/sessions/{made['id']}/holds"
    assert await supervisor.get(path) == await patient.get(path) == held
    assert len((await supervisor.get(holds))["items"]) == 1
    await patient.get(holds, expect=403)
    for person, status in ((patient, 403), (supervisor, 403), (other, 404)):
        await person.patch(path, READY, 1, expect=status)
    await other.get(path, expect=404)
    await other.get(holds, expect=404)


async def test_answers_that_are_overwritten_stay_as_versions(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    first = await answer(therapist, made, 0, escort={"status": "met", "confirmed": True, "name": "Ash"})
    second = await answer(prescriber, made, 1, escort={"status": "not_met", "name": None})
    await answer(therapist, made, 2, escort=None)
    path = f"/sessions/{made['id']}/readiness/versions"
    kept = (await therapist.get(path))["items"]
    assert kept == [second, first]
    assert [one["items"]["rd.escort"]["answered_by_id"] for one in kept] == [prescriber.id, therapist.id]
    [latest] = (await prescriber.get(path, params={"limit": 1}))["items"]
    assert latest == second
    await (await world.therapist()).get(path, expect=404)
    await therapist.get(f"/sessions/{(await session(therapist, chart))['id']}/readiness/versions", expect=409)
