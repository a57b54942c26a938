"""Statements of the job that makes research exports and lets them expire. It has no actor, and names the clinic."""

from uuid import UUID

import sqlalchemy as sa

from integration_api.access.queue_statements import DueRow, queue_of
from integration_api.ledger.statements import of_clinic
from integration_api.resources.journal.attachments.statements import NAMING_OBJECTS, live_objects
from integration_api.resources.oversight.research_studies.tables import (
    ResearchExportRow,
    ResearchExportTable,
    ResearchFailure,
)
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.storage.statements import Change, Scope, param
from integration_api.storage.tables import table_of

_exports = table_of(ResearchExportTable)
_JOB = "run by the job that makes research exports: what it reads of charts, it reads as the officer who asked"
_now = param("now", _exports.c.due_at)


class DueResearchExport(DueRow):
    """A research export that the job has something to do with."""

    study_id: UUID
    state: ExportState
    claim_number: int


RESEARCH_EXPORTS = queue_of(
    ResearchExportTable,
    DueResearchExport,
    ResearchExportRow,
    _JOB,
    states=ExportState,
    failures=ResearchFailure,
    ready=("consent_mark", "chart_count", "size_bytes", "sha256", "objects"),
    kept=("objects",),
    fresh={"objects": b""},
    number="claim_number",
)
"""An erasure counts a claim too, so that whoever has the claim loses it."""
EXPIRE_EARLIER_RESEARCH_EXPORTS = Change(
    "expire_earlier_research_exports",
    sa.update(_exports)
    .where(
        of_clinic(_exports),
        _exports.c.due_at > _now,
        _exports.c.state == ExportState.READY,
        _exports.c.study_id == param("study_id", _exports.c.study_id),
        _exports.c.id != param("id", _exports.c.id),
    )
    .values(expires_at=_now, due_at=_now),
    Scope.SYSTEM,
    _JOB,
)
"""Nobody gets their files any more, and the next turn takes these away."""
LIVE_RESEARCH_OBJECTS = live_objects(
    "live_research_objects", _exports, _exports.c.objects != sa.literal(b"", sa.LargeBinary())
)
NAMING_OBJECTS.extend([LIVE_RESEARCH_OBJECTS])
