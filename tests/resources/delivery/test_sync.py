"""A batch of offline work: each item is the operation itself, with its guards, ledger rows and stored responses."""

from datetime import datetime

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from integration_api.resources.delivery.sync import dispatch, service
from integration_api.resources.delivery.sync.rules import path_values
from integration_api.resources.delivery.sync.schemas import MAX_ITEMS, SyncOperation
from tests.factories import notes, plans
from tests.factories.batches import begin, codes, create, edit, item, sync
from tests.factories.reflections import draft, ledger_of
from tests.factories.sessions import session
from tests.support import Person, World


async def patient_of(world: World) -> Person:
    """A patient with a chart."""
    return await world.patient_of(await world.therapist())


# ── an item is the operation itself ──


async def test_a_night_s_writing_goes_in_one_request(world: World) -> None:
    """Create, change and submit, with ETags that the phone could foresee."""
    patient, own = await patient_of(world), str(new_id())
    path = f"/reflections/{own}"
    results = await sync(
        patient,
        begin("a", own),
        edit("b", own, {"text": "The lake was still, and so was I."}, after=["a"]),
        item("c", "submit_reflection", f"{path}/submit", {"share": True}, if_match='"2"', after=["b"]),
    )
    assert codes(results) == [201, 200, 200]
    shown = await patient.send("GET", path)
    assert (shown.json()["version"], shown.json()["sharing"]) == (3, "shared")
    assert (results[2]["body"], results[2]["etag"]) == (shown.json(), shown.headers["etag"])
    events = [event.partition(".")[2] for event, _ in await ledger_of(world.api, own)]
    assert events == ["created", "updated", "submitted", "shared", "read"]


async def test_the_rows_of_a_batch_have_its_request_id_and_it_has_none_of_its_own(world: World) -> None:
    patient, auditor = await patient_of(world), await world.staff(Role.AUDITOR)
    medicine = {"patient_id": world.chart_id(patient), "name": "Sertraline", "kind": "prescribed"}
    answer = await patient.send("POST", "/sync", {"items": [item("m", "create_medicine", "/medicines", medicine)]})
    assert codes(answer.json()["results"]) == [201]
    rows = (await auditor.get("/ledger", params={"limit": 100}))["items"]
    of_batch = [row["event"] for row in rows if row["request_id"] == answer.headers["x-request-id"]]
    assert of_batch == ["medicine.created"]


