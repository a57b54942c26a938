"""A trajectory shows exactly the scores that the list of answers shows to the same reader, whatever was done before."""

from datetime import timedelta
from random import Random

import pytest

from tests.factories.measure_responses import answered, answers
from tests.support import Json, Person, World

pytestmark = pytest.mark.thorough

SIZES = {"phq9": 9, "gad7": 7, "who5": 5, "wsas": 5, "pcl5": 20}
Shown = set[tuple[str, str, float]]


async def listed(person: Person, chart: str) -> Shown:
    """Every number of every page of completed answers that stand."""
    found: Shown = set()
    cursor = None
    while True:
        params = {"patient_id": chart, "state": "completed", "limit": 10, **({"cursor": cursor} if cursor else {})}
        page = await person.get("/measure-responses", params=params)
        for one in page["items"]:
            for score in one["scores"]:
                if isinstance(score["value"], int | float) and not isinstance(score["value"], bool):
                    found.add((one["id"], score["id"], score["value"]))
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def drawn(person: Person, chart: str) -> Shown:
    """Every point of the trajectory."""
    whole = await person.get(f"/patients/{chart}/trajectory")
    assert not any(whole["cut"].values())
    points = [(one["score_id"], point) for one in whole["series"] for point in one["points"]]
    assert [point["at"] for one in whole["series"] for point in one["points"]] == [
        point["at"] for one in whole["series"] for point in sorted(one["points"], key=lambda point: str(point["at"]))
    ]
    return {(point["response_id"], score_id, point["value"]) for score_id, point in points}


async def act(random: Random, therapist: Person, patient: Person, chart: str, made: list[tuple[Person, Json]]) -> None:
    """Answer, begin, complete, correct or withdraw something."""
    person = random.choice((therapist, patient))
    whose = chart if person is therapist else None
    standing = [one for by, one in made if by is person and one["state"] == "completed"]
    drafts = [one for by, one in made if by is person and one["state"] == "draft"]
    instrument = random.choice(list(SIZES))
    given = [random.randint(0, 3) for _ in range(SIZES[instrument] - random.choice((0, 0, 0, 1, 3)))]
    at = (person.api.clock() - timedelta(days=random.randint(0, 300))).isoformat()
    match random.choice(("answer", "answer", "draft", "complete", "correct", "withdraw")):
        case "answer" | "draft" as kind:
            facts: Json = {"state": "draft"} if kind == "draft" else {"completed_at": at}
            body: Json = {"instrument_id": instrument, "answers": answers(given, instrument)}
            made.append((person, await answered(person, whose, **body, **facts)))
        case "complete" if drafts:
            one = random.choice(drafts)
            path = f"/measure-responses/{one['id']}/complete"
            one.update(await person.post(path, {"completed_at": at}, match=one["version"], expect=200))
        case "correct" if standing:
            one = random.choice(standing)
            body = {"instrument_id": one["instrument_id"], "answers": one["answers"]}
            body |= {"corrects_id": one["id"], "correction_reason": "One line too low."}
            made.append((person, await answered(person, whose, **body)))
            one["state"] = "gone"
        case "withdraw" if standing and person is therapist:
            one = random.choice(standing)
            path = f"/measure-responses/{one['id']}/withdraw"
            await person.post(path, {"reason": "Of another patient."}, match=one["version"], expect=200)
            one["state"] = "gone"


@pytest.mark.parametrize("seed", range(4))
async def test_a_trajectory_shows_what_the_list_shows(world: World, seed: int) -> None:
    random = Random(seed)
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    made: list[tuple[Person, Json]] = []
    for _ in range(3):
        for _ in range(10):
            await act(random, therapist, patient, chart, made)
        for person in (therapist, patient):
            assert await drawn(person, chart) == await listed(person, chart)
    assert len(await drawn(patient, chart)) > 5
