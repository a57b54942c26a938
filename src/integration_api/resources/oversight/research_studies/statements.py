"""Statements of research studies, and the one by which erasing a chart ends the exports of its clinic."""

from typing import Any

import sqlalchemy as sa

from integration_api.access.visible import (
    actor_is_current,
    at_version,
    clinic_rows,
    in_clinic,
    insert_for_clinic,
)
from integration_api.resources.oversight.research_studies.tables import (
    ResearchExportTable,
    ResearchStudyRow,
    ResearchStudyTable,
)
from integration_api.storage.statements import Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_studies, _exports = table_of(ResearchStudyTable), table_of(ResearchExportTable)

READ_RESEARCH_STUDY = Read(
    "read_research_study",
    clinic_rows(ResearchStudyTable).where(_studies.c.id == param("id", _studies.c.id)),
    ResearchStudyRow,
    Scope.CLINIC,
)
LIST_RESEARCH_STUDIES = Read(
    "list_research_studies",
    newest_first(clinic_rows(ResearchStudyTable), _studies.c.created_at, _studies.c.id),
    ResearchStudyRow,
    Scope.CLINIC,
)
INSERT_RESEARCH_STUDY = Change("insert_research_study", insert_for_clinic(ResearchStudyTable), Scope.CLINIC)
CLOSE_RESEARCH_STUDY = Change(
    "close_research_study",
    sa.update(_studies)
    .where(in_clinic(_studies), actor_is_current(), *at_version(ResearchStudyTable), _studies.c.closed_at.is_(None))
    .values(next_version(_studies, ("closed_at", "closed_by_id"))),
    Scope.CLINIC,
)


def ended_research_values() -> dict[str, Any]:
    """Return the values of a research export that ends now: nobody gets its file, and who makes it begins anew."""
    now = param("now", _exports.c.due_at)
    return {"expires_at": now, "due_at": now, "claim_number": _exports.c.claim_number + 1}


END_RESEARCH_EXPORTS_OF_CLINIC = Change(
    "end_research_exports_of_clinic",
    sa.update(_exports)
    .where(in_clinic(_exports), actor_is_current(), _exports.c.due_at.is_not(None))
    .values(ended_research_values()),
    Scope.CLINIC,
)
"""A chart is erased: a file that may have it is over, and one that is being made is made without it.

The version stays, since the key of the file is bound to it.
"""
