"""A clinic in which everything that has an audience changes at random, and what each person may see of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from integration_api.access.actor import Role
from tests.factories import plans, psychotherapy
from tests.factories.feed_lists import ALIKE, LISTS, kinds_of
from tests.factories.feeds import Client, listed, seal
from tests.factories.goals import LEVELS
from tests.factories.measure_responses import answered
from tests.factories.notes import past_session, sections
from tests.factories.psychotherapy import terms
from tests.support import Json, Person, World, enter_again


@dataclass
class Stage:
    """Everybody, what they hold, and what each of them could ever have seen."""

    world: World
    chance: random.Random
    people: dict[str, Person]
    charts: list[str]
    elsewhere: World
    """Another clinic, of the person `outsider`, in which nothing happens any more."""
    clients: dict[str, Client] = field(default_factory=dict)
    could_see: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    is_changed: bool = False
    """Whether something was done since the lists were last asked; what is refused changes nothing."""

    async def look(self, name: str, without: frozenset[str] = frozenset()) -> set[tuple[str, str]]:
        """Return the ids that the lists show this person now."""
        person = self.people[name]
        kinds = kinds_of(name)
        found: set[tuple[str, str]] = set()
        for kind in kinds - without:
            path, queries = LISTS[kind]
            for params in queries:
                found |= {(kind, one) for one in await listed(person, path, **params)}
        return found

    async def watch(self) -> None:
        """Note what everybody may see at this moment."""
        for name in self.clients.keys() - {"outsider"}:
            self.could_see[name] |= await self.look(name, ALIKE)
        self.is_changed = False

    def any(self, *names: str) -> Person:
        return self.people[self.chance.choice(names)]

    async def a(self, person: Person, path: str, **params: Any) -> Json | None:
        """One of what this person may see there, at random."""
        answer = await person.send("GET", path, params=params)
        items = answer.json().get("items", []) if answer.is_success else []
        return self.chance.choice(items) if items else None

    async def act(self, person: Person, method: str, path: str, body: object = None, **more: Any) -> Json:
        """Try it: whether it is refused is the rules' business."""
        answer = await person.send(method, path, body, **more)
        assert answer.status_code < 500, f"{method} {path}: {answer.text}"
        self.is_changed |= answer.is_success
        made: Json = answer.json() if answer.content else {}
        return made


async def reflect(stage: Stage) -> None:
    await stage.act(stage.any("patient", "other_patient"), "POST", "/reflections", {"text": "The lake was still."})


async def change_reflection(stage: Stage) -> None:
    patient = stage.any("patient", "other_patient")
    one = await stage.a(patient, "/reflections")
    if one is None:
        return
    path, version = f"/reflections/{one['id']}", one["version"]
    later = (stage.world.api.clock() + timedelta(minutes=stage.chance.choice([1, 2, 4]))).isoformat()
    shared: Json = {"share": stage.chance.random() < 0.7, "release_at": stage.chance.choice([None, later])}
    if not shared["share"]:
        shared["release_at"] = None
    step = stage.chance.choice(["edit", "submit", "submit", "share", "unshare", "unshare", "delete", "read"])
    if step == "edit":
        await stage.act(patient, "PATCH", path, {"text": f"Again {stage.chance.random()}"}, match=version)
    elif step == "submit":
        await stage.act(patient, "POST", f"{path}/submit", shared, match=version)
    elif step == "share":
        await stage.act(patient, "POST", f"{path}/share", {"release_at": shared["release_at"]}, match=version)
    elif step == "unshare":
        await stage.act(patient, "POST", f"{path}/unshare", match=version)
    elif step == "delete":
        await stage.act(patient, "DELETE", path, match=version)
    else:
        await stage.act(stage.any("therapist", "second"), "GET", path)


async def write_note(stage: Stage) -> None:
    author = stage.any("therapist", "second")
    about = await stage.a(author, "/sessions")
    if about is not None:
        body = {"patient_id": about["patient_id"], "session_id": about["id"], "format": "dap", "sections": sections()}
        await stage.act(author, "POST", "/notes", body)


