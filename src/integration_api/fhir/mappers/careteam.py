"""CareTeam: the staff who may see a chart. Its id is the patient's."""

from collections.abc import Sequence
from uuid import UUID

from integration_api.access.tables import CareTeamBasis
from integration_api.fhir.elements import CLINICAL, Json, instant, own_code, patient_reference, period, reference
from integration_api.resources.people.patients.schemas import CareTeamMember


def care_team(patient_id: UUID, members: Sequence[CareTeamMember]) -> Json:
    """Return the CareTeam. Somebody with emergency access is no member of it."""
    standing = [member for member in members if member.basis is not CareTeamBasis.EMERGENCY]
    changed = max((member.updated_at for member in standing), default=None)
    return {
        "resourceType": "CareTeam",
        "id": str(patient_id),
        "meta": {"lastUpdated": instant(changed) if changed else None, "security": list(CLINICAL)},
        "status": "active",
        "subject": patient_reference(patient_id),
        "participant": [
            {
                "role": [own_code("care-team-role", member.role.value)],
                "member": reference("Practitioner", member.account_id, member.name),
                "period": period(member.started_at, member.ended_at or member.ends_at),
            }
            for member in standing
        ],
    }
