"""Care teams for tests."""

from integration_api.access.tables import CareTeamRole
from tests.support import Json, Person

TEAM_ROLES = {role.value for role in CareTeamRole}


async def join(therapist: Person, patient_id: str, person: Person) -> Json:
    """Put somebody on the care team, in the first of their roles that can be on one."""
    role = next(role for role in person.actor.roles if role.value in TEAM_ROLES)
    body = {"account_id": person.id, "role": role.value}
    added: Json = await therapist.post(f"/patients/{patient_id}/care-team", body)
    return added
