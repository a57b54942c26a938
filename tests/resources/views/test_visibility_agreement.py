"""Visibility, GET, list, timeline, search and worklist say the same of who sees what, in charts made at random."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from integration_api.access.actor import Role
from tests.factories import notes, plans
from tests.factories.care_teams import join
from tests.factories.emergencies import WHY
from tests.factories.goals import goal
from tests.factories.reflections import draft, submitted
from tests.factories.sessions import session
from tests.support import Json, Person, World, enter_again

WORD = "alder"
"""It stands in a text of every thing, so that a search for it looks at all of them."""
KINDS = ("session", "note", "reflection", "plan", "practice", "goal")
SUBJECTS = {"reflection_to_review": "reflection", "note_to_sign": "note", "note_to_cosign": "note"}
SUBJECTS |= {"plan_to_finish": "plan", "plan_to_answer": "plan", "session_to_document": "session"}
"""What a task of the worklist is about."""


class Stage:
    """A chart with people around it, and what chance makes of both."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance = world, chance
        self.people: dict[str, Person] = {}
        self.things: list[tuple[str, str]] = []

    async def build(self) -> "Stage":
        """Bring everybody together, then let a lot happen."""
        world = self.world
        therapist = await world.therapist()
        self.people["therapist"], self.people["patient"] = therapist, await world.patient_of(therapist)
        self.chart = world.chart_id(self.people["patient"])
        if self.chance.random() < 0.5:
            clinic = await world.admin.get("/clinic")
            await world.admin.patch("/clinic", {"policies": {"prescribers_read_prose": 0}}, clinic["version"])
        for name, roles in {
            "colleague": (Role.THERAPIST,),
            "prescriber": (Role.PRESCRIBER,),
            "supervisor": (Role.SUPERVISOR,),
            "both": (Role.THERAPIST, Role.SUPERVISOR),
            "looker": (Role.THERAPIST,),
            "outsider": (Role.PRESCRIBER, Role.SUPERVISOR),
        }.items():
            self.people[name] = await world.staff(*roles, name=name.title())
        for name in ("colleague", "prescriber", "supervisor", "both"):
            if self.chance.random() < 0.8:
                await join(therapist, self.chart, self.people[name])
        if self.chance.random() < 0.5:
            await self.people["looker"].post(f"/patients/{self.chart}/emergency-access", WHY)
        steps = [self.session, self.note, self.note, self.reflection, self.reflection, self.plan, self.practice]
        for step in [*steps, *self.chance.choices([*steps, self.goal], k=9)]:
            await step()
        changes = [self.name_supervisor, self.lapse, self.leave]
        for change in changes:
            if self.chance.random() < 0.6:
                await change()
        await self.time()
        return self

    def clinician(self) -> Person:
        """Somebody who is on the team for as long as things happen."""
        return self.people["therapist"]

    async def session(self) -> None:
        made = await session(self.clinician(), self.chart, intention=WORD)
        self.things.append(("session", made["id"]))

    async def note(self) -> None:
        author = self.clinician()
        waits = self.chance.random() < 0.4
        ended = self.world.api.clock() - timedelta(hours=1)
        began_at, ended_at = (ended - timedelta(hours=1)).isoformat(), ended.isoformat()
        times = {"planned_start_at": began_at, "planned_end_at": ended_at}
        about = (await session(author, self.chart, intention=WORD, **times))["id"]
        facts = {"session_id": about, "needs_cosign": waits, "sections": notes.sections(data=WORD)}
        made = await notes.draft(author, self.chart, **facts)
        self.things += [("note", made["id"]), ("session", about)]
        match self.chance.choice(["draft", "deleted", "signed", "signed", "withheld"]):
            case "deleted":
                await author.delete(f"/notes/{made['id']}", made["version"])
            case "signed":
                await notes.sign(author, made)
            case "withheld":
                signed = await notes.sign(author, made)
                if not waits:
                    until = self.world.api.clock() + timedelta(hours=self.chance.choice([2, 40]))
                    body = {"state": "withheld", "reason_code": "danger_to_another", "until": until.isoformat()}
                    await author.put(f"/notes/{made['id']}/sharing", body, signed["version"])

    async def reflection(self) -> None:
        patient = self.people["patient"]
        if self.chance.random() < 0.2:
            self.things.append(("reflection", (await draft(patient, text=WORD))["id"]))
            return
        share = self.chance.random() < 0.7
        soon = (self.world.api.clock() + timedelta(hours=self.chance.choice([2, 40]))).isoformat()
        release_at = soon if share and self.chance.random() < 0.5 else None
        made = await submitted(patient, share=share, release_at=release_at, text=WORD)
        self.things.append(("reflection", made["id"]))

    async def plan(self) -> None:
        writer = self.people[self.chance.choice(["therapist", "patient"])]
        shared = self.chance.random() < 0.5
        made = await plans.plan(writer, self.chart, is_shared=shared, aim=WORD)
        self.things.append(("plan", made["id"]))

    async def practice(self) -> None:
        therapist, patient = self.clinician(), self.people["patient"]
        made = await plans.active(therapist, patient, self.chart, aim=WORD)
        [one] = (await therapist.get(f"/plans/{made['id']}/strategies"))["items"]
        used = await plans.practice(patient, one["id"], context=WORD)
        self.things += [("plan", made["id"]), ("practice", used["id"])]

    async def goal(self) -> None:
        writer = self.people[self.chance.choice(["therapist", "patient"])]
        self.things.append(("goal", (await goal(writer, self.chart, title=WORD))["id"]))

    async def time(self) -> None:
        """Nothing is written any more; what was to be released or withheld for a while may be by now."""
        self.world.api.clock.advance(hours=self.chance.choice([1, 6]))
        for person in self.people.values():
            await enter_again(person)

    async def name_supervisor(self) -> None:
        await notes.supervise(self.world, self.clinician(), self.people[self.chance.choice(["supervisor", "both"])])

    async def leave(self) -> None:
        """The author leaves the team or the clinic, with or without a successor."""
        author, heir = self.clinician(), self.people[self.chance.choice(["colleague", "prescriber"])]
        path = f"/accounts/{author.id}"
        facts: Json = {"successor_id": heir.id} if self.chance.random() < 0.7 else {}
        if self.chance.random() < 0.5:
            facts["state"] = "disabled"
            del self.people["therapist"]
        else:
            await self.end(author)
        if facts:
            account = await self.world.admin.get(path)
            await self.world.admin.patch(path, facts, account["version"])

    async def lapse(self) -> None:
        """Somebody's membership of the team ends."""
        await self.end(self.people[self.chance.choice(["colleague", "prescriber", "supervisor", "both"])])

    async def end(self, person: Person) -> None:
        team = (await self.world.admin.get(f"/patients/{self.chart}/care-team"))["items"]
        for member in team:
            if member["account_id"] == person.id and member["ended_at"] is None and member["basis"] == "team":
                path = f"/patients/{self.chart}/care-team/{member['id']}"
                await self.world.admin.delete(path, member["version"])

    # ── what everybody is told ──

    async def got(self) -> dict[str, set[tuple[str, str]]]:
        """By account, the things that a GET shows."""
        found: dict[str, set[tuple[str, str]]] = {}
        for person in self.people.values():
            answers = {thing: await person.send("GET", f"/{thing[0]}s/{thing[1]}") for thing in self.things}
            assert {answer.status_code for answer in answers.values()} <= {200, 404}
            found[person.id] = {thing for thing, answer in answers.items() if answer.status_code == 200}
        return found

    async def listed(self, person: Person) -> set[tuple[str, str]]:
        found = set()
        for kind in KINDS:
            for item in await every(partial(self.page, person, f"/{kind}s")):
                if item["patient_id"] == self.chart:
                    found.add((kind, item["id"]))
        return found

    async def page(self, person: Person, path: str, params: Json) -> Json:
        page: Json = await person.get(path, params={**params, "limit": 100})
        return page

    async def on_timeline(self, person: Person) -> set[tuple[str, str]]:
        path = f"/patients/{self.chart}/timeline"
        if (await person.send("GET", path)).status_code == 404:
            return set()
        return {(item["kind"], item["id"]) for item in await every(lambda params: person.get(path, params=params))}

    async def searched(self, person: Person) -> set[tuple[str, str]]:
        path = f"/patients/{self.chart}/search"
        body = {"words": WORD, "kinds": KINDS}
        if (await person.send("POST", path, body)).status_code == 404:
            return set()
        found = await every(lambda params: person.post(path, body, params=params, expect=200))
        return {(item["kind"], item["id"]) for item in found}

    async def waits(self, person: Person) -> set[tuple[str, str]]:
        """What a row of the worklist shows something of. A task that fell to somebody says only that it waits."""
        if person.actor.is_patient:
            return set()
        tasks = await every(lambda params: person.get("/worklist", params=params))
        telling = [task for task in tasks if task["title"] is not None or task["detail"] is not None]
        return {(SUBJECTS[task["kind"]], task["subject_id"]) for task in telling if task["kind"] in SUBJECTS}