async def change_note(stage: Stage) -> None:
    person = stage.any("therapist", "second", "supervisor")
    one = await stage.a(person, "/notes")
    if one is None:
        return
    path, version = f"/notes/{one['id']}", one["version"]
    until = (stage.world.api.clock() + timedelta(minutes=2)).isoformat()
    withheld = {"state": "withheld", "reason_code": "requested_by_patient", "until": until}
    step = stage.chance.choice(
        ["edit", "sign", "sign", "delete", "cosign", "return", "withhold", "share", "error", "add"]
    )
    if step == "edit":
        await stage.act(person, "PATCH", path, {"sections": sections(plan=str(stage.chance.random()))}, match=version)
    elif step == "sign":
        needs = {"needs_cosign": True} if stage.chance.random() < 0.4 else None
        await stage.act(person, "POST", f"{path}/sign", needs, match=version)
    elif step == "delete":
        await stage.act(person, "DELETE", path, match=version)
    elif step in ("cosign", "return"):
        reason = {"reason": "say more"} if step == "return" else None
        await stage.act(stage.people["supervisor"], "POST", f"{path}/{step}", reason, match=version)
    elif step in ("withhold", "share"):
        shared = {"state": "shared", "reason_code": None, "until": None}
        sharing = withheld if step == "withhold" else shared
        await stage.act(person, "PUT", f"{path}/sharing", sharing, match=version)
    elif step == "error":
        await stage.act(person, "POST", f"{path}/enter-in-error", {"reason": "wrong chart"}, match=version)
    else:
        await stage.act(person, "POST", f"{path}/addenda", {"text": "One more thing."})


async def change_plan(stage: Stage) -> None:
    person = stage.any("therapist", "second", "patient", "other_patient")
    one = await stage.a(person, "/plans")
    if one is None or stage.chance.random() < 0.4:
        chart = str(person.actor.patient_id) if person.actor.is_patient else stage.chance.choice(stage.charts)
        body = {"patient_id": chart, "is_shared": stage.chance.random() < 0.4, "title": "Quieter", "aim": "Rest."}
        await stage.act(person, "POST", "/plans", body)
        return
    path, version = f"/plans/{one['id']}", one["version"]
    step = stage.chance.choice(["share", "edit", "edit", "practise", *one["allowed_actions"]])
    if step == "practise":
        await practise(stage, (await person.get(path))["strategies"])
    elif step in ("share", "edit", "update"):
        given = {"is_shared": True} if step == "share" else {"title": f"Quiet {stage.chance.random()}"}
        await stage.act(person, "PATCH", path, given, match=version)
    elif step == "replace":
        next_one = {name: one[name] for name in ("patient_id", "title", "aim")}
        await stage.act(person, "POST", "/plans", {**next_one, "replaces_id": one["id"]})
    else:
        bodies: Json = {"accept": {"revision": one["revision"]}, "decline": {"reason": "Not now."}}
        await stage.act(person, "POST", f"{path}/{step}", bodies.get(step), match=version)


async def practise(stage: Stage, strategies: list[Json]) -> None:
    for strategy in strategies[:1]:
        used = {"strategy_id": strategy["id"], "used_at": stage.world.api.clock().isoformat()}
        await stage.act(stage.any("patient", "other_patient"), "POST", "/practices", used)


async def answer(stage: Stage) -> None:
    """Begin, complete, delete or withdraw answers to an instrument, as either side."""
    person = stage.any("patient", "other_patient", "therapist", "second")
    one = await stage.a(person, "/measure-responses")
    if one is None or stage.chance.random() < 0.5:
        chart = {} if person.actor.is_patient else {"patient_id": stage.chance.choice(stage.charts)}
        state = stage.chance.choice(["draft", "completed"])
        body = {"instrument_id": "gad7", "answers": {"gad7.1": 1}, "state": state, **chart}
        await stage.act(person, "POST", "/measure-responses", body)
        return
    path, version = f"/measure-responses/{one['id']}", one["version"]
    step = stage.chance.choice(["complete", "delete", "withdraw"])
    if step == "delete":
        await stage.act(person, "DELETE", path, match=version)
    else:
        reason = {"reason": "Of another day."} if step == "withdraw" else {}
        await stage.act(person, "POST", f"{path}/{step}", reason, match=version)


async def write_apart(stage: Stage) -> None:
    """Write, sign or delete a psychotherapy note, or let somebody read it for a time."""
    author = stage.any("therapist", "second")
    await enter_again(author)
    one = await stage.a(author, "/psychotherapy-notes")
    if one is None or stage.chance.random() < 0.3:
        path = f"/patients/{stage.chance.choice(stage.charts)}/psychotherapy-notes"
        await stage.act(author, "POST", path, {"text": "He spoke of his father."})
        return
    path, version = f"/psychotherapy-notes/{one['id']}", one["version"]
    step = stage.chance.choice(["sign", "delete", "grant", "grant", "revoke", "revoke"])
    if step == "grant":
        await stage.act(author, "POST", f"{path}/grants", terms(author, stage.people["supervisor"], minutes=2))
    elif step == "revoke":
        if grant := await stage.a(author, f"{path}/grants"):
            await stage.act(author, "DELETE", f"{path}/grants/{grant['id']}")
    elif step == "delete":
        await stage.act(author, "DELETE", path, match=version)
    else:
        await stage.act(author, "POST", f"{path}/sign", match=version)


