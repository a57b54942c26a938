"""Clients that poll at random end with exactly what the lists show, and never held an id that they could not see.

Random people change everything that has an audience, both ways. Sealers run at random, time passes, grants come and
go. After each step, the lists say what everybody may see at that moment.
"""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from integration_api.access.actor import Role
from tests.factories.feeds import Client, listed, seal
from tests.factories.goals import LEVELS
from tests.factories.notes import past_session, sections
from tests.support import Json, Person, World, enter_again

LISTS: dict[str, tuple[str, Json]] = {
    "session": ("/sessions", {}),
    "course": ("/courses", {}),
    "medicine": ("/medicines", {}),
    "note": ("/notes", {}),
    "reflection": ("/reflections", {"view": "summary"}),
    "goal": ("/goals", {}),
    "plan": ("/plans", {}),
    "practice": ("/practices", {}),
    "safety_plan": ("/safety-plans", {}),
    "patient": ("/patients", {}),
}
"""The ids of each kind that a client may hold, by its list."""
OF_ADMIN = frozenset({"patient"})
ALIKE = frozenset({"course", "medicine", "goal", "practice", "safety_plan"})
"""Kinds that everybody of a chart sees as they see sessions: between random steps, their lists are not asked."""


@dataclass
class Stage:
    """Everybody, what they hold, and what each of them could ever have seen."""

    world: World
    chance: random.Random
    people: dict[str, Person]
    charts: list[str]
    clients: dict[str, Client] = field(default_factory=dict)
    could_see: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    is_changed: bool = False
    """Whether something was done since the lists were last asked; what is refused changes nothing."""

    async def look(self, name: str, without: frozenset[str] = frozenset()) -> set[tuple[str, str]]:
        """Return the ids that the lists show this person now."""
        person = self.people[name]
        kinds = OF_ADMIN if name == "admin" else frozenset(LISTS)
        found: set[tuple[str, str]] = set()
        for kind in kinds - without:
            path, params = LISTS[kind]
            found |= {(kind, one) for one in await listed(person, path, **params)}
        return found

    async def watch(self) -> None:
        """Note what everybody may see at this moment."""
        for name in self.clients:
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
    given = stage.chance.choice([{"is_shared": True}, {"title": f"Quiet {stage.chance.random()}"}])
    await stage.act(person, "PATCH", f"/plans/{one['id']}", given, match=one["version"])


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
        steps: Json = {"warning_signs": ["a"], "internal_coping": ["b"], "means_safety": []}
        people: Json = {"distraction": [], "people_to_ask": [], "professionals": []}
        plan: Json = {"patient_id": chart, "after_number": number, **steps, **people}
        await stage.act(person, "POST", "/safety-plans", plan)
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
        page = await stage.people["admin"].get(path, params={"limit": 100})
        for one in page["items"]:
            if one["account_id"] == member.id and one["ended_at"] is None:
                await stage.act(stage.people["admin"], "DELETE", f"{path}/{one['id']}", match=one["version"])
                return
    elif step == "emergency":
        body = {"reason": "They called, and nobody of the team answers.", "reason_code": "danger_to_life"}
        await stage.act(stage.people["stranger"], "POST", f"/patients/{chart}/emergency-access", body)
    else:
        until = (stage.world.api.clock() + timedelta(minutes=3)).isoformat() if step == "visit" else None
        added = {"account_id": member.id, "role": role, "ends_at": until}
        await stage.act(stage.people["admin"], "POST", path, added)


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
    *[reflect, write_note, change_account, change_plan, pass_time] * 2,
    *[change_reflection, change_note] * 6,
    *[change_team] * 3,
    *[seal_now] * 2,
    *[poll] * 3,
    care,
]


async def staged(world: World, seed: int) -> Stage:
    chance = random.Random(seed)
    therapist = await world.therapist()
    people = {
        "admin": world.admin,
        "therapist": therapist,
        "second": await world.therapist(),
        "supervisor": await world.staff(Role.SUPERVISOR),
        "stranger": await world.therapist(),
        "patient": await world.patient_of(therapist),
        "other_patient": await world.patient_of(therapist),
    }
    charts = [world.chart_id(people[name]) for name in ("patient", "other_patient")]
    for chart in charts:
        await past_session(therapist, chart)
        for name, role in (("second", "therapist"), ("supervisor", "supervisor")):
            body = {"account_id": people[name].id, "role": role}
            await therapist.post(f"/patients/{chart}/care-team", body)
    stage = Stage(world, chance, people, charts)
    for name, person in people.items():
        stage.clients[name] = Client(person, limit=chance.choice([2, 7, 500]))
        stage.could_see[name] = set()
    await stage.watch()
    return stage


def told_of_lists(name: str, ever: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return what was told of the kinds that the lists are asked about."""
    kinds = OF_ADMIN if name == "admin" else LISTS.keys() - ALIKE
    return {one for one in ever if one[0] in kinds}


IN_TIMELINE = frozenset({"session", "note", "reflection", "plan", "practice", "goal"})
WORDS = {"plan": "quiet", "goal": "out"}
"""By kind, a word that each thing of it has, whoever is shown it."""


async def agree(stage: Stage, name: str, shown: set[tuple[str, str]], known: set[tuple[str, str]]) -> None:
    """Timeline, search and each thing by its id show this person what the lists show, and nothing else."""
    person = stage.people[name]
    found: set[tuple[str, str]] = set()
    searched: set[tuple[str, str]] = set()
    for chart in stage.charts:
        path = f"/patients/{chart}/timeline"
        if not (await person.send("GET", path)).is_success:
            continue
        for kind in IN_TIMELINE:
            found |= {(kind, one) for one in await listed(person, path, kind=kind)}
        for word in ("lake", "again", *WORDS.values()):
            answer = await person.post(f"/patients/{chart}/search", {"words": word}, expect=200)
            searched |= {(one["kind"], one["id"]) for one in answer["items"] if one["kind"] in LISTS}
    assert found == {key for key in shown if key[0] in IN_TIMELINE}, f"{name}: the timeline shows something else"
    assert searched <= shown, f"{name}: search finds what no list shows"
    assert {key for key in searched if key[0] in WORDS} == {key for key in shown if key[0] in WORDS}
    for kind, one in sorted(known):
        status = (await person.send("GET", f"{LISTS[kind][0]}/{one}")).status_code
        assert status == (200 if (kind, one) in shown else 404), f"{name}: {kind} answers {status}"


SEEDS = {"sqlite": 1, "postgresql": 2}
"""A walk of its own for each kind of database: what is decided in Python is walked through twice."""


@pytest.mark.thorough
async def test_who_polls_at_random_ends_with_what_the_lists_show(world: World) -> None:
    seed = SEEDS[world.api.runtime.database.driver.dialect]
    stage = await staged(world, seed)
    for _ in range(100):
        step = stage.chance.choice(STEPS)
        await step(stage)
        if stage.is_changed:
            await stage.watch()
    await seal(world)
    for name, client in stage.clients.items():
        await enter_again(stage.people[name])
        await client.poll()
        kinds = OF_ADMIN if name == "admin" else LISTS.keys()
        held = {key for key in client.held if key[0] in kinds}
        assert held == await stage.look(name), f"{name} holds something else than the lists show (seed {seed})"
        unseen = told_of_lists(name, client.ever) - stage.could_see[name]
        assert unseen == set(), f"{name} was told of what they could not see (seed {seed})"
    known = set[tuple[str, str]]().union(*(stage.could_see.values()))
    for name in stage.people.keys() - {"admin"}:
        await agree(stage, name, await stage.look(name), {key for key in known if key[0] != "patient"})
