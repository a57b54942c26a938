"""The story of a bad month in one small clinic, over HTTP: nothing is lost, and nobody reads what is not theirs."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integration_api.access.actor import Role
from integration_api.access.binding_check import check_access
from integration_api.app import sealer_of
from integration_api.cli.ledger import access_checks
from integration_api.ledger.verify import verify_all
from integration_api.settings import Settings
from tests.applications import application
from tests.factories import notes, plans, reflections
from tests.factories.care_teams import join
from tests.factories.factors import PASSWORD, sign_in, with_token
from tests.factories.flags import flags, take
from tests.factories.leavers import Leaver
from tests.resources.attention.test_urgency import disable, kinds, tasks
from tests.resources.journal.test_note_leavers import LATE
from tests.resources.oversight.test_access_log import entries
from tests.resources.people.test_emergencies import WHY, later, opening, told
from tests.resources.people.test_help import HOLD
from tests.resources.people.test_refreshing import refresh
from tests.support import Api, Json, Person, World, account_for, enter_again

ZONE = ZoneInfo("America/New_York")
WEEKDAYS = {day: [{"opens": "09:00", "closes": "17:00"}] for day in ("mon", "tue", "wed", "thu", "fri")}
CLINIC: Json = {"phone": "+1 555 0199", "emergency_instruction": "Go to Springfield General.", "hours": WEEKDAYS}
WRONG_CHART = {"reason": "It tells of another patient."}


@dataclass
class Month:
    """The people of the clinic, and what has happened so far."""

    world: World
    owner: Person
    imani: Person
    """The therapist of Rowan, who also supervises Noor's work."""
    noor: Person
    """A therapist, with a patient called Kit."""
    sol: Person
    """A supervisor, on nobody's care team."""
    finch: Person
    """A therapist who has no patient here."""
    officer: Person
    rowan: Person
    """A patient with a phone."""
    refresh_token: Json
    entries: list[str] = field(default_factory=list)
    """Ids of the entries that Rowan shared, the newest first."""
    misplaced: Json = field(default_factory=dict)
    """A note that Imani signed, about another patient."""

    @property
    def api(self) -> Api:
        return self.world.api

    @property
    def chart(self) -> str:
        return self.world.chart_id(self.rowan)

    @classmethod
    async def begin(cls, api: Api) -> "Month":
        """A clinic that is open on weekdays, and a patient who accepted an invitation on a phone."""
        world = await World.build(api)
        owner = await world.staff(Role.CLINIC_ADMIN, name="Olga Hart")
        imani = await world.staff(Role.THERAPIST, Role.SUPERVISOR, name="Imani Vale")
        noor = await world.staff(Role.THERAPIST, name="Noor Hale")
        sol = await world.staff(Role.SUPERVISOR, name="Sol Reed")
        finch = await world.staff(Role.THERAPIST, name="Curious Finch")
        officer = await world.staff(Role.PRIVACY_OFFICER, name="Pia Lund")
        await account_for(world.admin, owner, imani, noor, sol, finch, officer)
        clinic = await world.admin.get("/clinic")
        await world.admin.patch("/clinic", {**CLINIC, "owner_id": owner.id}, clinic["version"])
        facts = {"name": "Rowan Sample", "email": "rowan@example.org", "phone": "+1 555 0102"}
        chart = await imani.post("/patients", facts)
        code = (await imani.post("/invitations", {"patient_id": chart["id"]}))["code"]
        accepted = await api.send("POST", "/invitations/accept", json={"code": code, "password": PASSWORD})
        assert accepted.status_code == 204
        pair = await sign_in(api, "rowan@example.org")
        return cls(world, owner, imani, noor, sol, finch, officer, with_token(api, pair["access_token"]), pair)

    async def until(self, hour: int, *, days: int) -> None:
        """Let days pass until this hour on the clocks of the clinic. Everybody who is there signs in again."""
        now = self.api.clock()
        then = (now.astimezone(ZONE) + timedelta(days=days)).replace(hour=hour, minute=0)
        everybody = (self.world.admin, self.owner, self.imani, self.noor, self.sol, self.finch, self.officer)
        later(self.world, *everybody, self.rowan, seconds=(then.astimezone(UTC) - now).total_seconds())

    async def share(self, **facts: Any) -> Json:
        """An entry that Rowan shares."""
        made = await reflections.submitted(self.rowan, share=True, **facts)
        self.entries.insert(0, made["id"])
        return made


