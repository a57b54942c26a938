"""The ids of the insights in reflections, which plans point to."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.tables import InsightRow, ReflectionRow


async def check_insight(work: Work, patient_id: UUID, insight_id: UUID) -> None:
    """Raise NotFound unless it stands in a reflection of this patient that the actor may read now."""
    await work.get(sql.READ_INSIGHT, patient_id=patient_id, insight_id=insight_id)


def keep_insights(work: Work, row: ReflectionRow, before: Content | None = None) -> None:
    """Collect the changes by which the ids of a reflection's insights are those of its content."""
    old, new = _ids(before), _ids(row.content)
    for insight_id in sorted(old - new):
        work.change(
            sql.DELETE_INSIGHTS, rows=None, patient_id=row.patient_id, reflection_id=row.id, only_insight=insight_id
        )
    for insight_id in sorted(new - old):
        made = InsightRow(
            clinic_id=row.clinic_id,
            id=new_id(),
            patient_id=row.patient_id,
            reflection_id=row.id,
            insight_id=insight_id,
        )
        work.change(sql.INSERT_INSIGHT, made)


def _ids(content: Content | None) -> set[UUID]:
    return {UUID(insight["id"]) for insight in content["insights"]} if content else set()
