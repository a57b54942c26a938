"""Patients and care teams."""

from datetime import timedelta
from uuid import uuid4

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.support import Api, World, enter_again


async def test_a_new_chart_is_read_back_and_found_by_a_part_of_the_name(world: World) -> None:
    therapist = await world.therapist()
    made = await therapist.post("/patients", {"name": "Rowan Sämple", "birth_on": "1988-04-17", "phone": "+1 555 0100"})
    assert await therapist.get(f"/patients/{made['id']}") == made
    found = await therapist.post("/patients/search", {"name_part": "sample"}, expect=200)
    assert [item["id"] for item in found["items"]] == [made["id"]]


async def test_nobody_outside_the_team_sees_a_chart(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    made = await therapist.post("/patients", {"name": "Rowan Sample"})
    await other.get(f"/patients/{made['id']}", expect=404)
    assert (await other.get("/patients"))["items"] == []


async def test_without_a_token(api: Api, world: World) -> None:
    assert (await api.send("GET", "/patients")).status_code == 401


async def test_ending_a_membership_ends_visibility_on_the_next_request(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    added = await therapist.post(
        f"/patients/{chart['id']}/care-team", {"account_id": prescriber.id, "role": "prescriber"}
    )
    await prescriber.get(f"/patients/{chart['id']}")
    await therapist.delete(f"/patients/{chart['id']}/care-team/{added['id']}", match=added["version"])
    await prescriber.get(f"/patients/{chart['id']}", expect=404)
    team = (await therapist.get(f"/patients/{chart['id']}/care-team"))["items"]
    assert [(m["role"], m["ended_at"] is None) for m in team] == [("prescriber", False), ("therapist", True)]


async def test_a_planned_end_ends_visibility_by_itself(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    until = (world.api.clock() + timedelta(minutes=30)).isoformat()
    body = {"account_id": prescriber.id, "role": "prescriber", "ends_at": until}
    await therapist.post(f"/patients/{chart['id']}/care-team", body)
    await therapist.post(f"/patients/{chart['id']}/care-team", body, expect=409)
    await prescriber.get(f"/patients/{chart['id']}")
    world.api.clock.advance(minutes=31)
    await prescriber.get(f"/patients/{chart['id']}", expect=404)


async def test_a_role_is_needed_to_join_a_team(world: World) -> None:
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    body = {"account_id": auditor.id, "role": "therapist"}
    await therapist.post(f"/patients/{chart['id']}/care-team", body, expect=422)
    await auditor.get(f"/patients/{chart['id']}", expect=403)


async def test_a_name_is_changed_and_found_anew(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": "rowan@example.org"})
    changed = await therapist.patch(f"/patients/{chart['id']}", {"name": "Rowan Other", "email": None}, 1)
    assert (changed["name"], changed["email"], changed["version"]) == ("Rowan Other", None, 2)
    assert (await therapist.post("/patients/search", {"name_part": "sample"}, expect=200))["items"] == []
    assert len((await therapist.post("/patients/search", {"name_part": "OTHER"}, expect=200))["items"]) == 1


async def test_an_own_id_is_kept_and_taken_once(world: World) -> None:
    therapist = await world.therapist()
    own = str(new_id())
    made = await therapist.post("/patients", {"id": own, "name": "Rowan Sample"})
    assert made["id"] == own
    refused = await therapist.post("/patients", {"id": own, "name": "Somebody Else"}, expect=409)
    assert refused["code"] == "id-taken"
    assert (await therapist.get(f"/patients/{own}"))["name"] == "Rowan Sample"
    await therapist.post("/patients", {"id": str(uuid4()), "name": "Rowan Sample"}, expect=422)


async def test_a_patient_is_invited_opens_the_account_and_sees_only_the_own_chart(world: World) -> None:
    therapist = await world.therapist()
    email = f"{uuid4().hex}@example.org"
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": email})
    other = await therapist.post("/patients", {"name": "Kit Other"})
    invited = await therapist.post("/invitations", {"patient_id": chart["id"]})
    await therapist.post("/invitations", {"patient_id": other["id"]}, expect=409)
    api = world.api
    body = {"code": invited["code"], "password": "quiet-otter-rows-upstream"}
    assert (await api.send("POST", "/invitations/accept", json=body)).status_code == 204
    answer = await api.send("POST", "/auth/tokens", json={"email": email.upper(), "password": body["password"]})
    assert answer.status_code == 201
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    me = (await api.send("GET", "/me", headers=headers)).json()
    assert (me["roles"], me["patient_id"]) == (["patient"], chart["id"])
    mine = (await api.send("GET", "/patients", headers=headers)).json()
    assert [item["id"] for item in mine["items"]] == [chart["id"]]
    assert (await api.send("GET", f"/patients/{other['id']}", headers=headers)).status_code == 404
    assert (await api.send("GET", "/patients", headers=headers, params={"limit": 0})).status_code == 422


async def test_a_corrected_address_is_what_the_patient_signs_in_with(world: World) -> None:
    therapist = await world.therapist()
    wrong, right = f"{uuid4().hex}@example.org", f"{uuid4().hex}@example.org"
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": wrong})
    invited = await therapist.post("/invitations", {"patient_id": chart["id"]})
    await therapist.patch(f"/patients/{chart['id']}", {"email": right}, 1)
    password = "quiet-otter-rows-upstream"
    await world.api.send("POST", "/invitations/accept", json={"code": invited["code"], "password": password})
    for email, status in ((right, 201), (wrong, 401)):
        answer = await world.api.send("POST", "/auth/tokens", json={"email": email, "password": password})
        assert answer.status_code == status
    refused = await therapist.patch(f"/patients/{chart['id']}", {"email": None}, 2, expect=409)
    assert refused["code"] == "address-in-use"
    other = await therapist.post("/patients", {"name": "Kit Other", "email": wrong})
    await therapist.post("/invitations", {"patient_id": other["id"]})
    taken = await therapist.patch(f"/patients/{other['id']}", {"email": right}, 1, expect=409)
    assert taken["code"] == "email-taken"
    shared = right.replace("@", "+kit@")  # what the remedy says to people who share one mailbox
    await therapist.patch(f"/patients/{other['id']}", {"email": shared}, 1)


async def test_a_planned_end_lies_ahead(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    body = {"account_id": prescriber.id, "role": "prescriber", "ends_at": "2020-01-01T00:00:00Z"}
    await therapist.post(f"/patients/{chart['id']}/care-team", body, expect=422)


async def test_an_unknown_parameter_is_refused(world: World) -> None:
    therapist = await world.therapist()
    await therapist.get("/patients", params={"pateint_id": str(new_id())}, expect=422)
    await therapist.get(f"/patients/{new_id()}", params={"verbose": "1"}, expect=422)


async def test_a_day_of_birth_has_come_somewhere_by_the_clock_of_the_clinic(world: World) -> None:
    therapist = await world.therapist()
    today = world.api.clock().date()  # 15:04 in UTC: in the first zones it is tomorrow
    made = await therapist.post("/patients", {"name": "New Sample", "birth_on": str(today + timedelta(days=1))})
    too_late = {"birth_on": str(today + timedelta(days=2))}
    for method, path, body, match in (
        ("POST", "/patients", {"name": "Newer Sample", **too_late}, None),
        ("PATCH", f"/patients/{made['id']}", too_late, 1),
    ):
        answer = await therapist.send(method, path, body, match=match)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "body.birth_on")
    world.api.clock.advance(days=1)
    await enter_again(therapist)
    await therapist.patch(f"/patients/{made['id']}", too_late, 1)
