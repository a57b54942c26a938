"""Operations on note templates. They hold nothing of a chart, so reading one leaves no trace."""

from integration_api.access.actor import Role
from integration_api.access.operations import ADMINS, ANYONE_IN_CLINIC, Operation, Relation

WRITERS = ADMINS | {Role.SUPERVISOR: Relation.CLINIC}

LIST_NOTE_TEMPLATES = Operation("note_template:list", None, ANYONE_IN_CLINIC)
READ_NOTE_TEMPLATE = Operation("note_template:read", None, ANYONE_IN_CLINIC)
CREATE_NOTE_TEMPLATE = Operation("note_template:create", "note_template.created", WRITERS)
RETIRE_NOTE_TEMPLATE = Operation("note_template:retire", "note_template.retired", WRITERS)
