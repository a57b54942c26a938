"""The sign-ins of a member of staff, as an admin sees and ends them."""

from integration_api.access.actor import Role
from tests.factories.factors import add_totp, invite, sign_in, with_token
from tests.support import Json, Person, World


async def on_two_devices(world: World) -> tuple[Person, Person, str]:
    """One member of staff with a second factor on a laptop, and without one on a phone; the id of the account."""
    email, account = await invite(world)
    phone = with_token(world.api, (await sign_in(world.api, email, device="Phone"))["access_token"])
    world.api.clock.advance(seconds=1)
    laptop = with_token(world.api, (await sign_in(world.api, email, device="Laptop"))["access_token"])
    return phone, laptop, account["id"]


async def listed(world: World, account_id: str) -> list[Json]:
    found: list[Json] = (await world.admin.get(f"/accounts/{account_id}/sign-ins"))["items"]
    return found


async def test_an_admin_sees_where_somebody_is_signed_in(world: World) -> None:
    phone, laptop, account_id = await on_two_devices(world)
    rows = await listed(world, account_id)
    assert [(row["id"], row["label"]) for row in rows] == [
        (str(laptop.actor.sign_in_id), "Laptop"),
        (str(phone.actor.sign_in_id), "Phone"),
    ]
    assert not any(row["is_this_one"] or row["is_strong"] for row in rows)
    page = await world.admin.get(f"/accounts/{account_id}/sign-ins", params={"limit": 1})
    rest = await world.admin.get(f"/accounts/{account_id}/sign-ins", params={"limit": 1, "cursor": page["next_cursor"]})
    assert [*page["items"], *rest["items"]] == rows


async def test_one_ends_with_its_next_request_and_the_person_is_told(world: World) -> None:
    phone, laptop, account_id = await on_two_devices(world)
    path = f"/accounts/{account_id}/sign-ins/{phone.actor.sign_in_id}"
    await world.admin.delete(path)
    await phone.get("/me", expect=401)
    await laptop.get("/me")
    await world.admin.delete(path, expect=404)
    strong, _ = await add_totp(laptop)
    [told] = [one for one in (await strong.get("/notices"))["items"] if one["event"] == "account_sign_in.ended"]
    assert (told["actor_id"], told["subject_id"]) == (world.admin.id, str(phone.actor.sign_in_id))


async def test_all_end_with_the_calendar_address(world: World) -> None:
    phone, laptop, account_id = await on_two_devices(world)
    strong, _ = await add_totp(laptop)
    address = (await strong.post("/me/calendar"))["path"].removeprefix("/v1")
    assert (await world.api.send("GET", address)).status_code == 200
    bystander = await world.therapist()
    await world.admin.delete(f"/accounts/{account_id}/sign-ins")
    for person in (phone, laptop, strong):
        await person.get("/me", expect=401)
    assert (await world.api.send("GET", address)).status_code == 404
    assert await listed(world, account_id) == []
    await bystander.get("/me")


async def test_an_admin_may_end_their_own(world: World) -> None:
    admin = await world.staff(Role.CLINIC_ADMIN)
    [own] = (await admin.get(f"/accounts/{admin.id}/sign-ins"))["items"]
    assert own["is_this_one"]
    await admin.delete(f"/accounts/{admin.id}/sign-ins")
    await admin.get("/me", expect=401)


async def test_a_patient_s_devices_and_those_of_programs_are_nobody_s_but_theirs(world: World) -> None:
    """The label of a device is the patient's own word, and a reset ends their sign-ins."""
    therapist = await world.therapist()
    patient, program = await world.patient_of(therapist), await world.program()
    for person in (patient, program):
        path = f"/accounts/{person.id}/sign-ins"
        await world.admin.get(path, expect=404)
        await world.admin.delete(path, expect=404)
        await world.admin.delete(f"{path}/{person.actor.sign_in_id}", expect=404)
    await patient.get("/me")


async def test_another_s_sign_in_is_not_ended_below_an_account_that_it_is_not_of(world: World) -> None:
    phone, _, _ = await on_two_devices(world)
    other = await world.therapist()
    await world.admin.delete(f"/accounts/{other.id}/sign-ins/{phone.actor.sign_in_id}", expect=404)
    await phone.get("/me")


async def test_the_ledger_tells_who_ended_what(world: World) -> None:
    phone, _, account_id = await on_two_devices(world)
    await world.admin.delete(f"/accounts/{account_id}/sign-ins/{phone.actor.sign_in_id}")
    await world.admin.delete(f"/accounts/{account_id}/sign-ins")
    world.api.clock.advance(seconds=1)
    auditor = await world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"limit": 100, "actor_id": world.admin.id}))["items"]
    ended = [(row["event"], row["subject_id"]) for row in rows if row["event"].startswith("account_sign_in.")]
    assert ended == [
        ("account_sign_in.all_ended", account_id),
        ("account_sign_in.ended", str(phone.actor.sign_in_id)),
    ]
