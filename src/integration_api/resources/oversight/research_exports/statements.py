"""Statements of research exports, as privacy officers ask for them.

One that may have a chart whose research consent counts no more counts as expired.
"""

import sqlalchemy as sa

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
from integration_api.storage.statements import Change, Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_exports, _studies = table_of(ResearchExportTable), table_of(ResearchStudyTable)
_withdrawn = table_of(ConsentTable).alias("withdrawn_consent")
_documents = table_of(ConsentDocumentTable).alias("other_document")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_ONE: sa.ColumnElement[int] = sa.literal_column("1")
_any_withdrew = any_for_row(
    sa.select(_ONE).where(
        _withdrawn.c.clinic_id == _CLINIC_ID,
        _withdrawn.c.purpose == ConsentPurpose.RESEARCH,
        _withdrawn.c.withdrawn_at >= _exports.c.created_at,
    )
)
_was_asked_anew = any_for_row(
    sa.select(_ONE).where(
        _documents.c.clinic_id == _CLINIC_ID,
        _documents.c.purpose == ConsentPurpose.RESEARCH,
        _documents.c.updated_at >= _exports.c.created_at,
    )
)
"""A version was published or retired since: signatures may count no more."""


_WHY = "of the clinic: whether anybody withdrew since is all that is learned of charts"


class SeenResearchExport(ResearchExportRow):
    """A research export, and whether somebody withdrew since it was asked for, or was asked anew."""

    is_outdated: bool


_shown = clinic_rows(ResearchExportTable, sa.or_(_any_withdrew, _was_asked_anew).label("is_outdated"))
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
