"""Statements of assessments."""

from integration_api.access.audience import declare, of_chart
from integration_api.access.visible import chart_rows, insert_for_chart, list_by_chart, update_in_chart
from integration_api.resources.care.assessments.tables import (
    AssessmentRow,
    AssessmentTable,
    AssessmentVersionRow,
    AssessmentVersionTable,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_assessments, _versions = table_of(AssessmentTable), table_of(AssessmentVersionTable)

READ_ASSESSMENT = Read(
    "read_assessment",
    chart_rows(AssessmentTable).where(_assessments.c.id == param("id", _assessments.c.id)),
    AssessmentRow,
    Scope.OWNER,
)
INSERT_ASSESSMENT = Change("insert_assessment", insert_for_chart(AssessmentTable), Scope.OWNER)
UPDATE_ASSESSMENT = Change(
    "update_assessment", update_in_chart(AssessmentTable, ("decision", "reasons", "updated_by_id")), Scope.OWNER
)
LIST_VERSIONS = Read(
    "list_assessment_versions",
    list_by_chart(
        AssessmentVersionTable, "kept_at", _versions.c.session_id == param("session_id", _versions.c.session_id)
    ),
    AssessmentVersionRow,
    Scope.OWNER,
)
INSERT_VERSION = Change("insert_assessment_version", insert_for_chart(AssessmentVersionTable), Scope.OWNER)

declare(AssessmentTable, of_chart("assessment"))
