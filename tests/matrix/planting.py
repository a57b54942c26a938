"""A chart in which every text that anybody can write is there, each with a canary that says what it is."""

from dataclasses import dataclass
from uuid import uuid4

from integration_api.access.actor import Role
from tests.factories import notes, plans, reflections, sessions
from tests.matrix.cast import WHY, join
from tests.support import Json, Person, World


@dataclass
class Planted:
    """One chart, its people, and its things by the names of path parameters."""

    world: World
    mark: str
    birth_on: str
    author: Person
    people: dict[str, Person]
    patient: Person
    ids: Json

    def word(self, where: str) -> str:
        """A canary: whose, which kind of text, and what no other text holds."""
        return f"{self.mark}-{where}-{uuid4().hex[:8]}"

    @property
    def chart(self) -> str:
        """The chart's id."""
        return str(self.ids["patient_id"])

    @classmethod
    async def build(cls, world: World, mark: str, birth_on: str) -> "Planted":
        """Kinds: `person`, `staff`, `text` (the team's and the patient's), `team` (not the patient's), `draft` (author
        and supervisor), `private` (the patient's alone), `emergency`, `hold`."""
        author = await world.staff(Role.THERAPIST, name=f"{mark}-staff-author-{uuid4().hex[:8]}")
        made = cls(world, mark, birth_on, author, {"author": author}, author, {})
        w = made.word
        made.patient = await world.patient_of(
            author,
            name=f"{w('person-name')} Sample",
            preferred_name=w("person-preferred"),
            email=f"{w('person-mail')}@example.org",
            phone=w("person-phone"),
            emergency_contact=w("person-contact"),
            birth_on=birth_on,
        )
        made.people["patient"] = made.patient
        made.ids |= {"patient_id": world.chart_id(made.patient), "account_id": author.id}
        for name, role in (
            ("therapist", Role.THERAPIST),
            ("prescriber", Role.PRESCRIBER),
            ("supervisor", Role.SUPERVISOR),
        ):
            made.people[name] = await world.staff(role, name=w(f"staff-{name}"))
            await join(author, made.chart, made.people[name])
        await made._meetings()
        await made._notes()
        await made._reflections()
        await made._plans()
        await made._emergency()
        await made._hold()
        return made

    async def _meetings(self) -> None:
        w, chart = self.word, self.chart
        body = {"patient_id": chart, "indication": w("text-indication"), "intention": w("text-course")}
        course = await self.author.post("/courses", body, key=uuid4().hex)
        setting = {name: w(f"text-{name}") for name in ("expectation", "food", "room", "stance")}
        session = await sessions.session(
            self.author,
            chart,
            course_id=course["id"],
            people=[{"role": "therapist", "name": w("text-person"), "account_id": self.author.id}],
            intention=w("text-intention"),
            set_and_setting=setting,
        )
        await sessions.move(self.author, await sessions.session(self.author, chart), "cancel", reason=w("text-cancel"))
        self.ids |= {"course_id": course["id"], "session_id": session["id"]}

    async def _notes(self) -> None:
        w, chart, author, above = self.word, self.chart, self.author, self.people["supervisor"]
        session_id = await notes.past_session(author, chart, hours_ago=200)
        facts: Json = {"session_id": session_id, "needs_cosign": True}
        note = await notes.draft(author, chart, sections={k: w(f"text-{k}") for k in notes.sections()}, **facts)
        note = await notes.sign(author, note, late_entry_reason=w("text-late"))
        note = await above.post(f"/notes/{note['id']}/cosign", match=note["version"], expect=200)
        plain = await notes.signed_note(author, chart, sections=notes.sections(plan=w("text-plan")))
        body = {"sections": notes.sections(plan=w("text-amended")), "reason": w("text-reason")}
        await author.post(f"/notes/{plain['id']}/amendments", body, match=plain["version"], expect=200)
        await author.post(f"/notes/{plain['id']}/addenda", {"text": w("text-addendum")})
        wrong = await notes.signed_note(author, chart, sections=notes.sections(plan=w("team-plan")))
        error = {"reason": w("team-error")}
        await author.post(f"/notes/{wrong['id']}/enter-in-error", error, match=wrong["version"], expect=200)
        await notes.draft(author, chart, sections=notes.sections(plan=w("draft-plan")))
        sent = await notes.signed_note(author, chart, sections=notes.sections(plan=w("draft-sent")), needs_cosign=True)
        returned = {"reason": w("draft-returned")}
        await above.post(f"/notes/{sent['id']}/return", returned, match=sent["version"], expect=200)
        self.ids["note_id"] = plain["id"]

    async def _reflections(self) -> None:
        w, patient = self.word, self.patient
        facts: Json = {"tags": [w("text-tag")], "insights": [{"text": w("text-insight")}], "safety": "not_sure"}
        entry = await reflections.submitted(patient, share=True, text=w("private-before"), **facts)
        path = f"/reflections/{entry['id']}"
        await patient.patch(path, {"text": w("text-entry")}, entry["version"])
        await self.author.post(f"{path}/replies", {"text": w("text-reply")})
        await reflections.submitted(patient, text=w("private-entry"), tags=[w("private-tag")])
        await reflections.draft(patient, text=w("private-draft"))
        self.ids["reflection_id"] = entry["id"]

    async def _plans(self) -> None:
        w, chart, author, patient = self.word, self.chart, self.author, self.patient
        strategy = {
            "category": "journaling",
            "title": w("text-strategy"),
            "description": w("text-description"),
            "if_cue": w("text-cue"),
            "then_action": w("text-action"),
            "barriers": [{"barrier": w("text-barrier"), "workaround": w("text-workaround")}],
            "supports": [w("text-support")],
        }
        plan = await plans.plan(author, chart, title=w("text-title"), aim=w("text-aim"))
        made = await plans.strategy(author, plan["id"], plan["version"], **strategy)
        plan = await plans.step(author, await author.get(f"/plans/{plan['id']}"), "propose")
        plan = await plans.step(patient, plan, "decline", {"reason": w("text-decline")})
        plan = await plans.step(author, plan, "propose")
        plan = await plans.step(patient, plan, "accept", {"revision": plan["revision"]})
        refused = await plans.proposed(author, chart)
        await plans.step(patient, refused, "decline", {"reason": w("text-no")})
        practice = await plans.practice(patient, made["id"], context=w("text-context"))
        self.ids |= {"plan_id": plan["id"], "strategy_id": made["id"], "practice_id": practice["id"]}

    async def _emergency(self) -> None:
        self.people["emergency"] = await self.world.staff(Role.THERAPIST, name=self.word("staff-emergency"))
        body = {**WHY, "reason": self.word("emergency-reason")}
        opened = await self.people["emergency"].post(f"/patients/{self.chart}/emergency-access", body)
        self.ids |= {"emergency_id": opened["id"], "member_id": opened["id"]}

    async def _hold(self) -> None:
        body = {"reason": "audit", "reference": self.word("hold-reference"), "note": self.word("hold-note")}
        path = f"/patients/{self.chart}"
        version = (await self.world.admin.get(path))["version"]
        await self.world.admin.put(f"{path}/legal-hold", body, version)
