"""Beginning, reading and closing research studies."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.attachments.sealed_parts import new_content_key
from integration_api.resources.oversight.research_studies import statements as sql
from integration_api.resources.oversight.research_studies.schemas import ResearchStudy, ResearchStudyCreate
from integration_api.resources.oversight.research_studies.tables import ResearchStudyRow
from integration_api.web.paging import Page, Window


async def list_research_studies(work: Work, window: Window) -> Page[ResearchStudy]:
    """List the studies of the clinic, newest first."""
    found = await work.page(sql.LIST_RESEARCH_STUDIES, window, lambda row: (row.created_at, row.id), ResearchStudy.of)
    work.record()
    return found


async def create_research_study(work: Work, body: ResearchStudyCreate) -> ResearchStudy:
    """Begin a study, with a key of its own. The privacy officers are told. Raises IdTaken."""
    row = ResearchStudyRow(**new_values(work, body), pseudonym_key=new_content_key(), created_by_id=work.actor.id)
    work.create(sql.INSERT_RESEARCH_STUDY, row)
    tell_role(work, Role.PRIVACY_OFFICER, work.operation.recorded, row.id)
    work.record(row.id)
    return ResearchStudy.of(row)


async def read_research_study(work: Work, research_study_id: UUID) -> ResearchStudy:
    """Return one study. Raises NotFound."""
    row = await work.get(sql.READ_RESEARCH_STUDY, id=research_study_id)
    work.record(row.id)
    return ResearchStudy.of(row)


async def close_research_study(work: Work, research_study_id: UUID, expected_version: int) -> ResearchStudy:
    """End a study for good: its key goes, and no pseudonym of it can be made again.

    Raises NotFound, StaleVersion, Superseded.
    """
    row = await work.get(sql.READ_RESEARCH_STUDY, id=research_study_id)
    if row.closed_at is not None:
        raise Superseded
    check_version(row, expected_version)
    closed = {"closed_at": work.now, "closed_by_id": work.actor.id, "pseudonym_key": None}
    changed = work.revise(sql.CLOSE_RESEARCH_STUDY, row, closed)
    tell_role(work, Role.PRIVACY_OFFICER, work.operation.recorded, row.id)
    work.record(row.id)
    return ResearchStudy.of(changed)
