"""A 412 shows the present version, so that a client can merge."""

from integration_api.access.actor import Role
from integration_api.app import action_routes
from tests.factories import plans
from tests.factories.care_teams import join
from tests.factories.notes import draft
from tests.factories.reflections import submitted
from tests.resources.people.test_service_accounts import program
from tests.support import Api, Json, Person, World

NO_GET_OF_ONE = {
    "end_care_team_member",
    "lift_emergency_bar",
    "release_dose_hold",
    "review_emergency_access",
    "rotate_service_account_secret",
    "rotate_webhook_secret",
    "update_service_account",
    "update_webhook",
}
"""Operations on things that no GET reads one by one: their 412 has no `current`."""


async def opened(world: World) -> tuple[Person, str]:
    """A therapist, and the path of a draft of theirs."""
    therapist = await world.therapist()
    note = await draft(therapist, world.chart_id(await world.patient_of(therapist)))
    return therapist, f"/notes/{note['id']}"


def data(text: str) -> Json:
    """A change of one section."""
    return {"sections": {"data": text}}


async def test_a_stale_version_is_told_what_stands_now(world: World) -> None:
    therapist, path = await opened(world)
    await therapist.patch(path, data("From the phone."), 1)
    stale = await therapist.send("PATCH", path, data("From the desk."), match=1)
    now = await therapist.send("GET", path)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    assert stale.json()["current"] == now.json()
    assert stale.headers["etag"] == now.headers["etag"]
    merged = data("From the desk, and from the phone.")
    saved = await therapist.patch(path, merged, stale.headers["etag"])
    assert (saved["sections"]["data"], saved["version"]) == (merged["sections"]["data"], 3)


async def test_an_action_and_a_delete_are_told_it_too(world: World) -> None:
    therapist, path = await opened(world)
    await therapist.patch(path, data("Again."), 1)
    for method, address in (("POST", f"{path}/sign"), ("DELETE", path)):
        stale = await therapist.send(method, address, match=1)
        assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2), stale.text
        assert stale.headers["etag"].startswith('"2-')


async def test_a_change_of_a_strategy_is_told_the_plan(world: World) -> None:
    therapist = await world.therapist()
    plan = await plans.plan(therapist, world.chart_id(await world.patient_of(therapist)))
    path = f"/plans/{plan['id']}"
    await therapist.patch(path, {"title": "Late evenings"}, 1)
    stale = await therapist.send("POST", f"{path}/strategies", plans.WHOLE, match=1)
    assert (stale.status_code, stale.json()["current"]["title"]) == (412, "Late evenings"), stale.text


async def test_the_present_version_is_read_by_the_rules_of_reading(world: World) -> None:
    """It is in the ledger as a read, and shows a person no more than a GET does."""
    therapist, path = await opened(world)
    await therapist.patch(path, data("Again."), 1)
    auditor = await world.staff(Role.AUDITOR)
    stale = await therapist.send("PATCH", path, data("x"), match=1)
    rows = (await auditor.get("/ledger", params={"limit": 100}))["items"]
    of_request = [row["event"] for row in rows if row["request_id"] == stale.headers["x-request-id"]]
    assert of_request == ["note.read"]


async def test_a_program_that_may_not_read_is_shown_nothing(world: World) -> None:
    chart = await (await world.therapist()).post("/patients", {"name": "Rowan Sample"})
    path = f"/patients/{chart['id']}"
    for scopes, is_shown in ((("patient:update",), False), (("patient:update", "patient:read"), True)):
        _, desk = await program(world, *scopes)
        stale = await desk.send("PATCH", path, {"phone": "0123 4567"}, match=9)
        assert stale.status_code == 412, stale.text
        assert ("current" in stale.json(), "etag" in stale.headers) == (is_shown, is_shown)


async def test_a_reflection_shown_with_a_412_counts_as_read(world: World) -> None:
    """Its text was shown, so its patient is told so, as of any other read."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    entry = await submitted(patient, share=True)
    stale = await therapist.send("POST", f"/reflections/{entry['id']}/review", match=1)
    assert (stale.status_code, stale.json()["current"]["text"]) == (412, entry["text"])
    assert (await patient.get(f"/reflections/{entry['id']}"))["first_read_at"] is not None


async def test_where_nothing_reads_one_the_version_alone_is_refused(world: World) -> None:
    therapist = await world.therapist()
    chart_id = world.chart_id(await world.patient_of(therapist))
    member = await join(therapist, chart_id, await world.therapist())
    stale = await therapist.send("DELETE", f"/patients/{chart_id}/care-team/{member['id']}", match=9)
    assert stale.status_code == 412
    assert "current" not in stale.json()
    assert "etag" not in stale.headers


def test_every_operation_with_a_version_knows_who_reads_it(api: Api) -> None:
    versioned = {
        route.name: route
        for route in action_routes()
        if any(d.name == "expected_version" for d in route.dependant.dependencies)
    }
    assert {name for name, route in versioned.items() if route.reader is None} == NO_GET_OF_ONE
    assert len(versioned) > 40
