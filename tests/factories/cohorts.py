"""People who are dosed and answer, for numbers over a clinic."""

from datetime import timedelta

from tests.factories.doses import dosed_session
from tests.factories.measure_responses import answered, answers
from tests.factories.windows import WITHOUT_WINDOWS
from tests.support import Json, Person, World, enter_again

PATH = "/clinic/outcomes"


def score_of(value: int) -> Json:
    """Answers to the PHQ-9 with this total."""
    return answers([min(3, max(0, value - 3 * place)) for place in range(9)])


async def cohort(
    world: World, befores: list[int], *, policies: dict[str, int] | None = None
) -> tuple[Person, list[str]]:
    """A therapist, and a chart for each score before a first dose of this moment."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {**WITHOUT_WINDOWS, **(policies or {})}}, clinic["version"])
    therapist = await world.therapist()
    charts = []
    for value in befores:
        chart = (await therapist.post("/patients", {"name": "Rowan Sample"}))["id"]
        at = (world.api.clock() - timedelta(days=2)).isoformat()
        await answered(therapist, chart, answers=score_of(value), completed_at=at)
        await dosed_session(therapist, chart)
        charts.append(chart)
    return therapist, charts


async def later(world: World, *people: Person, **by: float) -> None:
    """Let time pass, and let these sign in anew."""
    world.api.clock.advance(**by)
    for person in (*people, world.admin):
        await enter_again(person)


async def then(therapist: Person, charts: list[str], values: list[int | None]) -> list[Json]:
    """Answers of this moment, of those who have a value."""
    return [
        await answered(therapist, chart, answers=score_of(value))
        for chart, value in zip(charts, values, strict=True)
        if value is not None
    ]


async def outcomes(person: Person, **params: object) -> Json:
    found: Json = await person.get(PATH, params=params)
    return found


def of_phq9(found: Json, at: str) -> tuple[int | None, Json]:
    """The people with a baseline, and one point of the PHQ-9."""
    [one] = [one for one in found["instruments"] if one["instrument_id"] == "phq9"]
    return one["with_baseline"], next(each for each in one["points"] if each["at"] == at)
