"""Flags for tests."""

from integration_api.resources.attention.flags.flag_clock import FlagClock
from tests.support import Json, Person, World

TEXT = "An invented sentence."


async def by_hand(person: Person, chart: str, severity: str = "moderate", expect: int = 201, **facts: object) -> Json:
    """A flag that somebody raises by hand."""
    body = {"patient_id": chart, "severity": severity, "text": TEXT, **facts}
    made: Json = await person.post("/flags", body, expect=expect)
    return made


async def flags(person: Person, **only: object) -> list[Json]:
    """The flags that somebody sees, newest first."""
    found: list[Json] = (await person.get("/flags", params={"limit": 100, **only}))["items"]
    return found


async def raised(person: Person, **only: object) -> dict[str, str]:
    """The severity of the newest flag of each rule that somebody sees."""
    return {flag["rule"]: flag["severity"] for flag in reversed(await flags(person, **only))}


async def take(person: Person, flag: Json, step: str, body: Json | None = None, expect: int = 200) -> Json:
    """Take a step in the life of a flag, at the version that it has."""
    path = f"/flags/{flag['id']}/{step}"
    if step == "contact":
        facts = {"channel": "phone", "reached": "patient", "text": TEXT}
        done: Json = await person.post(path, {**facts, **(body or {})}, expect=expect)
        return done
    wanted: dict[str, Json] = {
        "acknowledge": {},
        "resolve": {"disposition": "safe_to_continue", "text": TEXT},
        "dismiss": {"reason": TEXT},
        "review": {"agrees": True},
        "escalate": {"text": TEXT},
    }
    moved: Json = await person.post(path, {**wanted[step], **(body or {})}, match=flag["version"], expect=expect)
    return moved


async def events(person: Person, flag: Json) -> list[Json]:
    """The history of a flag, the first entry first."""
    found = (await person.get(f"/flags/{flag['id']}/events", params={"limit": 100}))["items"]
    return [*reversed(found)]


async def flag_tasks(person: Person) -> list[tuple[str, str]]:
    """The tasks about flags on somebody's worklist: the kind and the urgency."""
    tasks = (await person.get("/worklist", params={"limit": 100}))["items"]
    return [(task["kind"], task["urgency"]) for task in tasks if task["kind"].startswith("flag_")]


async def tick(world: World) -> int:
    """Let the job of the clock look at one clinic. Return how many flags it raised or escalated."""
    return await FlagClock(world.api.runtime).watch(world.clinic_id)
