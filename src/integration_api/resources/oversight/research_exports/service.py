"""Asking for a research export, following it, and downloading it. The job makes it (`research_exporter.py`)."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.flags.rules import minimum_of
from integration_api.resources.journal.attachments.downloads import Download
from integration_api.resources.journal.attachments.sealed_parts import new_content_key
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.service import (
    ExportInProgress,
    ExportNotReady,
    ReadyFile,
    send_file,
)
from integration_api.resources.oversight.research_exports import research_chart_statements as charts_sql
from integration_api.resources.oversight.research_exports import statements as sql
from integration_api.resources.oversight.research_exports.research_files import NOBODY
from integration_api.resources.oversight.research_exports.schemas import ResearchExport, ResearchExportCreate
from integration_api.resources.oversight.research_exports.statements import SeenResearchExport
from integration_api.resources.oversight.research_studies.statements import READ_RESEARCH_STUDY
from integration_api.resources.oversight.research_studies.tables import ResearchExportTable
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.web.errors import Conflict, Forbidden
from integration_api.web.paging import Page, Window

TABLE = str(ResearchExportTable.__tablename__)


class TooFewConsents(Conflict):
    """Fewer patients have signed for research than an export needs, so nobody in it would be one of many."""

    code = "too-few-consents"
    title = "Too few patients have consented"
    remedy = "Wait until as many have signed as the policy `outcomes_minimum_patients` asks, at least 5."


class TwoAccountsNeeded(Forbidden):
    """The clinic's admins set the floor and the consent document. Who exports for research is somebody else."""

    code = "two-accounts-needed"
    title = "Two accounts are needed"
    remedy = "Sign in with an account that is privacy officer and not admin."


class StudyClosed(Conflict):
    """The study is closed and its key is gone, so nothing more can be exported for it."""

    code = "study-closed"
    title = "Study closed"
    remedy = "Begin another study. Its pseudonyms are other ones."


async def list_research_exports(work: Work, research_study_id: UUID, window: Window) -> Page[ResearchExport]:
    """List the exports for one study, newest first. Raises NotFound."""
    study = await work.get(READ_RESEARCH_STUDY, id=research_study_id)
    found = await work.page(
        sql.LIST_RESEARCH_EXPORTS,
        window,
        lambda row: (row.created_at, row.id),
        lambda row: present(work, row),
        study_id=study.id,
    )
    work.record(study.id)
    return found


async def create_research_export(work: Work, research_study_id: UUID, body: ResearchExportCreate) -> ResearchExport:
    """Let the job make an export of who has consented. The privacy officers are told.

    Raises NotFound, TwoAccountsNeeded, IdTaken, StudyClosed, TooFewConsents, ExportInProgress.
    """
    study = await work.get(READ_RESEARCH_STUDY, id=research_study_id)
    if study.closed_at is not None:
        raise StudyClosed
    _check_is_no_admin(work)
    me, clinic = work.actor, await load_clinic(work)
    minimum = minimum_of(policy(clinic.policies, "outcomes_minimum_patients"))
    some = await work.part(charts_sql.LIST_RESEARCH_CHART_IDS, last_id=NOBODY, page_rows=minimum)
    if len(some) < minimum:
        raise TooFewConsents
    row = SeenResearchExport(
        **new_values(work, body),
        study_id=study.id,
        account_id=me.id,
        sign_in_id=me.sign_in_id,
        epoch=me.epoch,
        state=ExportState.MAKING,
        kept_days=max(1, policy(clinic.policies, "export_days")),
        due_at=work.now,
        content_key=new_content_key(),
        is_outdated=False,
    )
    work.create(sql.INSERT_RESEARCH_EXPORT, row, {"uq_research_exports_making": ExportInProgress}, missed=StartAgain)
    tell_role(work, Role.PRIVACY_OFFICER, work.operation.recorded, row.id)
    work.record(row.id)
    return present(work, row)


async def read_research_export(work: Work, research_export_id: UUID) -> ResearchExport:
    """Return one export, and how far it is. Raises NotFound."""
    row = await work.get(sql.READ_RESEARCH_EXPORT, id=research_export_id)
    work.record(row.id)
    return present(work, row)


async def read_research_export_content(work: Work, research_export_id: UUID, wanted: str | None) -> Download:
    """Return the file as a stream.

    Raises NotFound, TwoAccountsNeeded, ExportNotReady, TooManyRequests, Unavailable, DecryptionFailed.
    """
    row = await work.get(sql.READ_RESEARCH_EXPORT, id=research_export_id)
    _check_is_no_admin(work)
    if _state(work, row) is not ExportState.READY or row.size_bytes is None or row.content_key is None:
        raise ExportNotReady
    file = ReadyFile(row.clinic_id, row.id, row.clinic_id, row.size_bytes, row.content_key, row.objects)
    made = (row.ready_at or row.created_at).date().isoformat()
    download = await send_file(work, file, TABLE, f"research-{made}.zip", wanted)
    work.record(row.id)
    return download


def _check_is_no_admin(work: Work) -> None:
    """Raises TwoAccountsNeeded. Whoever changes the roles of an account ends what it asked for: its epoch changes."""
    if Role.CLINIC_ADMIN in work.actor.roles:
        raise TwoAccountsNeeded


def _state(work: Work, row: SeenResearchExport) -> ExportState:
    """Return the state now: one whose time is over, or of which somebody withdrew, has expired."""
    is_over = row.is_outdated or (row.expires_at is not None and row.expires_at <= work.now)
    return ExportState.EXPIRED if row.state is ExportState.READY and is_over else row.state


def present(work: Work, row: SeenResearchExport) -> ResearchExport:
    """Return a research export without its key, with the key that checks it."""
    return ResearchExport.of(
        row,
        state=_state(work, row),
        asked_by_id=row.account_id,
        public_key=ExportSigner.of(work.runtime.vault).public_key.hex(),
    )
