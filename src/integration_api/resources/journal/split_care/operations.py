"""Operations on split care. The last two are all that an outside therapist may ask about patients."""

from integration_api.access.actor import Role
from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation, Relation

_PRESCRIBERS = {Role.PRESCRIBER: Relation.TEAM}
_OUTSIDE = {Role.OUTSIDE_THERAPIST: Relation.SELF}

LIST_SPLIT_CARE = Operation("split_care:list", "split_care.listed", PATIENT | TEAM)
CREATE_SPLIT_CARE = Operation("split_care:create", "split_care.created", _PRESCRIBERS)
READ_SPLIT_CARE = Operation("split_care:read", "split_care.read", PATIENT | TEAM)
END_SPLIT_CARE = Operation("split_care:end", "split_care.ended", PATIENT | CLINICIANS)
LIST_SHARED_CARE = Operation("shared_care:list", "shared_care.listed", _OUTSIDE)
READ_SHARED_CARE = Operation("shared_care:read", "shared_care.read", _OUTSIDE)
