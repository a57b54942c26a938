"""Charts, care teams, and how patients sign in."""

from tests.factories import factors
from tests.factories.care_teams import join
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def chart(s: Scene) -> None:
    """Add the patient, their chart and its care team."""
    patient = await s.world.patient_of(
        s.therapist,
        name=f"{s.word('person-name')} Sample",
        preferred_name=s.word("person-preferred"),
        email=f"{s.word('person-mail')}@example.org",
        phone=s.word("person-phone"),
        emergency_contact=s.word("person-contact"),
        language="es-US",
        birth_on=s.birth_on,
    )
    s.people["patient"], s.ids["patient_id"] = patient, s.world.chart_id(patient)
    for name in ("colleague", "prescriber", "supervisor"):
        member = await join(s.therapist, s.chart, s.people[name])
        s.ids["member_id"] = member["id"]


reads("list_patients", "supervisor", "/patients")
reads("read_patient", "therapist", "/patients/{patient_id}")
reads("list_care_team", "therapist", "/patients/{patient_id}/care-team")
reads("read_patient_account", "therapist", "/patients/{patient_id}/account")


@operation("create_patient")
async def _(s: Scene) -> Request:
    return Request(s.other, "POST", "/patients", {"name": f"{s.word('person-name')} Sample"})


@operation("search_patients")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/patients/search", {"name_part": s.mark})


@operation("update_patient")
async def _(s: Scene) -> Request:
    path = f"/patients/{(await s.new_chart())['id']}"
    return Request(s.other, "PATCH", path, {"phone": s.word("person-phone")}, 1)


@operation("update_patient (name)")
async def _(s: Scene) -> Request:
    path = f"/patients/{(await s.new_chart())['id']}"
    return Request(s.other, "PATCH", path, {"name": f"{s.word('person-name')} Example"}, 1)


@operation("add_care_team_member")
async def _(s: Scene) -> Request:
    body = {"account_id": (await s.world.therapist()).id, "role": "therapist"}
    return Request(s.therapist, "POST", f"/patients/{s.chart}/care-team", body)


@operation("end_care_team_member")
async def _(s: Scene) -> Request:
    added = await join(s.therapist, s.chart, await s.world.therapist())
    return Request(s.therapist, "DELETE", f"/patients/{s.chart}/care-team/{added['id']}", None, added["version"])


@operation("create_invitation")
async def _(s: Scene) -> Request:
    account = await factors.new_account(s.world)
    return Request(s.world.admin, "POST", "/invitations", {"account_id": account["id"]})


@operation("create_invitation (patient)")
async def _(s: Scene) -> Request:
    return Request(s.other, "POST", "/invitations", {"patient_id": (await s.new_chart())["id"]})


@operation("change_password")
async def _(s: Scene) -> Request:
    body, pair = await factors.signed_in(s.world)
    person, _ = await factors.add_totp(factors.with_token(s.world.api, pair["access_token"]))
    changed = {"old_password": body["password"], "password": "nine lamps beside a ferry"}
    return Request(person, "PUT", "/me/password", changed)


@operation("create_password_reset")
async def _(s: Scene) -> Request:
    _, pair = await factors.signed_in(s.world)
    return Request(s.world.admin, "POST", f"/accounts/{pair['account_id']}/password-reset")
