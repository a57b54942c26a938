"""Statements of what a legal hold keeps."""

import sqlalchemy as sa

from integration_api.access.visible import delete_in_chart, in_clinic, insert_for_chart, list_by_chart
from integration_api.resources.people.patients.tables import KeptRow, KeptTable, PatientTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_kept, _patients = table_of(KeptTable), table_of(PatientTable)
_is_held = (
    sa.select(sa.literal_column("1"))
    .where(
        in_clinic(_patients),
        _patients.c.id == param("patient_id", _kept.c.patient_id),
        _patients.c.held_at.is_not(None),
    )
    .exists()
)

KEEP_IF_HELD = Change("keep_if_held", insert_for_chart(KeptTable, _is_held), Scope.OWNER)
"""Inserts nothing into a chart without a hold, so whoever changes a text need not ask first."""
LIST_KEPT = Read(
    "list_kept_contents",
    list_by_chart(KeptTable, "kept_at", _kept.c.author_id == sa.bindparam("actor_id", type_=sa.Uuid())),
    KeptRow,
    Scope.OWNER,
)
DELETE_KEPT = Change(
    "delete_kept_contents",
    delete_in_chart(KeptTable, _kept.c.subject_id == param("subject_id", _kept.c.subject_id)),
    Scope.OWNER,
)
