"""Statements of copies for record requests, as staff and the patient ask for them."""

import sqlalchemy as sa

from integration_api.access.visible import chart_rows
from integration_api.resources.journal.record_requests.rules import RecordRequestState
from integration_api.resources.journal.record_requests.tables import RecordRequestTable
from integration_api.resources.oversight.exports.statements import asked_lately
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.storage.statements import Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_exports, _requests = table_of(ExportTable), table_of(RecordRequestTable).alias("fulfilled_request")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())
_is_fulfilled = any_for_row(
    sa.select(sa.literal_column("1")).where(
        _requests.c.clinic_id == _CLINIC_ID,
        _requests.c.id == _exports.c.record_request_id,
        _requests.c.state == RecordRequestState.FULFILLED,
    )
)
_is_copy = _exports.c.record_request_id.is_not(None)
_shown = sa.and_(_is_copy, sa.or_(_SCOPE_PATIENT_ID.is_(None), _is_fulfilled))
"""Staff see each copy; the patient sees those of a request that staff have fulfilled."""

READ_RECORD_COPY = Read(
    "read_record_copy",
    chart_rows(ExportTable).where(_exports.c.id == param("id", _exports.c.id), _shown),
    ExportRow,
    Scope.OWNER,
)
LIST_RECORD_COPIES = Read(
    "list_record_copies",
    newest_first(
        chart_rows(ExportTable).where(
            _exports.c.record_request_id == param("record_request_id", _exports.c.record_request_id), _shown
        ),
        _exports.c.created_at,
        _exports.c.id,
    ),
    ExportRow,
    Scope.OWNER,
)
COPIES_ASKED_LATELY = asked_lately("record_copies_asked_lately", _is_copy)