async def test_a_desk_s_writing_goes_too(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    meeting = await session(therapist, chart)
    own = str(new_id())
    body = {"id": own, "session_id": meeting["id"], "format": "dap", "sections": {"plan": "Rest."}}
    path = f"/notes/{own}"
    results = await sync(
        therapist,
        item("a", "create_note", "/notes", body),
        item("b", "update_note", path, {"sections": {"data": "Calm."}}, if_match='"1"'),
        item("c", "start_session", f"/sessions/{meeting['id']}/start", if_match='"1"'),
    )
    assert codes(results) == [201, 200, 200]
    assert (await therapist.get(path))["sections"] == {"data": "Calm.", "plan": "Rest."}


async def test_each_item_is_refused_as_alone(world: World) -> None:
    """By role, by chart, by version, by shape: with the status and code of the operation."""
    therapist, stranger = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    made, other = await draft(patient), await draft(patient)
    note = await notes.draft(therapist, world.chart_id(patient))
    path = f"/reflections/{made['id']}"
    asked = [
        item("a", "delete_note", f"/notes/{note['id']}", if_match='"1"'),
        item("b", "update_reflection", path, {"text": "x"}),
        item("d", "update_reflection", path, {"text": 7}, if_match='"1"'),
        item("e", "update_reflection", f"/reflections/{new_id()}", {"text": "x"}, if_match='"1"'),
        item("f", "update_reflection", path, None, if_match='"1"'),
        item("c", "update_reflection", f"/reflections/{other['id']}", {"text": "x"}, if_match='"7"'),
    ]
    refused = await sync(patient, *asked)
    assert codes(refused) == [
        "forbidden",
        "version-required",
        "invalid",
        "not-found",
        "invalid",
        "stale-version",
    ]
    for sent, found in zip(asked, refused, strict=True):
        method = "DELETE" if sent["operation"].startswith("delete") else "PATCH"
        alone = await patient.send(method, sent["path"], sent["body"], match=sent.get("if_match"), key=sent["key"])
        same = {name: value for name, value in alone.json().items() if name != "request_id"}
        assert {name: value for name, value in found["problem"].items() if name != "request_id"} == same
        assert (found["status"], found["etag"]) == (alone.status_code, alone.headers.get("etag"))
    [unseen] = await sync(stranger, item("a", "update_note", f"/notes/{note['id']}", {"sections": {}}, if_match='"1"'))
    assert unseen["problem"]["code"] == "not-found"
    assert (await patient.get(path))["version"] == 1


async def test_a_key_is_done_once_in_batches_and_alone(world: World) -> None:
    """A batch whose response was lost is sent again; DELETE and PATCH are no conflict with oneself either."""
    patient, own = await patient_of(world), str(new_id())
    path = f"/reflections/{own}"
    batch = [
        begin("a", own, "The lake."),
        edit("b", own, {"text": "The lake and the bank."}),
        create("c"),
        item("d", "delete_reflection", path, if_match='"2"'),
    ]
    first = await sync(patient, *batch[:3])
    again = await sync(patient, *batch[:3])
    assert again == first
    [*_, gone] = await sync(patient, *batch)
    [*early, still_gone] = await sync(patient, *batch)
    assert (gone["status"], still_gone) == (204, gone)
    assert codes(early) == ["gone", "not-found", 201]
    assert len((await patient.get("/reflections"))["items"]) == 1
    alone = await patient.send("POST", "/reflections", {"text": "The lake was still."}, key="c")
    assert (alone.status_code, alone.json()) == (201, first[2]["body"])
    [other] = await sync(patient, create("c", "Another text."))
    assert other["problem"]["code"] == "idempotency-key-reused"


# ── order ──


async def test_what_fails_stops_only_those_that_come_after_it(world: World) -> None:
    patient, own = await patient_of(world), str(new_id())
    path = f"/reflections/{own}"
    results = await sync(
        patient,
        item("a", "create_reflection", "/reflections", {"id": own, "text": 7}),
        edit("b", own, {"text": "x"}, after=["a"]),
        item("c", "submit_reflection", f"{path}/submit", {}, if_match='"2"', after=["b"]),
        create("d"),
        create("e", after=["d"]),
    )
    assert codes(results) == ["invalid", "blocked", "blocked", 201, 201]
    left_out = results[1]
    assert [left_out[name] for name in ("status", "etag", "body", "problem")] == [None] * 4
    assert len((await patient.get("/reflections"))["items"]) == 2


async def test_a_text_that_was_kept_beside_is_not_handed_in(world: World) -> None:
    """Else the other text would be shared, which this phone has never shown."""
    patient = await patient_of(world)
    made = await draft(patient)
    await patient.patch(f"/reflections/{made['id']}", {"text": "From the other phone."}, 1)
    submit = item("b", "submit_reflection", f"/reflections/{made['id']}/submit", {"share": True}, if_match='"2"')
    results = await sync(patient, edit("a", made["id"], {"text": "From this one."}), {**submit, "after": ["a"]})
    assert codes(results) == ["kept-both", "blocked"]
    assert (await patient.get(f"/reflections/{made['id']}"))["state"] == "draft"


async def test_a_foreseen_version_never_meets_another_s(world: World) -> None:
    """The other phone made version 2: what counted on a version 2 of its own would overwrite it."""
    patient = await patient_of(world)
    therapist = await world.therapist()
    made, plan = await draft(patient), await plans.plan(therapist, world.chart_id(await world.patient_of(therapist)))
    await patient.patch(f"/reflections/{made['id']}", {"text": "From the other phone."}, 1)
    careless = [edit(key, made["id"], {"text": "x"}, version) for key, version in (("a", 1), ("b", 2))]
    assert codes(await sync(patient, *careless, create("c"))) == ["kept-both", "blocked", 201]
    assert (await patient.get(f"/reflections/{made['id']}"))["text"] == "From the other phone."
    path = f"/plans/{plan['id']}"
    await therapist.patch(path, {"title": "From the desk"}, 1)
    titles = [item(str(version), "update_plan", path, {"title": "x"}, if_match=f'"{version}"') for version in (1, 2)]
    steps = [*titles, item("s", "add_strategy", f"{path}/strategies", plans.WHOLE, if_match='"2"')]
    assert codes(await sync(therapist, *steps)) == ["stale-version", "blocked", "blocked"]
    assert (await therapist.get(path))["title"] == "From the desk"


async def test_one_id_is_one_thing_however_it_is_written(world: World) -> None:
    """Some platforms write an id in capitals: the other phone's text must be as safe from them."""
    patient = await patient_of(world)
    made = await draft(patient)
    await patient.patch(f"/reflections/{made['id']}", {"text": "From the other phone."}, 1)
    careless = [edit("a", made["id"], {"text": "x"}, 1), edit("b", made["id"].upper(), {"text": "x"}, 2)]
    assert codes(await sync(patient, *careless)) == ["kept-both", "blocked"]
    assert (await patient.get(f"/reflections/{made['id']}"))["text"] == "From the other phone."


async def test_a_version_that_was_not_made_here_is_not_foreseen(world: World) -> None:
    """Whatever the first item failed of: version 2 is then the other phone's."""
    patient = await patient_of(world)
    made = await draft(patient)
    await patient.patch(f"/reflections/{made['id']}", {"text": "From the other phone."}, 1)
    refused = edit("a", made["id"], {"text": 7}, 1)
    assert codes(await sync(patient, refused, edit("b", made["id"], {"text": "x"}, 2))) == ["invalid", "blocked"]
    invalid, left_out = (
        item("c", "create_reflection", "/reflections", {"text": 7}),
        edit("d", made["id"], {"text": "x"}, 1, after=["c"]),
    )
    steps = [invalid, left_out, edit("e", made["id"], {"text": "x"}, 2)]
    assert codes(await sync(patient, *steps)) == ["invalid", "blocked", "blocked"]
    assert (await patient.get(f"/reflections/{made['id']}"))["text"] == "From the other phone."


async def test_what_names_the_version_of_one_that_failed_goes_on(world: World) -> None:
    """It foresees nothing: the version is still there, or the item is refused as alone."""
    patient = await patient_of(world)
    made = await draft(patient)
    refused = edit("a", made["id"], {"text": 7}, 1)
    assert codes(await sync(patient, refused, edit("b", made["id"], {"text": "Better."}, 1))) == ["invalid", 200]


async def test_a_batch_whose_keys_say_nothing_clear_is_refused_whole(world: World) -> None:
    patient = await patient_of(world)
    for items, field in (
        ([create("a"), create("a")], "body.items.1.key"),
        ([create("a", after=["b"]), create("b")], "body.items.0.after"),
        ([create("a", after=["a"])], "body.items.0.after"),
    ):
        refused = await patient.post("/sync", {"items": items}, expect=422)
        assert [error["field"] for error in refused["errors"]] == [field]
    assert (await patient.get("/reflections"))["items"] == []


# ── bounds ──


@pytest.mark.thorough
async def test_a_batch_is_bounded(world: World) -> None:
    patient = await patient_of(world)
    await patient.post("/sync", {"items": []}, expect=422)
    await patient.post("/sync", {"items": [create(str(at)) for at in range(MAX_ITEMS + 1)]}, expect=422)
    await patient.post("/sync", {"items": [create("a", "x" * 1024 * 1024)]}, expect=413)
    assert (await patient.get("/reflections"))["items"] == []
    assert set(codes(await sync(patient, *(create(str(at)) for at in range(MAX_ITEMS))))) == {201}


async def test_after_ten_seconds_no_item_begins(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the application's clock, which here goes on by two seconds with each look."""
    patient, batch = await patient_of(world), [create(str(at)) for at in range(9)]

    def hasty() -> datetime:
        world.api.clock.advance(seconds=2)
        return world.api.clock()

    with monkeypatch.context() as patched:
        patched.setattr(world.api.runtime, "clock", hasty)
        results = await sync(patient, *batch)
    found = codes(results)
    done = found.count(201)
    assert 0 < done < len(batch)
    assert found == [201] * done + ["out_of_time"] * (len(batch) - done)
    assert len((await patient.get("/reflections"))["items"]) == done
    again = await sync(patient, *batch)
    assert (again[:done], set(codes(again))) == (results[:done], {201})
    assert len((await patient.get("/reflections"))["items"]) == len(batch)


async def test_after_four_mebibytes_of_results_no_item_begins(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = await patient_of(world)
    monkeypatch.setattr(service, "MAX_RESULT_BYTES", 1500)
    assert codes(await sync(patient, *(create(key) for key in "abc"))) == [201, 201, "out_of_room"]


@pytest.mark.thorough
async def test_a_batch_opens_no_more_charts_than_single_requests_do(world: World) -> None:
    await world.admin.patch("/clinic", {"policies": {"charts_per_ten_minutes": 20}}, 1)
    therapist = await world.therapist()
    charts = [(await therapist.post("/patients", {"name": "Rowan Sample"}))["id"] for _ in range(40)]
    courses = [item(chart, "create_course", "/courses", {"patient_id": chart}) for chart in charts]
    found = codes(await sync(therapist, *courses))
    assert found.count(201) <= 30
    assert found[30:] == ["too-many-requests"] * 10


# ── what an item may be ──


async def test_an_item_has_the_path_of_its_operation(world: World) -> None:
    patient = await patient_of(world)
    made = await draft(patient)
    for path in (
        "/v1/notes",
        f"/v1/reflections/{made['id']}/submit",
        f"/reflections/{made['id']}",
        f"/v1/reflections/{made['id']}/",
        f"/v1/reflections/{made['id']}?x=1",
        "/v1/reflections/../accounts",
        "/v1/reflections/",
        "/v1/reflections/%2e%2e",
    ):
        [refused] = await sync(patient, {**edit("k", made["id"], {"text": "x"}), "path": path})
        assert (refused["status"], refused["problem"]["code"]) == (422, "invalid"), path
    assert (await patient.get(f"/reflections/{made['id']}"))["version"] == 1


async def test_what_is_not_written_offline_is_no_item(world: World) -> None:
    therapist = await world.therapist()
    for operation, path in (("create_patient", "/patients"), ("sign_note", f"/notes/{new_id()}/sign"), ("x", "/x")):
        await therapist.post("/sync", {"items": [item("a", operation, path, {"name": "Rowan Sample"})]}, expect=422)


async def test_only_prose_is_kept_beside(world: World) -> None:
    therapist = await world.therapist()
    plan = await plans.plan(therapist, world.chart_id(await world.patient_of(therapist)))
    path = f"/plans/{plan['id']}"
    change = item("a", "update_plan", path, {"title": "Later evenings"}, if_match='"7"')
    [refused, stale] = await sync(therapist, {**change, "on_conflict": "keep_both"}, {**change, "key": "b"})
    assert [error["field"] for error in refused["problem"]["errors"]] == ["on_conflict"]
    assert (stale["problem"]["code"], stale["etag"][:3]) == ("stale-version", '"1-')
    assert stale["problem"]["current"]["title"] == plan["title"]


async def test_who_is_signed_out_gets_a_401_for_the_whole_batch(world: World) -> None:
    patient = await patient_of(world)
    await patient.delete("/auth/tokens/current")
    refused = await patient.send("POST", "/sync", {"items": [create("a")]})
    assert (refused.status_code, refused.json()["code"]) == (401, "sign-in-ended")


def test_every_operation_of_the_list_has_its_route_and_writes() -> None:
    assert dispatch.ROUTES.keys() == set(SyncOperation)
    every = {route.name: route for route in action_routes()}
    for name, route in dispatch.ROUTES.items():
        assert route is every[name]
        assert route.methods
        assert route.methods <= {"POST", "PATCH", "DELETE"}
        assert not route.operation.is_public
        assert not route.operation.needs_step_up


def test_a_path_is_that_of_its_template_alone() -> None:
    template = "/v1/plans/{plan_id}/strategies/{strategy_id}"
    assert path_values(template, "/v1/plans/a/strategies/b") == {"plan_id": "a", "strategy_id": "b"}
    for path in ("", "/", "/v1/plans/a/strategies", "/v1/plans/a/practices/b", "/v1/plans/a/strategies/b/c"):
        assert path_values(template, path) is None


async def test_an_item_takes_no_header_of_its_batch_but_the_token(world: World) -> None:
    """Neither If-Match nor On-Conflict nor Idempotency-Key: an item says its own, or has none."""
    patient = await patient_of(world)
    made = await draft(patient)
    change = item("own", "update_reflection", f"/reflections/{made['id']}", {"text": "Mine."})
    body = {"items": [change, {**change, "key": "stale", "if_match": '"7"'}, create("whole")]}
    head = {"On-Conflict": "keep_both"}
    answer = await patient.send("POST", "/sync", body, match=1, key="whole", headers=head)
    assert codes(answer.json()["results"]) == ["version-required", "stale-version", "request-in-progress"]
    await patient.send("POST", "/sync?patient_id=x", {"items": [create("a")]})
    assert len((await patient.get("/reflections"))["items"]) == 1
