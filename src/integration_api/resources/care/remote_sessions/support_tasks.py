"""The tasks of the care team that a support person's device opens. Each change proves that the token stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.worklist.rules import substitutes_among
from integration_api.resources.attention.worklist.statements import MAX_SUBSTITUTES
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskRow, Urgency
from integration_api.resources.care.remote_sessions import support_statements as sql
from integration_api.resources.care.remote_sessions import support_team_statements as team_sql
from integration_api.resources.care.remote_sessions.support_statements import SupportedRow
from integration_api.web.paging import Window

_TASK = "uq_tasks_clinic_id_account_id_kind_subject_id"


@dataclass(frozen=True)
class Stands:
    """The parameters by which a change proves that the token stands."""

    session_id: UUID
    token_id: UUID
    token_digest: bytes


def task_of(
    session: SupportedRow,
    kind: TaskKind,
    due_at: datetime,
    opened_at: datetime,
    urgency: Urgency = Urgency.CRITICAL,
) -> TaskRow:
    """Return a task about a session that waits for nobody yet."""
    return TaskRow(
        clinic_id=session.clinic_id,
        id=new_id(),
        account_id=None,
        patient_id=session.patient_id,
        kind=kind,
        subject_id=session.id,
        urgency_rank=RANKS.index(urgency),
        opened_at=opened_at,
        due_at=due_at,
    )


async def open_for_all(work: Work, session: SupportedRow, task: TaskRow, stands: Stands) -> None:
    """Collect a task for the whole team; without one, for those to whom it falls. What waits already stays."""
    team = await work.all(team_sql.TEAM_OF_TOKEN, clinic_id=session.clinic_id, patient_id=session.patient_id)
    accounts: list[UUID | None] = [*sorted({one.account_id for one in team})]
    if not team:
        first = Window(MAX_SUBSTITUTES, None).values(b"", ascending=True)
        staff = await work.all(team_sql.SUBSTITUTES_OF_TOKEN, clinic_id=session.clinic_id, **first)
        accounts = [*substitutes_among(staff)[0]]
    for account_id in accounts or [None]:
        of_whom = {"account_id": account_id, "is_beyond_team": not team and account_id is not None}
        row = task.model_copy(update={"id": new_id(), **of_whom})
        work.change(sql.OPEN_TASK, row, rows=None, conflicts={_TASK: StartAgain}, **vars(stands))
