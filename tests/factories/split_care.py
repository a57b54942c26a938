"""Split-care agreements for tests."""

from datetime import timedelta

from integration_api.access.actor import Role
from tests.factories.consents import published, signed
from tests.support import Json, Person, World

DECIDES: Json = {
    **dict.fromkeys(("dose", "hold", "discharge", "out_of_hours"), "prescriber_clinic"),
    "monitoring": "therapist_clinic",
}
PARTS = ["dose_plan", "visit_notes", "remaining_doses"]


async def outside_therapist(world: World) -> Person:
    """A therapist of another clinic, signed in."""
    return await world.staff(Role.OUTSIDE_THERAPIST, name="Noor Harbour")


async def consent_to_sharing(world: World, patient: Person) -> Json:
    """The patient's consent to sharing."""
    return await signed(patient, await published(world.admin, "sharing"))


def agreement_body(world: World, chart: str, outside: Person, consent: Json, **facts: object) -> Json:
    """An agreement since the consent, for a month, that shares all three parts; unless facts say."""
    now = world.api.clock()
    return {
        "patient_id": chart,
        "outside_account_id": outside.id,
        "consent_id": consent["id"],
        "therapist_clinic": "Harbour Practice",
        "reference": "HP-1042",
        "decides": DECIDES,
        "shares": PARTS,
        "valid_from": consent["signed_at"],
        "valid_until": (now + timedelta(days=30)).isoformat(),
        **facts,
    }


async def nobody_outside(world: World) -> None:
    """Give whoever is outside another role, as an operator does before the version that cannot read theirs."""
    outside = (await world.admin.get("/accounts", params={"role": "outside_therapist", "limit": 100}))["items"]
    assert outside != []
    for account in outside:
        await world.admin.patch(f"/accounts/{account['id']}", {"roles": ["auditor"]}, account["version"])