@pytest.mark.thorough
async def test_a_bad_month(own: Settings) -> None:
    async with application(own) as api:
        month = await Month.begin(api)
        await answers_are_lost(month)
        await month.until(11, days=4)
        await a_clock_is_wrong(month)
        await month.until(2, days=3)
        await help_is_asked_for_at_night(month)
        await month.until(10, days=1)
        await the_next_day_all_is_read(month)
        await month.until(15, days=6)
        await a_therapist_leaves(month)
        await month.until(9, days=2)
        await a_note_stands_in_the_wrong_chart(month)
        await month.until(13, days=5)
        await an_emergency_is_not_justified(month)
        await month.until(17, days=5)
        await the_ledger_knows_it_all(month)


async def answers_are_lost(month: Month) -> None:
    """Rowan's train goes through tunnels: three requests arrive, and their answers do not."""
    rowan, api = month.rowan, month.api
    entry: Json = {"kind": "text", "text": "The lake was still.", "ratings": {"mood": 4, "sleep": 6}}
    lost = await rowan.send("POST", "/reflections", entry, key="write")
    again = await rowan.send("POST", "/reflections", dict(reversed(entry.items())), key="write")
    assert (again.status_code, again.content) == (201, lost.content)
    assert len((await rowan.get("/reflections"))["items"]) == 1
    path, change = f"/reflections/{again.json()['id']}", {"text": "The lake was still, and so was I."}
    lost = await rowan.send("PATCH", path, change, match=1, key="change")
    again = await rowan.send("PATCH", path, change, match=1, key="change")
    assert (again.status_code, again.content, again.headers["etag"]) == (200, lost.content, lost.headers["etag"])
    shared = await rowan.post(f"{path}/submit", {"share": True}, match=2, expect=200)
    month.entries.append(shared["id"])
    never_arrived = await refresh(api, month.refresh_token)
    pair = await refresh(api, month.refresh_token)
    assert pair["refresh_token"] == never_arrived["refresh_token"]
    month.rowan = with_token(api, (await refresh(api, pair))["access_token"])


async def a_clock_is_wrong(month: Month) -> None:
    """The phone believes that it is ten years from now; then an entry of three days ago arrives at last."""
    now = month.api.clock()
    ahead = await month.share(captured_at=(now + timedelta(days=3653)).isoformat())
    assert (ahead["clock_skewed"], ahead["happened_at"]) == (True, ahead["created_at"])
    ago = (now - timedelta(days=3)).isoformat()
    late = await reflections.submitted(month.rowan, share=True, captured_at=ago)
    assert (late["clock_skewed"], datetime.fromisoformat(late["happened_at"])) == (False, now - timedelta(days=3))
    month.entries.insert(1, late["id"])
    timeline = {"kind": "reflection"}
    for person in (month.rowan, month.imani):
        for path, params in (("/reflections", {}), (f"/patients/{month.chart}/timeline", timeline)):
            shown = (await person.get(path, params=params))["items"]
            assert [item["id"] for item in shown] == month.entries
    assert datetime.fromisoformat(shown[1]["at"]) == now - timedelta(days=3)


async def help_is_asked_for_at_night(month: Month) -> None:
    """At two in the morning, with a chart that lawyers hold, a therapist who is locked out, and then a supervisor."""
    world, rowan, imani, sol, owner = month.world, month.rowan, month.imani, month.sol, month.owner
    version = (await world.admin.get(f"/patients/{month.chart}"))["version"]
    await world.admin.put(f"/patients/{month.chart}/legal-hold", HOLD, version)
    for facts, urgency, wait in (
        ({"ratings": {"distress": 10}}, "moderate", timedelta(hours=24)),
        ({"ratings": {"distress": 10}, "safety": "not_safe"}, "critical", timedelta(minutes=15)),
    ):
        entry = await month.share(**facts)
        first = (await tasks(imani))[0]
        [subject] = [flag["id"] for flag in await flags(imani, source_id=entry["id"])] or [entry["id"]]
        assert (first["subject_id"], first["urgency"]) == (subject, urgency)
        assert datetime.fromisoformat(first["due_at"]) - datetime.fromisoformat(first["opened_at"]) == wait
        said = entry["monitoring"]
        assert (said["told"], said["is_monitored_now"], said["reviewed_by"]) == ("team", False, first["due_at"])
        assert "call 911 (Emergency services)" in said["text"]
    headers = {"Authorization": f"Bearer {rowan.token}", "Content-Type": "application/json"}
    answer = await month.api.send("POST", "/help", content=b'{"please', headers=headers)
    assert (answer.status_code, answer.json()["told"]) == (200, "team")
    await disable(world, imani)
    assert (await rowan.post("/help", expect=200))["told"] == "supervisors"
    assert ("flag_raised", "critical") in await kinds(sol)
    await disable(world, sol)
    said = await rowan.post("/help", expect=200)
    assert (said["told"], said["clinic_phone"], said["clinic_is_open"]) == ("owner", CLINIC["phone"], False)
    assert [line["contact"] for line in said["crisis_resources"]][:2] == ["911", "988"]
    assert "If you are in danger, call 911" in said["text"]
    assert CLINIC["emergency_instruction"] in said["text"]
    calls = [task for task in await tasks(owner) if task["kind"] == "flag_raised"]
    assert {call["urgency"] for call in calls} == {"critical"}
    await owner.get(f"/reflections/{month.entries[0]}", expect=403)
    assert (await owner.send("POST", f"/worklist/{calls[0]['id']}/done")).status_code == 409


