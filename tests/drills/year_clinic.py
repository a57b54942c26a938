"""The clinic of a simulated year: its people, their pagers, and the jobs of two processes that may end at any time."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from httpx import Response

from integration_api.access.actor import Role
from integration_api.access.jobs import Jobs
from integration_api.access.work import Work
from integration_api.resources.attention.flags.flag_clock import FlagClock
from integration_api.resources.delivery.channels.courier import Courier
from integration_api.resources.delivery.channels.means import posting_of
from integration_api.resources.delivery.channels.postings import Posting
from integration_api.settings import Settings
from tests.applications import application
from tests.drills.year_rows import ESCALATED, NEXT_DUE
from tests.factories.care_teams import join
from tests.factories.receivers import Receiver, receiving, status
from tests.factories.roster import chosen, shift
from tests.factories.safeguarding import designated
from tests.support import Api, Json, Person, SettableClock, World, enter

Result = TypeVar("Result")
BEAT = timedelta(seconds=10)
"""The product's own interval of its jobs."""
GIVEN_UP_AFTER = timedelta(minutes=10)
"""A thing that is due for so long is not waited for any more: the checks tell of it."""
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata")
THERAPISTS, PRESCRIBERS = 8, 3


class Ended(asyncio.CancelledError):
    """A process that was killed between two lines."""


@dataclass
class Fate:
    """The rate at which processes end, and the number that did."""

    chance: random.Random
    rate: float
    kills: int = 0

    def meet(self) -> None:
        """Raise Ended, sometimes."""
        if self.chance.random() < self.rate:
            self.kills += 1
            raise Ended