async def every(ask: Callable[[Json], Awaitable[Json]]) -> list[Json]:
    """The items of all pages."""
    params: Json = {}
    items: list[Json] = []
    while True:
        page = await ask(params)
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        params = {"cursor": page["next_cursor"]}


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(6))
async def test_everything_that_shows_a_thing_agrees_on_who_sees_it(world: World, seed: int) -> None:
    stage = await Stage(world, Random(seed)).build()
    got = await stage.got()  # staff read each reflection that they may, so a view may show its text
    things = set(stage.things)
    assert any(got.values())
    for person in stage.people.values():
        shown = got[person.id]
        assert await stage.listed(person) & things == shown, person.name
        assert await stage.on_timeline(person) & things == shown, person.name
        assert await stage.searched(person) & things == shown, person.name
        assert await stage.waits(person) & things <= shown, person.name
    for thing in things:
        expected = {account for account, shown in got.items() if thing in shown}
        for person in stage.people.values():
            answer = await person.send("GET", f"/{thing[0]}s/{thing[1]}/visibility")
            assert answer.status_code == (200 if person.id in expected else 404), (thing, person.name)
            if answer.status_code == 200:
                assert {one["account_id"] for one in answer.json()["viewers"]} == expected, (thing, person.name)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(6, 9))
async def test_a_preview_is_what_its_account_gets(world: World, seed: int) -> None:
    stage = await Stage(world, Random(seed)).build()
    got = await stage.got()
    by_id = {person.id: person for person in stage.people.values()}
    for kind, thing_id in set(stage.things):
        path = f"/{kind}s/{thing_id}"
        read = {account: await by_id[account].get(path) for account in got if (kind, thing_id) in got[account]}
        for account in read:
            for role in ("patient", "therapist", "prescriber", "supervisor"):
                seen = await by_id[account].get(f"{path}/visibility", params={"preview_as": role})
                assert seen["preview"] == read.get(seen["previewed_for"]), (path, by_id[account].name, role)
                holders = [one for one in seen["viewers"] if role in one["roles"]]
                assert (seen["previewed_for"] is None) == (not holders)