async def the_next_day_all_is_read(month: Month) -> None:
    """The two are let in again; Imani reads what came, and the hold ends."""
    world = month.world
    for person in (month.imani, month.sol):
        version = (await world.admin.get(f"/accounts/{person.id}"))["version"]
        await world.admin.patch(f"/accounts/{person.id}", {"state": "active"}, version)
        await enter_again(person)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"flag_second_review": 0}}, clinic["version"])
    for flag in await flags(month.imani, unclosed=True):
        await take(month.imani, await take(month.imani, flag, "contact"), "resolve")
    waiting = await tasks(month.imani)
    assert {*month.entries[:2]} <= {task["subject_id"] for task in waiting}
    promises = {entry: (await month.rowan.get(f"/reflections/{entry}"))["reply_promise"] for entry in month.entries}
    missed = {("reply_missed", entry) for entry, promise in promises.items() if promise["state"] == "missed"}
    assert {(task["kind"], task["subject_id"]) for task in waiting} == missed | {
        ("reflection_to_review", entry) for entry in month.entries
    }
    for entry in month.entries:
        version = (await month.imani.get(f"/reflections/{entry}"))["version"]
        await month.imani.post(f"/reflections/{entry}/review", match=version, expect=200)
    for person in (month.imani, month.sol, month.owner):
        assert await tasks(person) == []
    private = await reflections.draft(month.rowan)
    refused = await month.rowan.delete(f"/reflections/{private['id']}", 1, expect=409)
    assert refused["code"] == "legal-hold"
    version = (await world.admin.get(f"/patients/{month.chart}"))["version"]
    await world.admin.delete(f"/patients/{month.chart}/legal-hold", version)
    await month.rowan.delete(f"/reflections/{private['id']}", 1)


async def a_therapist_leaves(month: Month) -> None:
    """Imani goes, with a draft, a co-signature, an entry to read and a plan half done. Noor goes on with it."""
    world, imani, noor, sol, rowan = month.world, month.imani, month.noor, month.sol, month.rowan
    kit = (await noor.post("/patients", {"name": "Kit Sample"}))["id"]
    await world.admin.post(f"/patients/{kit}/care-team", {"account_id": imani.id, "role": "supervisor"})
    for person in (noor, sol):
        await join(imani, month.chart, person)
    month.misplaced = await notes.signed_note(imani, month.chart)
    draft = await notes.draft(imani, month.chart)
    pending = await notes.signed_note(noor, kit, needs_cosign=True)
    entry = await month.share(contact_me=True)
    plan = await plans.draft(imani, month.chart, is_shared=False)
    leaver = Leaver(world, imani, rowan)
    await leaver.change(successor_id=noor.id)
    left = (await world.admin.get(f"/accounts/{imani.id}/worklist"))["items"]
    for kind, made in (("note_to_sign", draft), ("note_to_cosign", pending), ("reflection_to_review", entry)):
        assert (kind, made["id"]) in [(task["kind"], task["subject_id"]) for task in left]
    await noor.get(f"/notes/{draft['id']}", expect=404)
    await leaver.leave("disabled")
    signed = await notes.sign(noor, await noor.get(f"/notes/{draft['id']}"), **LATE)
    assert (signed["state"], signed["is_late_entry"], signed["author_id"]) == ("signed", True, imani.id)
    assert signed["signature"]["account_id"] == noor.id
    assert sorted(await kinds(noor)) == [
        ("flag_raised", "moderate"),
        ("plan_to_finish", "routine"),
        ("reflection_to_review", "routine"),
    ]
    [flag] = await flags(noor, unclosed=True)
    await take(noor, await take(noor, flag, "acknowledge"), "resolve")
    version = (await noor.get(f"/reflections/{entry['id']}"))["version"]
    await noor.post(f"/reflections/{entry['id']}/review", match=version, expect=200)
    assert await kinds(sol) == [("note_to_cosign", "routine")]
    await join(noor, kit, sol)
    await sol.post(f"/notes/{pending['id']}/cosign", match=pending["version"], expect=200)
    proposed = await plans.step(noor, await noor.get(f"/plans/{plan['id']}"), "propose")
    await plans.step(rowan, proposed, "accept", {"revision": proposed["revision"]})
    for person in (noor, sol):
        assert [task["kind"] for task in await tasks(person)] == (["plan_to_read"] if person is noor else [])
    assert (await imani.send("GET", "/me")).status_code == 401


