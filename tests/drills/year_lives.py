"""The acts of people in a simulated year: doses and changes of them, check-ins of phones, and answers to flags."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from uuid import UUID, uuid4

from tests.drills.year_clinic import House, admitted
from tests.drills.year_rows import ALERTED, KeptFlag
from tests.factories.doses import DOSE
from tests.factories.measure_responses import PHQ9, answers
from tests.factories.readiness import holds_of, ready_session
from tests.factories.sessions import move
from tests.support import Json, Person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOOKS = ((1.0, 0.4), (3.0, 0.4), (7.0, 1.5), (14.0, 1.0), (30.0, 4.0), (90.0, 8.0))
"""The days after a dose on which a patient looks at the phone, and how far from that it may be."""
SAFE: Json = {"ci.safety": "safe", "ci.unreal": 0}
TROUBLE: Json = {**SAFE, "ci.urine_trouble": 1}
"""Told once it is asked again seven days later. Source: section 6, R15."""
ALARMING: tuple[tuple[Json, dict[str, int]], ...] = (
    ({"ci.safety": "not_safe"}, {"R06": 0}),
    ({"ci.safety": "not_sure"}, {"R06": 1}),
    ({"ci.voices_suspicion": "yes"}, {"R14": 0}),
    ({"ci.self_harm_thoughts": "more"}, {"R29": 1}),
    ({"ci.craving": 9, "ci.drove": "yes"}, {"R28": 1, "R20": 1}),
    ({"ci.harm_event": "fall"}, {"R34": 0}),
    ({"ci.others_danger": "yes"}, {"R33": 0}),
)
"""Answers, and the rules that they meet with the place of the severity, critical first. Source: section 6."""
CLOCKS = (timedelta(minutes=2), -timedelta(minutes=2), 2 * DAY, -400 * DAY, 4_000 * DAY, -3 * HOUR)
"""The differences of a phone's clock from ours."""
SPANS = (timedelta(minutes=15), HOUR, DAY, 14 * DAY)
ODD = "odd"


@dataclass
class Said:
    """A check-in that was acknowledged with 201."""

    patient: Person
    id: str
    answers: Json
    rules: dict[str, int]
    window_id: str | None


@dataclass(order=True)
class _Planned:
    at: datetime
    number: int
    do: Callable[[], Awaitable[None]] = field(compare=False)


@dataclass
class Life:
    """One patient, and those who treat them."""

    patient: Person
    therapist: Person
    prescriber: Person
    chart: str