class MortalJobs(Jobs):
    """The units of work of a job whose process may end before and after each change; another one goes on meanwhile."""

    fate: Fate

    async def unit(self, use: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run one unit of work as the product does."""
        work = Work(self.runtime, self._operation, os.urandom(16).hex())
        result = await use(work)
        if work.has_changes or work.has_records:
            await asyncio.sleep(0)
            self.fate.meet()
            await work.apply()
            self.fate.meet()
        return result


def _mortal(jobs: Jobs, fate: Fate) -> Jobs:
    made = MortalJobs(jobs.runtime, jobs._operation)
    made.fate = fate
    return made


class Worker:
    """The jobs of one process: the clock of flags, and the courier."""

    def __init__(self, api: Api, settings: Settings, fate: Fate) -> None:
        self._api, self._settings, self._fate = api, settings, fate
        self._begin()

    def _begin(self) -> None:
        runtime = self._api.runtime
        self._posting: Posting = posting_of(self._settings, runtime.vault, runtime.webhook_test_hosts)
        self._clock, self._courier = FlagClock(runtime), Courier(runtime, self._posting)
        for job in (self._clock, self._courier):
            job._jobs = _mortal(job._jobs, self._fate)

    async def turn(self) -> int:
        """One turn of each job. A process that ends in it begins anew."""
        done = 0
        try:
            done += await self._clock.turn()
            done += await self._courier.turn()
            await self._courier.all_ended()
        except Ended:
            await self.end()
            self._begin()
        return done

    async def end(self) -> None:
        """Cut off what is being sent."""
        await self._courier.stop()
        self._posting.close()


class QuickApi(Api):
    """The application, whose answers other tests hold to the OpenAPI document."""

    def _check(self, method: str, path: str, answer: Response) -> None:
        assert answer.status_code < 500, f"{method} {path}: {answer.text}"


@dataclass
class House:
    """A clinic, and all that keeps it going."""

    api: QuickApi
    world: World
    settings: Settings
    chance: random.Random
    fate: Fate
    pager: Receiver
    owner: Person
    supervisor: Person
    therapists: list[Person] = field(default_factory=list)
    prescribers: list[Person] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    beaten_at: datetime | None = None
    turns: int = 0
    restarts: int = 0
    untold: list[str] = field(default_factory=list)
    """Flags that were escalated to nobody."""
    stuck: list[datetime] = field(default_factory=list)
    """When something was due that the jobs do not get done."""
    _waited_for: tuple[datetime, datetime] | None = None
    _second: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def clock(self) -> SettableClock:
        """The one clock of all processes."""
        return self.api.clock

    @property
    def now(self) -> datetime:
        """The time of the clinic."""
        return self.clock._now

    def seated(self, person: Person) -> Person:
        """The same person, with a token of this moment and a fresh proof."""
        person.actor = replace(person.actor, proved_at=self.now)
        person.token = self.api.runtime.tokens.issue(person.actor, self.now)
        return person

    async def restart(self) -> None:
        """End the second process, and start it anew."""
        if len(self.workers) > 1:
            await self.workers.pop().end()
            await self._second.aclose()
        self._second = AsyncExitStack()
        other = await self._second.enter_async_context(application(self.settings, self.clock))
        self.workers.append(Worker(other, self.settings, self.fate))
        self.restarts += 1

    async def go_on(self, until: datetime, heart: timedelta) -> None:
        """Let time pass until then. The jobs take their turns when something is due, and once in a while anyway."""
        while True:
            due = await self.api.runtime.database.one(NEXT_DUE, {"clinic_id": self.world.clinic_id})
            first = due.first if due is not None else None
            beat = (self.beaten_at or self.now) + heart
            if first is not None and not self._is_given_up(first):
                beat = min(beat, max(first, self.now) + BEAT * self.chance.random())
            if beat >= until:
                break
            await self._turn(max(beat, self.now))
        self.clock.not_before(until)

    def _is_given_up(self, due: datetime) -> bool:
        """Whether nothing has come of what is due, for so long that it stands in the way of all that is due later."""
        if self._waited_for is None or self._waited_for[0] != due:
            self._waited_for = due, max(self.now, due)
        is_given_up = self.now - self._waited_for[1] > GIVEN_UP_AFTER
        if is_given_up and (not self.stuck or self.stuck[-1] != due):
            self.stuck.append(due)
        return is_given_up

    async def _turn(self, at: datetime) -> None:
        self.clock.not_before(at)
        self.beaten_at = at
        self.turns += 1
        fails = 1.0 if at.day == 13 and at.hour < 4 else 0.08
        self.pager.answers = [status(500 if self.chance.random() < fails else 204) for _ in range(64)]
        self.pager.got.clear()
        if any(await asyncio.gather(*(worker.turn() for worker in self.workers))):
            await self._look_who_was_told()

    async def _look_who_was_told(self) -> None:
        """Nobody acts meanwhile: what was escalated just now waits for those who come next, of the roster first."""
        found: dict[UUID, tuple[int, set[UUID | None]]] = {}
        for row in await self.api.runtime.database.all(ESCALATED, {"clinic_id": self.world.clinic_id}):
            found.setdefault(row.id, (row.escalations, set()))[1].add(row.account_id)
        for flag, (passed, accounts) in found.items():
            next_ones = {1: (*self.therapists[:2], *self.prescribers[:1]), 2: (self.supervisor,)}.get(
                passed, (self.owner,)
            )
            if accounts.isdisjoint(person.actor.id for person in next_ones):
                self.untold.append(f"{flag} after {passed}")


@asynccontextmanager
async def house(settings: Settings, seed: int, rate: float) -> AsyncIterator[House]:
    """A clinic on a database of its own, whose processes end at this rate."""
    chance = random.Random(seed)
    async with AsyncExitStack() as stack:
        pager = await stack.enter_async_context(receiving())
        settings = settings.model_copy(update={"webhook_test_hosts": (pager.host,)})
        first = await stack.enter_async_context(application(settings))
        api = QuickApi(first.app, first.client, first.clock)
        made = await _people(api, settings, chance, Fate(chance, rate), pager)
        made.workers.append(Worker(api, settings, made.fate))
        await made.restart()
        try:
            yield made
        finally:
            for worker in made.workers:
                await worker.end()
            await made._second.aclose()


async def _people(api: QuickApi, settings: Settings, chance: random.Random, fate: Fate, pager: Receiver) -> House:
    world = await World.build(api)
    clinic = await world.admin.get("/clinic")
    owner = await world.staff(Role.CLINIC_ADMIN, name="Oda Owner")
    facts: Json = {"owner_id": owner.id, "policies": {"charts_per_ten_minutes": 0}}
    await world.admin.patch("/clinic", facts, clinic["version"])
    supervisor = await world.staff(Role.SUPERVISOR)
    await designated(world, lead=supervisor)
    made = House(api, world, settings, chance, fate, pager, owner, supervisor)
    made.therapists = [await world.therapist() for _ in range(THERAPISTS)]
    made.prescribers = [await world.staff(Role.PRESCRIBER) for _ in range(PRESCRIBERS)]
    await _on_call(made, owner, *made.therapists[:2], *made.prescribers[:1])
    return made


async def _on_call(made: House, owner: Person, day: Person, night: Person, backup: Person) -> None:
    """Two shifts cover the clock in a zone that changes it; one ends in the year, which leaves a gap for a week."""
    admin, starts = made.world.admin, made.now.date().isoformat()
    for name, person in (("owner", owner), ("day", day), ("night", night), ("backup", backup)):
        await person.post("/me/channels", {"kind": "webhook", "url": f"http://{made.pager.host}/{name}"})
    await chosen(owner, "roster_gap")
    await shift(admin, day, first_on=starts, from_time="02:30", until_time="14:30")
    ends, again = (made.now.date() + timedelta(days=days) for days in (150, 158))
    earlier = (made.now.date() - timedelta(days=1)).isoformat()
    for first_on, last_on in ((earlier, ends.isoformat()), (again.isoformat(), None)):
        facts = {} if last_on is None else {"last_on": last_on}
        await shift(admin, night, first_on=first_on, from_time="14:30", until_time="02:30", **facts)
    await shift(admin, backup, rank="backup", first_on=starts, weekdays=["sat", "sun"])


async def admitted(made: House, number: int) -> tuple[Person, Person, Person]:
    """A new patient, with their therapist and prescriber."""
    therapist = made.seated(made.chance.choice(made.therapists))
    prescriber = made.seated(made.chance.choice(made.prescribers))
    zone = ZONES[number % len(ZONES)]
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "time_zone": zone})
    patient = await enter(made.api, made.world.clinic_id, (Role.PATIENT,), chart["name"], UUID(chart["id"]))
    await join(therapist, chart["id"], prescriber)
    if number % 6 == 0:  # some choose to be told
        made.seated(patient)
        await patient.post("/me/channels", {"kind": "webhook", "url": f"http://{made.pager.host}/phone{number}"})
        quiet: Json = {"quiet_from": "22:00", "quiet_until": "07:00"}
        await chosen(patient, "check_in_open", **quiet)
    return patient, therapist, prescriber
