"""Statements of note templates."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_clinic
from integration_api.access.visible import (
    actor_is_current,
    at_version,
    clinic_rows,
    in_clinic,
    insert_for_clinic,
    optional,
)
from integration_api.resources.journal.note_templates.tables import (
    NoteTemplateRow,
    NoteTemplateState,
    NoteTemplateTable,
)
from integration_api.storage.statements import Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_templates = table_of(NoteTemplateTable)

READ_NOTE_TEMPLATE = Read(
    "read_note_template",
    clinic_rows(NoteTemplateTable).where(_templates.c.id == param("id", _templates.c.id)),
    NoteTemplateRow,
    Scope.CLINIC,
)
LIST_NOTE_TEMPLATES = Read(
    "list_note_templates",
    newest_first(
        clinic_rows(NoteTemplateTable).where(optional(_templates.c.state)), _templates.c.created_at, _templates.c.id
    ),
    NoteTemplateRow,
    Scope.CLINIC,
)
INSERT_NOTE_TEMPLATE = Change("insert_note_template", insert_for_clinic(NoteTemplateTable), Scope.CLINIC)
END_NOTE_TEMPLATE = Change(
    "end_note_template",
    sa.update(_templates)
    .where(
        in_clinic(_templates),
        actor_is_current(),
        *at_version(NoteTemplateTable),
        _templates.c.state == NoteTemplateState.ACTIVE,
    )
    .values(next_version(_templates, ("state",))),
    Scope.CLINIC,
)
"""Replace or retire a version."""

declare(NoteTemplateTable, of_clinic("note_template"))
