"""Plans, their strategies and practices for tests."""

from datetime import timedelta

from tests.support import Json, Person

WHOLE = {
    "category": "paced_breathing",
    "title": "Longer out than in",
    "if_cue": "If the evening gets loud",
    "then_action": "then I breathe out slowly for two minutes.",
}


async def plan(person: Person, patient_id: str, **facts: object) -> Json:
    """A draft in this chart that both sides see."""
    body = {
        "patient_id": patient_id,
        "is_shared": True,
        "title": "Quieter evenings",
        "aim": "I do not have to carry it alone.",
        **facts,
    }
    made: Json = await person.post("/plans", body)
    return made


async def strategy(person: Person, plan_id: str, version: int, **facts: object) -> Json:
    """A strategy with cue and action, added to the plan at this version."""
    made: Json = await person.post(f"/plans/{plan_id}/strategies", {**WHOLE, **facts}, match=version)
    return made


async def draft(person: Person, patient_id: str, **facts: object) -> Json:
    """A draft with one whole strategy, as a GET answers it."""
    made = await plan(person, patient_id, **facts)
    await strategy(person, made["id"], made["version"])
    found: Json = await person.get(f"/plans/{made['id']}")
    return found


async def proposed(person: Person, patient_id: str, **facts: object) -> Json:
    """A plan that this person has proposed."""
    return await step(person, await draft(person, patient_id, **facts), "propose")


async def active(proposer: Person, other: Person, patient_id: str, **facts: object) -> Json:
    """A plan that one side proposed and the other accepted."""
    made = await proposed(proposer, patient_id, **facts)
    return await step(other, made, "accept", {"revision": made["revision"]})


async def following(person: Person, agreed: Json, **facts: object) -> Json:
    """The draft of a next version of an agreed plan, with its strategies."""
    own = {name: agreed[name] for name in ("patient_id", "title", "aim")}
    made: Json = await person.post("/plans", {**own, "replaces_id": agreed["id"], **facts})
    return made


async def step(person: Person, of: Json, name: str, body: object = None, expect: int = 200) -> Json:
    """Take a step with the plan as it was read."""
    answer: Json = await person.post(f"/plans/{of['id']}/{name}", body, expect=expect, match=of["version"])
    return answer


async def practice(patient: Person, strategy_id: str, **facts: object) -> Json:
    """A use of a strategy an hour ago."""
    used_at = (patient.api.clock() - timedelta(hours=1)).isoformat()
    made: Json = await patient.post("/practices", {"strategy_id": strategy_id, "used_at": used_at, **facts})
    return made