async def at_once(stage: Stage) -> None:
    """Let three write while two sealers give places."""
    await asyncio.gather(reflect(stage), seal(stage.world), write_note(stage), seal(stage.world), answer(stage))


async def care(stage: Stage) -> None:
    person = stage.any("therapist", "second", "patient")
    chart = str(person.actor.patient_id) if person.actor.is_patient else stage.chance.choice(stage.charts)
    step = stage.chance.choice(["session", "course", "medicine", "goal", "cancel", "name", "safety_plan"])
    if step == "session":
        at = stage.world.api.clock() - timedelta(hours=2)
        body = {
            "planned_start_at": at.isoformat(),
            "phase": "integration",
            "modality": "telehealth",
            "patient_id": chart,
        }
        await stage.act(person, "POST", "/sessions", body)
    elif step == "course":
        await stage.act(person, "POST", "/courses", {"patient_id": chart})
    elif step == "goal":
        await stage.act(person, "POST", "/goals", {"patient_id": chart, "title": "Out", "levels": LEVELS})
    elif step == "medicine":
        await stage.act(person, "POST", "/medicines", {"patient_id": chart, "name": "Lithium", "kind": "prescribed"})
    elif step == "safety_plan":
        newest = await stage.a(person, "/safety-plans", patient_id=chart, limit=1)
        number = newest["number"] if newest else 0
        await stage.act(person, "POST", "/safety-plans", safety_plan(chart, number))
    elif step == "cancel":
        if one := await stage.a(person, "/sessions"):
            await stage.act(person, "POST", f"/sessions/{one['id']}/cancel", {"reason": "ill"}, match=one["version"])
    elif one := await stage.a(stage.people["therapist"], "/patients"):
        await stage.act(
            stage.people["therapist"], "PATCH", f"/patients/{one['id']}", {"language": "en"}, match=one["version"]
        )


async def change_team(stage: Stage) -> None:
    chart = stage.chance.choice(stage.charts)
    path, member = f"/patients/{chart}/care-team", stage.any("second", "supervisor", "stranger", "stranger")
    role = "supervisor" if member is stage.people["supervisor"] else "therapist"
    step = stage.chance.choice(["join", "join", "leave", "visit", "emergency"])
    if step == "leave":
        await leave_team(stage, path, member)
    elif step == "emergency":
        body = {"reason": "They called, and nobody of the team answers.", "reason_code": "danger_to_life"}
        await stage.act(stage.people["stranger"], "POST", f"/patients/{chart}/emergency-access", body)
    else:
        until = (stage.world.api.clock() + timedelta(minutes=3)).isoformat() if step == "visit" else None
        added = {"account_id": member.id, "role": role, "ends_at": until}
        await stage.act(stage.people["admin"], "POST", path, added)


async def leave_team(stage: Stage, path: str, member: Person) -> None:
    admin = stage.people["admin"]
    page = await admin.get(path, params={"limit": 100})
    for one in page["items"]:
        if one["account_id"] == member.id and one["ended_at"] is None:
            await stage.act(admin, "DELETE", f"{path}/{one['id']}", match=one["version"])
            return


async def come_after(stage: Stage) -> None:
    """Let an entry be shared and taken back before somebody joins, and then be shared again for later."""
    admin, late, patient = stage.people["admin"], stage.people["stranger"], stage.any("patient", "other_patient")
    path = f"/patients/{patient.actor.patient_id}/care-team"
    await leave_team(stage, path, late)
    made = await stage.act(patient, "POST", "/reflections", {"text": "The lake was still."})
    entry = f"/reflections/{made['id']}"
    shared = await stage.act(patient, "POST", f"{entry}/submit", {"share": True, "release_at": None}, match=1)
    await seal(stage.world)
    await stage.watch()
    taken_back = await stage.act(patient, "POST", f"{entry}/unshare", match=shared["version"])
    await seal(stage.world)
    await stage.act(admin, "POST", path, {"account_id": late.id, "role": "therapist"})
    await seal(stage.world)
    await enter_again(late)
    await stage.clients["stranger"].poll()
    later = (stage.world.api.clock() + timedelta(minutes=stage.chance.choice([1, 4]))).isoformat()
    await stage.act(patient, "POST", f"{entry}/share", {"release_at": later}, match=taken_back["version"])
    await seal(stage.world)
    await stage.clients["stranger"].poll()