async def a_note_stands_in_the_wrong_chart(month: Month) -> None:
    """Its author is gone. Rowan sees it no more, and who took it away; staff see it, marked."""
    path, version = f"/notes/{month.misplaced['id']}", month.misplaced["version"]
    assert (await month.rowan.get(path))["state"] == "signed"
    await month.noor.post(f"{path}/enter-in-error", WRONG_CHART, match=version, expect=403)
    done = await month.sol.post(f"{path}/enter-in-error", WRONG_CHART, match=version, expect=200)
    assert (done["state"], done["error_reason"]) == ("entered_in_error", WRONG_CHART["reason"])
    assert (await month.noor.get(path))["sections"] == month.misplaced["sections"]
    await month.rowan.get(path, expect=404)
    shown = (await month.rowan.get("/notes"))["items"]
    assert [note["signature"]["account_id"] for note in shown] == [month.noor.id]
    log = [(item["event"], item["actor"]["name"]) for item in await entries(month.rowan, others=True)]
    assert ("note.entered_in_error", "Sol Reed") in log


async def an_emergency_is_not_justified(month: Month) -> None:
    """Finch looks in out of curiosity, and is kept out until the privacy officer lets them in."""
    finch, officer, chart = month.finch, month.officer, month.chart
    await finch.get(f"/patients/{chart}", expect=404)
    made = await finch.post(opening(chart), WHY)
    assert (await finch.get(f"/reflections/{month.entries[0]}"))["text"]
    assert ("care_team.emergency_opened", made["id"], chart) in await told(month.rowan)
    path = f"/emergency-accesses/{made['id']}"
    await officer.post(f"{path}/review", {"outcome": "not_justified"}, match=1, expect=200)
    for gone in (f"/patients/{chart}", f"/reflections/{month.entries[0]}"):
        await finch.get(gone, expect=404)
    assert (await finch.post(opening(chart), WHY, expect=403))["code"] == "emergency-barred"
    await finch.post(f"{path}/lift-bar", match=2, expect=403)
    await officer.post(f"{path}/lift-bar", match=2, expect=200)
    await finch.post(opening(chart), WHY)


async def the_ledger_knows_it_all(month: Month) -> None:
    """Nothing was touched, and Rowan reads who looked."""
    log = await entries(month.rowan, others=True)
    assert log[-1]["event"] == "patient.created"
    looked = {item["actor"]["name"] for item in log if item["outcome"] == "done"}
    assert looked == {"Ada Keeper", "Imani Vale", "Noor Hale", "Sol Reed", "Curious Finch", "Pia Lund"}
    read = {(item["actor"]["name"], item["basis"]) for item in log if item["event"] == "reflection.read"}
    assert read == {("Imani Vale", None), ("Noor Hale", None), ("Curious Finch", "emergency")}
    runtime = month.api.runtime
    sealer = sealer_of(runtime)
    assert await sealer.seal_all(back=None) > len(log)
    [ledger] = await verify_all(runtime.database, sealer.signer.public_key, {}, lambda _rows: None)
    [access] = await check_access(runtime.database, runtime.bindings, access_checks(), runtime.clock())
    assert (ledger.findings, ledger.waiting, access.findings) == ([], 0, [])
    assert min(ledger.rows, access.rows) > 0
