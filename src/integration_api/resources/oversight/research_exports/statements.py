"""Statements of research exports, as privacy officers ask for them.

One that may have a chart whose research consent counts no more counts as expired.
"""

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import actor_is_current, clinic_rows, in_clinic, insert_for_clinic
from integration_api.resources.oversight.research_studies.tables import (
    ResearchExportRow,
    ResearchExportTable,
    ResearchStudyTable,
)
from integration_api.resources.people.consent_documents.tables import (
    ConsentDocumentTable,
    ConsentPurpose,
    ConsentTable,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_exports, _studies = table_of(ResearchExportTable), table_of(ResearchStudyTable)
_withdrawn = table_of(ConsentTable).alias("withdrawn_consent")
_documents = table_of(ConsentDocumentTable).alias("research_document")
_retired = table_of(ConsentDocumentTable).alias("retired_document")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_ONE: sa.ColumnElement[int] = sa.literal_column("1")


def _count(table: sa.FromClause, *which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Return how many rows of the clinic are about research, and match."""
    return (
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.c.clinic_id == _CLINIC_ID, table.c.purpose == ConsentPurpose.RESEARCH, *which)
        .scalar_subquery()
    )


_mark = (
    _count(_withdrawn, _withdrawn.c.withdrawn_at.is_not(None))
    + _count(_documents)
    + _count(_retired, _retired.c.retired_at.is_not(None))
)
"""Each withdrawal, each version and each end of one adds to it, and nothing takes from it."""
_WHY = "of the clinic: whether anybody withdrew since is all that is learned of charts"


class ConsentMark(BaseModel):
    """The withdrawals and the changes of the document for research."""

    mark: int


class SeenResearchExport(ResearchExportRow):
    """A research export, and whether somebody withdrew since consents were read for it, or was asked anew."""

    is_outdated: bool


_is_outdated = sa.func.coalesce(_exports.c.consent_mark, _mark) != _mark
_shown = clinic_rows(ResearchExportTable, _is_outdated.label("is_outdated"))
READ_RESEARCH_EXPORT = Read(
    "read_research_export",
    _shown.where(_exports.c.id == param("id", _exports.c.id)),
    SeenResearchExport,
    Scope.CLINIC,
    _WHY,
)
LIST_RESEARCH_EXPORTS = Read(
    "list_research_exports",
    newest_first(
        _shown.where(_exports.c.study_id == param("study_id", _exports.c.study_id)),
        _exports.c.created_at,
        _exports.c.id,
    ),
    SeenResearchExport,
    Scope.CLINIC,
    _WHY,
)
READ_CONSENT_MARK = Read(
    "read_consent_mark", sa.select(_mark.label("mark")).where(actor_is_current()), ConsentMark, Scope.CLINIC, _WHY
)
_is_open = (
    sa.select(_ONE)
    .where(
        in_clinic(_studies),
        actor_is_current(),
        _studies.c.id == sa.bindparam("study_id", type_=sa.Uuid()),
        _studies.c.closed_at.is_(None),
    )
    .exists()
)
INSERT_RESEARCH_EXPORT = Change(
    "insert_research_export", insert_for_clinic(ResearchExportTable, _is_open), Scope.CLINIC
)
