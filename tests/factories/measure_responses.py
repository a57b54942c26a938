"""Answers to instruments for tests."""

from tests.support import Json, Person

PHQ9 = [1, 2, 1, 2, 0, 1, 1, 0, 0]


def answers(numbers: list[int], instrument_id: str = "phq9") -> Json:
    """Answers by item, in the order of the instrument."""
    return {f"{instrument_id}.{number}": answer for number, answer in enumerate(numbers, start=1)}


async def answered(person: Person, chart: str | None = None, *, expect: int = 201, **facts: object) -> Json:
    """Answers to the PHQ-9, completed now unless `facts` say otherwise."""
    whose = {} if chart is None else {"patient_id": chart}
    body = {"instrument_id": "phq9", "answers": answers(PHQ9), **whose, **facts}
    made: Json = await person.post("/measure-responses", body, expect=expect)
    return made


async def screened(person: Person, chart: str) -> Json:
    """A suicide screen by staff that finds nothing, after which no flag that asks for one holds a dose."""
    nothing = {f"asq.{number}": "no" for number in range(1, 5)}
    return await answered(person, chart, instrument_id="asq", answers=nothing)
