"""The review that a shared reflection waits for, and what its patient is told and promised about it."""

from dataclasses import replace

from integration_api.access.viewers import Seer
from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin
from integration_api.resources.attention.flags.rules import FlagOrigin
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.journal.reflections.promise_schemas import ReplyPromise
from integration_api.resources.journal.reflections.promises import PromiseState, is_waited_for, state_of
from integration_api.resources.journal.reflections.rules import hits_of, urgency_of
from integration_api.resources.journal.reflections.tables import LoadedReflectionRow, ReflectionFactsRow
from integration_api.resources.people.patients.alerts import clinic_of_patient, open_task, raise_alarm, say
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.monitoring_statements import Told, monitoring_statement, next_due
from integration_api.resources.people.patients.next_safety_steps import next_safety_step


async def to_review(work: Work, row: LoadedReflectionRow) -> tuple[LoadedReflectionRow, Told]:
    """Open, or open again, the review of what is shared, as urgent as its content asks for, and promise a reply.

    Who changes the entry meanwhile waits no longer for it than before.
    """
    hits = hits_of(row.content)
    told = await open_task(
        work,
        row.patient_id,
        TaskKind.REFLECTION_TO_REVIEW,
        row.id,
        urgency=Urgency.ROUTINE if hits else urgency_of(row.content),
        release_at=row.release_at,
        is_promise=True,
    )
    if hits:  # the flag is the urgent thing; the review waits beside it, for the text
        origin = Origin(FlagOrigin.REFLECTION, row.id, row.session_id)
        told = await raise_alarm(work, row.patient_id, origin, hits, reading=told)
    elif told.urgency is not Urgency.ROUTINE:
        told = replace(told, next_step=await next_safety_step(work, row.patient_id))
    if told.waiting is not Waiting.TEAM:
        return row.model_copy(update={"promised_at": None, "review_due_at": None, "next_due_at": None}), told
    due_at, promised_at = told.due_at, work.now
    if row.review_due_at is not None and is_waited_for(row.promised_at, row.answered_at):
        due_at, promised_at = min(due_at, row.review_due_at), row.promised_at or work.now
    promised = {"promised_at": promised_at, "review_due_at": due_at, "next_due_at": next_due(told.clinic, due_at)}
    members = sorted({one.account_id for one in told.team})
    worklist.open_when_missed(work, row.patient_id, row.id, members, due_at, promised["next_due_at"])
    return row.model_copy(update=promised), told


async def tell(
    work: Work, row: LoadedReflectionRow, told: Told | None = None, *, was_withdrawn: bool = False
) -> Monitoring:
    """Return what the patient is told about this reflection as it stands now; without `told` it is private."""
    if told is not None:
        return say(work, told, row.release_at)
    is_urgent = urgency_of(row.content) is not Urgency.ROUTINE
    return monitoring_statement(
        await clinic_of_patient(work),
        work.now,
        told=None,
        is_urgent=is_urgent,
        was_withdrawn=was_withdrawn,
        next_step=await next_safety_step(work, row.patient_id) if is_urgent else None,
    )


def promise_of(work: Seer, row: ReflectionFactsRow) -> ReplyPromise | None:
    """Return the promise to answer a shared reflection as it stands now; None if there is none."""
    if row.promised_at is None or row.review_due_at is None:
        return None
    is_answered = not is_waited_for(row.promised_at, row.answered_at)
    state = state_of(row.promised_at, row.review_due_at, row.answered_at, work.now)
    is_moved = state is PromiseState.MISSED and not is_answered
    return ReplyPromise(
        promised_for=row.review_due_at,
        reply_by=(row.next_due_at or row.review_due_at) if is_moved else row.review_due_at,
        state=state,
        answered_at=row.answered_at if is_answered else None,
    )
