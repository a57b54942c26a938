"""The accounts of staff."""

from uuid import uuid4

from integration_api.access.actor import Role
from tests.factories import factors
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json

STAFF = {
    "therapist": Role.THERAPIST,
    "colleague": Role.THERAPIST,
    "prescriber": Role.PRESCRIBER,
    "supervisor": Role.SUPERVISOR,
    "auditor": Role.AUDITOR,
    "officer": Role.PRIVACY_OFFICER,
    "other": Role.THERAPIST,
}
"""By name in the scene: the first four are on the care team, and the other therapist has charts of their own."""


@planted
async def staff(s: Scene) -> None:
    """Add the staff."""
    for name, role in STAFF.items():
        s.people[name] = await s.world.staff(role, name=s.word(f"staff-{name}"))
    s.ids["account_id"] = s.people["colleague"].id  # who leaves
    licence = {"licence_region": s.word("staff-region"), "licence_ends_on": "2027-06-30"}
    await s.world.admin.patch(f"/accounts/{s.therapist.id}", licence, 1)
    named = {"supervised_by": s.supervisor.id, "successor_id": s.therapist.id, **licence}
    await s.world.admin.patch(f"/accounts/{s.people['colleague'].id}", named, 1)


reads("list_accounts", "admin", "/accounts")
reads("read_account", "admin", "/accounts/{account_id}")
reads("list_account_sign_ins", "admin", "/accounts/{account_id}/sign-ins")


def _body(s: Scene) -> Json:
    names = {"name": s.word("staff-name"), "licence_region": s.word("staff-region")}
    own = {"email": f"{uuid4().hex}@example.org", "roles": ["therapist"], "supervised_by": s.supervisor.id}
    return {**names, **own}


async def _account(s: Scene) -> Json:
    made: Json = await s.world.admin.post("/accounts", _body(s))
    return made


@operation("create_account")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "POST", "/accounts", _body(s))


@operation("update_account")
async def _(s: Scene) -> Request:
    account = await _account(s)
    return Request(s.world.admin, "PATCH", f"/accounts/{account['id']}", {"name": s.word("staff-name")}, 1)


@operation("update_account (who leaves)")
async def _(s: Scene) -> Request:
    account, body = await _account(s), {"state": "disabled", "successor_id": s.therapist.id}
    return Request(s.world.admin, "PATCH", f"/accounts/{account['id']}", body, 1)


@operation("set_external_identity")
async def _(s: Scene) -> Request:
    account, body = await _account(s), {"subject": uuid4().hex}
    return Request(s.world.admin, "PUT", f"/accounts/{account['id']}/external-identity", body, 1)


@operation("remove_external_identity")
async def _(s: Scene) -> Request:
    path = f"/accounts/{(await _account(s))['id']}/external-identity"
    await s.world.admin.put(path, {"subject": uuid4().hex}, 1)
    return Request(s.world.admin, "DELETE", path, None, 2)


@operation("end_account_sign_in")
async def _(s: Scene) -> Request:
    _, pair = await factors.signed_in(s.world)
    sign_in_id = factors.with_token(s.world.api, pair["access_token"]).actor.sign_in_id
    return Request(s.world.admin, "DELETE", f"/accounts/{pair['account_id']}/sign-ins/{sign_in_id}")


@operation("end_account_sign_ins")
async def _(s: Scene) -> Request:
    _, pair = await factors.signed_in(s.world)
    return Request(s.world.admin, "DELETE", f"/accounts/{pair['account_id']}/sign-ins")


@operation("accept_invitation")
async def _(s: Scene) -> Request:
    invitation = await s.world.admin.post("/invitations", {"account_id": (await _account(s))["id"]})
    body = {"code": invitation["code"], "password": factors.PASSWORD}
    return Request(None, "POST", "/invitations/accept", body)


@operation("accept_invitation (a reset)")
async def _(s: Scene) -> Request:
    _, pair = await factors.signed_in(s.world)
    reset = await s.world.admin.post(f"/accounts/{pair['account_id']}/password-reset")
    return Request(None, "POST", "/invitations/accept", {"code": reset["code"], "password": factors.PASSWORD})
