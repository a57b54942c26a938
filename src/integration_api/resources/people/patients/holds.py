"""A legal hold on a chart: the refusal that it causes, and what is kept before it is overwritten."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import JsonValue

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.patients import hold_statements as sql
from integration_api.resources.people.patients.tables import KeptKind, KeptRow
from integration_api.web.errors import Conflict


class OnHold(Conflict):
    """A legal hold keeps what is in this chart from being deleted, until a clinic admin releases it."""

    code = "legal-hold"
    title = "Legal hold"
    remedy = (
        "Say that it is kept for now. An admin can release the hold: `DELETE /v1/patients/{patient_id}/legal-hold`."
    )


def keep_if_held(
    work: Work, kind: KeptKind, subject_id: UUID, patient_id: UUID, author_id: UUID, content: Mapping[str, JsonValue]
) -> None:
    """Collect the keeping of a content that this step overwrites, if a legal hold stands when the step is applied.

    Call it in each change of a text that has no versions of its own. Drafts are such texts.
    """
    kept = KeptRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        patient_id=patient_id,
        kind=kind,
        subject_id=subject_id,
        author_id=author_id,
        kept_at=work.now,
        content=dict(content),
    )
    work.change(sql.KEEP_IF_HELD, kept, rows=None)


def forget_kept(work: Work, patient_id: UUID, subject_id: UUID) -> None:
    """Collect the deletion of what was kept of a thing that is itself deleted for good."""
    work.change(sql.DELETE_KEPT, rows=None, patient_id=patient_id, subject_id=subject_id)
