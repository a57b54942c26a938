"""Operations on psychotherapy notes. Their rows of the ledger are shown to nobody."""

from integration_api.access.actor import Role
from integration_api.access.operations import CLINICIANS, Operation, Relation

_AUTHORS = {Role.THERAPIST: Relation.SELF, Role.PRESCRIBER: Relation.SELF}
_READERS = _AUTHORS | {Role.SUPERVISOR: Relation.SELF}

CREATE_PSYCHOTHERAPY_NOTE = Operation(
    "psychotherapy_note:create", "psychotherapy_note.created", CLINICIANS, is_confidential=True
)
LIST_PSYCHOTHERAPY_NOTES = Operation(
    "psychotherapy_note:list", "psychotherapy_note.listed", _READERS, is_confidential=True
)
READ_PSYCHOTHERAPY_NOTE = Operation(
    "psychotherapy_note:read", "psychotherapy_note.read", _READERS, is_confidential=True
)
UPDATE_PSYCHOTHERAPY_NOTE = Operation(
    "psychotherapy_note:update", "psychotherapy_note.updated", _AUTHORS, is_confidential=True
)
DELETE_PSYCHOTHERAPY_NOTE = Operation(
    "psychotherapy_note:delete", "psychotherapy_note.deleted", _AUTHORS, is_confidential=True
)
SIGN_PSYCHOTHERAPY_NOTE = Operation(
    "psychotherapy_note:sign", "psychotherapy_note.signed", _AUTHORS, needs_step_up=True, is_confidential=True
)
ADD_PSYCHOTHERAPY_NOTE_GRANT = Operation(
    "psychotherapy_note:add_grant",
    "psychotherapy_note.grant_added",
    _AUTHORS,
    needs_step_up=True,
    is_confidential=True,
)
LIST_PSYCHOTHERAPY_NOTE_GRANTS = Operation(
    "psychotherapy_note:list_grants", "psychotherapy_note.grants_listed", _AUTHORS, is_confidential=True
)
REVOKE_PSYCHOTHERAPY_NOTE_GRANT = Operation(
    "psychotherapy_note:revoke_grant", "psychotherapy_note.grant_revoked", _AUTHORS, is_confidential=True
)
