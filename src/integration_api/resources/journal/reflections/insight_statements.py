"""The link to an insight, from both of its ends: it shows only to those who may read the reflection."""

import sqlalchemy as sa

from integration_api.access.visible import in_clinic
from integration_api.resources.journal.reflections.reflection_reader_statements import readable
from integration_api.resources.journal.reflections.tables import InsightTable, ReflectionTable
from integration_api.storage.statements import any_for_row
from integration_api.storage.tables import table_of

_insights, _entries = table_of(InsightTable).alias("linked_insight"), table_of(ReflectionTable).alias("linked_entry")


def sees_insight(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a row whose `insight_id` stands in a reflection of its chart that the actor may read now.

    Used beside `visible`.
    """
    return any_for_row(
        sa.select(sa.literal_column("1"))
        .select_from(_insights)
        .join(
            _entries,
            sa.and_(
                _entries.c.clinic_id == _insights.c.clinic_id,
                _entries.c.patient_id == _insights.c.patient_id,
                _entries.c.id == _insights.c.reflection_id,
            ),
        )
        .where(
            in_clinic(_insights),
            in_clinic(_entries),
            _insights.c.patient_id == table.c.patient_id,
            _insights.c.insight_id == table.c.insight_id,
            readable(_entries),
        )
        .correlate(table)
    )