async def change_account(stage: Stage) -> None:
    admin, person = stage.people["admin"], stage.any("second", "second", "stranger")
    account = await admin.get(f"/accounts/{person.id}")
    supervisor = stage.people["supervisor"].id
    given: Json = stage.chance.choice(
        [
            {"supervised_by": stage.chance.choice([None, supervisor])},
            {"supervised_by": stage.chance.choice([None, supervisor])},
            {"successor_id": stage.chance.choice([None, stage.people["therapist"].id])},
            {"name": f"Name {stage.chance.random()}"},
        ]
    )
    await stage.act(admin, "PATCH", f"/accounts/{person.id}", given, match=account["version"])


async def pass_time(stage: Stage) -> None:
    stage.is_changed = True
    stage.world.api.clock.advance(seconds=stage.chance.choice([5, 40, 70]))


async def seal_now(stage: Stage) -> None:
    await seal(stage.world)


async def poll(stage: Stage) -> None:
    for name in stage.chance.sample(sorted(stage.clients), 3):
        await enter_again(stage.people[name])
        await stage.clients[name].poll()


Step = Callable[[Stage], Awaitable[None]]
STEPS: list[Step] = [
    *[reflect, write_note, change_account, change_plan, pass_time, answer, write_apart] * 2,
    *[change_reflection, change_note] * 6,
    *[change_team] * 3,
    *[seal_now] * 2,
    *[poll] * 3,
    *[care, at_once, come_after],
]


async def one_of_each(people: dict[str, Person], chart: str) -> None:
    """Make one of each kind, so that no list is empty, whatever the chance."""
    therapist, patient = people["therapist"], people["patient"]
    await therapist.post("/courses", {"patient_id": chart})
    await therapist.post("/medicines", {"patient_id": chart, "name": "Lithium", "kind": "prescribed"})
    await therapist.post("/goals", {"patient_id": chart, "title": "Out", "levels": LEVELS})
    agreed = await plans.active(therapist, patient, chart, title="Quieter")
    await plans.practice(patient, agreed["strategies"][0]["id"])
    await therapist.post("/safety-plans", safety_plan(chart, 0))
    await patient.post("/reflections", {"text": "The lake was still."})
    await answered(patient)
    await psychotherapy.write(therapist, chart)
    about = (await therapist.get("/sessions", params={"patient_id": chart}))["items"][0]
    await therapist.post("/notes", {"session_id": about["id"], "format": "dap", "sections": sections()})


def safety_plan(chart: str, number: int) -> Json:
    """The body of the version after this one."""
    steps: Json = {"warning_signs": ["a"], "internal_coping": ["b"], "means_safety": []}
    people: Json = {"distraction": [], "people_to_ask": [], "professionals": []}
    return {"patient_id": chart, "after_number": number, **steps, **people}


async def staged(world: World, seed: int) -> Stage:
    chance = random.Random(seed)
    therapist, elsewhere = await world.therapist(), await World.build(world.api)
    people = {
        "admin": world.admin,
        "therapist": therapist,
        "second": await world.therapist(),
        "supervisor": await world.staff(Role.SUPERVISOR),
        "stranger": await world.therapist(),
        "prescriber": await world.staff(Role.PRESCRIBER),
        "auditor": await world.staff(Role.AUDITOR),
        "privacy_officer": await world.staff(Role.PRIVACY_OFFICER),
        "outsider": await elsewhere.therapist(),
        "patient": await world.patient_of(therapist),
        "other_patient": await world.patient_of(therapist),
    }
    charts = [world.chart_id(people[name]) for name in ("patient", "other_patient")]
    for chart in charts:
        await past_session(therapist, chart)
        for name, role in (("second", "therapist"), ("supervisor", "supervisor"), ("prescriber", "prescriber")):
            body = {"account_id": people[name].id, "role": role}
            await therapist.post(f"/patients/{chart}/care-team", body)
    await one_of_each(people, charts[0])
    other_chart = elsewhere.chart_id(await elsewhere.patient_of(people["outsider"]))
    await past_session(people["outsider"], other_chart)
    await seal(elsewhere)
    stage = Stage(world, chance, people, charts, elsewhere)
    for name, person in people.items():
        stage.clients[name] = Client(person, limit=chance.choice([2, 7, 500]))
        stage.could_see[name] = set()
    stage.could_see["outsider"] = await stage.look("outsider", ALIKE)
    await stage.watch()
    return stage