@dataclass
class Plot:
    """Everything that is to happen, and what did."""

    house: House
    agenda: list[_Planned] = field(default_factory=list)
    lives: dict[UUID, Life] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)
    _seen_at: datetime | None = None

    def plan(self, at: datetime, do: Callable[[], Awaitable[None]]) -> None:
        """Let something happen at a time, or at once if that has passed."""
        heappush(self.agenda, _Planned(max(at, self.house.now), next(self._numbers), do))

    def chance(self, share: float) -> bool:
        """Whether this share of things happens."""
        return self.house.chance.random() < share

    def span(self, low: timedelta, high: timedelta) -> timedelta:
        """A time between two."""
        return low + (high - low) * self.house.chance.random()

    def note(self, what: str, by: int = 1) -> None:
        """Count something."""
        self.counts[what] = self.counts.get(what, 0) + by

    async def live(self, until: datetime, heart: timedelta) -> None:
        """Let everything happen that is planned before a time, and the jobs between."""
        self._seen_at = self.house.now
        while self.agenda and self.agenda[0].at < until:
            await self.house.go_on(self.agenda[0].at, heart)
            await heappop(self.agenda).do()
            await self._see_flags()
        await self.house.go_on(until, heart)

    async def _see_flags(self) -> None:
        """Decide for each new flag when somebody looks at it."""
        house = self.house
        asked = {"clinic_id": house.world.clinic_id, "since": self._seen_at}
        for flag in await house.api.runtime.database.all(ALERTED, asked):
            self._seen_at = flag.alerted_at
            if flag.patient_id in self.lives:
                self._mean_to_answer(self.lives[flag.patient_id], flag)

    # ── flags ──

    def _mean_to_answer(self, life: Life, flag: KeptFlag) -> None:
        span, lot = flag.acknowledge_due_at - flag.alerted_at, self.house.chance.random()
        after = (0.05, 0.9) if lot < 0.7 else (1.1, 4.0) if lot < 0.9 else (4.0, 8.0)
        self.plan(flag.alerted_at + self.span(span * after[0], span * after[1]), lambda: self._acknowledge(life, flag))

    async def _acknowledge(self, life: Life, flag: KeptFlag) -> None:
        person = self.house.seated(life.therapist)
        found = await person.get(f"/flags/{flag.id}")
        if "acknowledge" not in found["allowed_actions"]:
            return
        body = {"covers_episode": self.chance(0.1)}
        await self._step(person, f"/flags/{flag.id}/acknowledge", body, match=found["version"])
        self.note("acknowledged")
        lot, left = self.house.chance.random(), flag.contact_due_at - self.house.now
        if lot < 0.06:
            self.plan(self.house.now + self.span(HOUR / 60, HOUR), lambda: self._resolve(life, flag))
            return
        late = lot < 0.25
        self.plan(
            self.house.now + (left + self.span(HOUR / 12, DAY) if late else left * self.house.chance.random()),
            lambda: self._contact(life, flag),
        )

    async def _contact(self, life: Life, flag: KeptFlag) -> None:
        person = self.house.seated(life.therapist)
        found = await person.get(f"/flags/{flag.id}")
        if "contact" not in found["allowed_actions"]:
            return
        reached = "voicemail" if self.chance(0.2) else "patient"
        body = {"channel": "phone", "reached": reached, "text": "Invented."}
        await self._step(person, f"/flags/{flag.id}/contact", body)
        self.note(f"contact {reached}")
        again = self._contact if reached == "voicemail" else self._resolve
        self.plan(self.house.now + self.span(HOUR / 4, 12 * HOUR), lambda: again(life, flag))

    async def _resolve(self, life: Life, flag: KeptFlag) -> None:
        person = self.house.seated(life.therapist)
        found = await person.get(f"/flags/{flag.id}")
        if "resolve" not in found["allowed_actions"]:
            return
        body = {"disposition": "safe_to_continue", "text": "Invented."}
        await self._step(person, f"/flags/{flag.id}/resolve", body, match=found["version"])
        late = self.chance(0.15)
        self.plan(
            self.house.now + self.span(HOUR / 2, 10 * DAY if late else 6 * HOUR), lambda: self._review(life, flag)
        )

    async def _review(self, life: Life, flag: KeptFlag) -> None:
        person = self.house.seated(life.prescriber)
        found = await person.get(f"/flags/{flag.id}")
        if "review" not in found["allowed_actions"]:
            return
        agrees = self.chance(0.8)
        await self._step(person, f"/flags/{flag.id}/review", {"agrees": agrees}, match=found["version"])
        self.note("closed" if agrees else "given back")
        if not agrees:
            self.plan(self.house.now + self.span(HOUR, DAY), lambda: self._contact(life, flag))

    async def _step(self, person: Person, path: str, body: Json, match: int | None = None) -> Json | None:
        """One step, sent twice sometimes, as by a connection that broke."""
        key = uuid4().hex
        answer = await person.send("POST", path, body, match=match, key=key)
        if self.chance(0.1):
            again = await person.send("POST", path, body, match=match, key=key)
            self.note("sent again")
            if (again.status_code, again.json()) != (answer.status_code, answer.json()):
                self.odd.append(f"{path}: another answer to the same key")
        if not answer.is_success:
            self.odd.append(
                f"{path.split('/')[1]} {path.rsplit('/', maxsplit=1)[-1]}: {answer.status_code} {answer.json()['code']}"
            )
            return None
        found: Json = answer.json()
        return found

    # ── doses ──

    async def arrive(self, number: int, doses: int) -> None:
        """A new patient, whose first dose comes soon."""
        patient, therapist, prescriber = await admitted(self.house, number)
        chart = self.house.world.chart_id(patient)
        life = Life(patient, therapist, prescriber, chart)
        self.lives[UUID(chart)] = life
        body = {"instrument_id": "phq9", "answers": answers(PHQ9)}
        await self._step(self.house.seated(patient), "/measure-responses", body)
        at = self.house.now + self.span(HOUR, 3 * DAY)
        for _ in range(doses):
            self.plan(at, lambda: self._dose(life))
            at += self.span(1.2 * DAY, 16 * DAY)

    async def _dose(self, life: Life) -> None:
        house = self.house
        therapist, prescriber = house.seated(life.therapist), house.seated(life.prescriber)
        made = await ready_session(therapist, life.chart, prescriber, planned_start_at=house.now.isoformat())
        given = await self._start(therapist, prescriber, made)
        if given is None:
            return
        path, why = f"/sessions/{made['id']}/discharge/override", {"reason": "An invented reason."}
        await prescriber.post(path, why, match=0, expect=200)
        await move(therapist, made, "complete")
        self.note("doses")
        if self.chance(0.1):
            await self._share_in_window(life)
        for days, by in LOOKS:
            if self.chance(0.65):
                at = house.now + self.span((days - by) * DAY, (days + by) * DAY)
                self.plan(at, lambda: self._look(life))
        lot, is_due = house.chance.random(), self.counts["doses"] % 8 == 2  # so that no year is without one
        if lot < 0.15 or is_due:
            self.plan(house.now + self.span(HOUR / 6, 30 * HOUR), lambda: self._correct(life, made, given))
        elif lot < 0.25:
            self.plan(house.now + self.span(HOUR, 80 * HOUR), lambda: self._withdraw(life, made, given))

    async def _start(self, therapist: Person, prescriber: Person, made: Json) -> Json | None:
        """The dose, once a prescriber has decided about each hold."""
        for _ in range(6):
            answer = await therapist.send("POST", f"/sessions/{made['id']}/doses", DOSE)
            if answer.is_success:
                given: Json = answer.json()
                return given
            if answer.json()["code"] != "dose-held":
                self.odd.append(f"dose: {answer.status_code} {answer.json()['code']}")
                return None
            self.note("held doses")
            for hold in await holds_of(prescriber, made):
                path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
                await prescriber.post(path, {"reason": "Seen today."}, match=hold["version"], expect=200)
                self.note("released holds")
        self.odd.append(f"{made['id']}: a hold without an end")
        return None

    async def _correct(self, life: Life, made: Json, given: Json) -> None:
        """The dose was given at another time: what waits follows it."""
        at = datetime.fromisoformat(given["given_at"]) - self.span(HOUR / 60, 3 * HOUR)
        facts = {"given_at": at.isoformat(), "corrects_id": given["id"], "correction_reason": "Wrong.", **DOSE}
        if await self._record(life, made, facts) is not None:
            self.note("doses moved")

    async def _withdraw(self, life: Life, made: Json, given: Json) -> None:
        """There was another dose, and that one alone: what waits follows it, to a later time."""
        at = datetime.fromisoformat(given["given_at"]) + self.span(HOUR / 12, HOUR)
        right = await self._record(life, made, {"kind": "booster", **DOSE, "given_at": at.isoformat()})
        if right is None:
            return
        path = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
        if await self._step(life.therapist, path, {"reason": "Wrong."}, match=1) is not None:
            self.note("doses withdrawn")

    async def _record(self, life: Life, made: Json, facts: Json) -> Json | None:
        therapist = self.house.seated(life.therapist)
        body = {**facts, "given_while_held": True}
        return await self._step(therapist, f"/sessions/{made['id']}/doses", body)

    async def _share_in_window(self, life: Life) -> None:
        """Share while a dose works: that waits, and no longer."""
        patient = self.house.seated(life.patient)
        made = await patient.post("/reflections", {"text": "Still water."})
        path, body = f"/reflections/{made['id']}/submit", {"share": True}
        answer = await patient.send("POST", path, body, match=1)
        if answer.status_code != 409:
            self.odd.append(f"a share in the window: {answer.status_code}")
            return
        ends_at = datetime.fromisoformat(answer.json()["ends_at"])
        self.note("shares held")
        if ends_at - self.house.now > 5 * HOUR:
            self.odd.append("a window of a dose that ends late")

        async def after() -> None:
            answer = await self.house.seated(patient).send("POST", path, body, match=1)
            if answer.status_code == 409 and answer.json().get("ends_at", "") > self.house.now.isoformat():
                self.plan(datetime.fromisoformat(answer.json()["ends_at"]), after)  # another dose came
            elif not answer.is_success:
                self.odd.append(f"a share after the window: {answer.status_code}")

        self.plan(ends_at, after)

    # ── phones ──

    async def _look(self, life: Life) -> None:
        """A patient looks at the phone, and answers what waits: now, or with a connection that comes hours later."""
        patient, house = self.house.seated(life.patient), self.house
        told = await patient.get("/me/next")
        waiting = [one for one in told["now"] if not one["is_answered"]]
        if not waiting:
            return
        given, rules = (SAFE, dict[str, int]()) if self.chance(0.88) else house.chance.choice(ALARMING)
        later = [one for one in told["soon"] if datetime.fromisoformat(one["opens_at"]) < house.now + 9 * DAY]
        is_last = not later and "trouble in a last window" not in self.counts  # no other window asks it again anyway
        if given is SAFE and (is_last or self.chance(0.1)):
            given = TROUBLE
            self.note("trouble in a last window" if not later else "trouble")
            self.plan(house.now + self.span(6.5 * DAY, 8 * DAY), lambda: self._look(life))
        body: Json = {"answers": given}
        if self.chance(0.5):
            body["arc_window_id"] = waiting[0]["arc_window_id"]
        if self.chance(0.12):
            body["completed_at"] = (house.now + house.chance.choice(CLOCKS)).isoformat()
            self.note("wrong clocks")
        if self.chance(0.12):
            body["completed_at"] = house.now.isoformat()
            self.note("sent late")
            self.plan(house.now + self.span(HOUR, 30 * HOUR), lambda: self._say(life, body, rules))
            return
        await self._say(life, body, rules)

    async def _say(self, life: Life, body: Json, rules: dict[str, int]) -> None:
        patient = self.house.seated(life.patient)
        made = await self._step(patient, "/check-ins", body)
        if made is None:
            return
        self.note("check-ins")
        self.said.append(Said(patient, made["id"], body["answers"], rules, made["arc_window_id"]))
        if self.chance(0.3):
            thoughts = self.house.chance.choice([0] * 9 + [1, 2])
            numbers = answers([*PHQ9[:8], thoughts])
            await self._step(patient, "/measure-responses", {"instrument_id": "phq9", "answers": numbers})
        if rules.get("R06") == 0 and self.chance(0.3):
            await patient.post("/help", expect=200)
            self.note("calls for help")
