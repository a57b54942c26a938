"""Search finds adverse events, medicines and the safety plan of a chart, as far as they stand."""

from integration_api.resources.views.search.schemas import FoundKind
from tests.factories.adverse_events import adverse_event
from tests.support import Json, Person, World

STEPS: Json = {
    "warning_signs": ["Staring at the fir"],
    "internal_coping": ["Count ginkgo leaves"],
    "distraction": [{"name": "The hazel park"}],
    "people_to_ask": [{"name": "Aunt Juniper", "phone": "+1 555 0142"}],
    "professionals": [{"name": "Larch House", "hours": "Maple days"}],
    "means_safety": ["The oak box stays locked"],
    "reason_for_living": "My poplar trees",
}
KINDS = [FoundKind.ADVERSE_EVENT, FoundKind.MEDICINE, FoundKind.SAFETY_PLAN]


async def search(person: Person, patient_id: str, words: str, expect: int = 200) -> list[Json]:
    body = {"words": words, "kinds": KINDS}
    found = await person.post(f"/patients/{patient_id}/search", body, expect=expect)
    return [] if expect != 200 else list(found["items"])


async def test_each_is_found_by_any_of_its_texts_and_by_everybody_of_the_chart(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    patient_id = world.chart_id(patient)
    texts: Json = {"text": "A spell by the alder.", "action": "Sat under a birch.", "treatment": "Cedar tea."}
    event = await adverse_event(therapist, patient_id, **texts)
    body = {"patient_id": patient_id, "name": "Dogwood drops", "kind": "supplement", "dose": "one elder spoon"}
    medicine = await patient.post("/medicines", body)
    plan = await patient.post("/safety-plans", {"patient_id": patient_id, "after_number": 0, **STEPS})
    expected = {
        event["id"]: ("adverse_event", event["session_id"], "alder birch cedar"),
        medicine["id"]: ("medicine", None, "dogwood elder"),
        plan["id"]: ("safety_plan", None, "fir ginkgo hazel juniper 0142 larch maple oak poplar"),
    }
    for person in (therapist, patient):
        for thing_id, (kind, session_id, words) in expected.items():
            for word in (*words.split(), words):
                found = [(one["id"], one["kind"], one["session_id"]) for one in await search(person, patient_id, word)]
                assert found == [(thing_id, kind, session_id)], word
    await search(await world.therapist(), patient_id, "alder", expect=404)
    assert await search(therapist, patient_id, "nausea supplement") == []


async def test_what_was_withdrawn_or_replaced_is_not_found(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    patient_id = world.chart_id(patient)
    event = await adverse_event(therapist, patient_id, text="alder")
    body = {"patient_id": patient_id, "name": "Alder drops", "kind": "supplement"}
    medicine = await therapist.post("/medicines", body)
    steps = {**STEPS, "warning_signs": ["Alder leaves"]}
    plans = [
        await patient.post("/safety-plans", {"patient_id": patient_id, "after_number": number, **steps})
        for number in (0, 1)
    ]
    found = {one["id"]: one["state"] for one in await search(therapist, patient_id, "alder")}
    assert found.keys() == {event["id"], medicine["id"], plans[1]["id"]}
    for path in (f"/adverse-events/{event['id']}", f"/medicines/{medicine['id']}"):
        await therapist.post(f"{path}/withdraw", {"reason": "Of somebody else"}, expect=200, match=1)
    assert [one["id"] for one in await search(therapist, patient_id, "alder")] == [plans[1]["id"]]
