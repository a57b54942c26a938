"""Raising flags: rooms call it in the step of the write that a rule is about, so that one stands with the other.

A flag is one of chart, rule and source: a retry raises nothing, a second bad answer is another source. If the same
source becomes worse, the flag is open again and its clock starts anew. Nothing here lowers or closes one.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.references import unseen_chart
from integration_api.access.work import Refusal, Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags import term_statements as terms_sql
from integration_api.resources.attention.flags.flag_tasks import open_for_team
from integration_api.resources.attention.flags.rules import (
    Due,
    FlagEventKind,
    FlagOrigin,
    FlagState,
    Hit,
    due_of,
    flag_policies,
    hold_of,
    rank_of,
    worst,
)
from integration_api.resources.attention.flags.safety_rules import safety_rules
from integration_api.resources.attention.flags.tables import UNIQUE_FLAG, FlagEventRow, FlagRow
from integration_api.resources.attention.flags.term_statements import FlagTerms
from integration_api.resources.attention.roster.service import call_roster
from integration_api.resources.attention.roster.statements import URGENT_RANK
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.web.errors import IdTaken, NotFound


class Origin(NamedTuple):
    """The thing that raises a flag, and the session that it belongs to."""

    kind: FlagOrigin
    id: UUID
    session_id: UUID | None = None


class Raised(NamedTuple):
    """The flags that a write raised, or raised again, and for whom they wait."""

    flags: Sequence[FlagRow]
    waiting: Waiting | None


async def raise_flags(
    work: Work,
    patient_id: UUID,
    origin: Origin,
    hits: Iterable[Hit],
    *,
    is_new: bool = True,
    text: str | None = None,
    chosen_id: UUID | None = None,
) -> Raised:
    """Collect a flag for each rule that this write met, its task and its first entry.

    If the source may have raised flags before, it is not `is_new`: what became worse is raised again, the rest stays.
    `text` is the words of whoever raises it, who may choose its id.
    """
    met = worst(hits)
    known: dict[str, FlagRow] = {}
    if met and not is_new:
        found = await work.part(sql.FLAGS_OF_SOURCE, patient_id=patient_id, source_id=origin.id)
        known = {row.rule: row for row in found}
    news = [hit for hit in met if hit.rule not in known or rank_of(hit.severity) < known[hit.rule].severity_rank]
    if not news:
        return Raised((), None)
    terms = await _terms(work, patient_id)
    made = []
    for hit in news:
        due = _due(work, terms, hit)
        before = known.get(hit.rule)
        row = _raise_again(work, before, hit, due) if before else _raise(work, patient_id, origin, hit, due, chosen_id)
        made.append(row)
    return await _tell(work, patient_id, made, text)


async def raise_for_each(work: Work, patient_id: UUID, found: Iterable[tuple[Origin, Iterable[Hit]]]) -> Raised:
    """Collect the flags of several new sources in one step, as of the readings of an upload."""
    met = [(origin, hit) for origin, hits in found for hit in worst(hits)]
    if not met:
        return Raised((), None)
    terms = await _terms(work, patient_id)
    made = [_raise(work, patient_id, origin, hit, _due(work, terms, hit), None) for origin, hit in met]
    return await _tell(work, patient_id, made, None)


async def _terms(work: Work, patient_id: UUID) -> FlagTerms:
    """Return what says until when the flags of a chart are due, whatever raises them."""
    return await work.get(terms_sql.FLAG_TERMS, patient_id=patient_id)


def _due(work: Work, terms: FlagTerms, hit: Hit) -> Due:
    return due_of(flag_policies(terms.policies), hit.severity, work.now, in_session=terms.in_session)


async def _tell(work: Work, patient_id: UUID, made: Sequence[FlagRow], text: str | None) -> Raised:
    """Collect the first entries of these flags, and a task of each for the care team.

    What is critical or high goes along the roster too, until somebody has acknowledged it.
    """
    for row in made:
        event = FlagEventKind.RE_ALERTED if row.version > 1 else FlagEventKind.RAISED
        add_event(work, row, event, unseen_chart, text=text)  # it is sealed: a chart without a key is met here first
        if row.version > 1:
            for kind in (TaskKind.FLAG_TO_FOLLOW, TaskKind.FLAG_TO_REVIEW):
                worklist.settle(work, patient_id, row.id, kind)
        if row.severity_rank <= URGENT_RANK:
            call_roster(work, row.id, row.acknowledge_due_at, is_worse=row.version > 1)
    return Raised(made, await open_for_team(work, made))


def _raise(
    work: Work,
    patient_id: UUID,
    origin: Origin,
    hit: Hit,
    due: Due,
    chosen_id: UUID | None,
) -> FlagRow:
    """Collect a new flag. Two requests at once that raise it: the second starts again, and finds it."""
    row = FlagRow(
        clinic_id=work.actor.clinic_id,
        id=chosen_id or new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=patient_id,
        rule=hit.rule,
        rule_version=safety_rules()[hit.rule].version,
        origin=origin.kind,
        source_id=origin.id,
        episode_id=origin.session_id or origin.id,
        severity_rank=rank_of(hit.severity),
        state=FlagState.OPEN,
        alerted_at=work.now,
        acknowledge_due_at=due.acknowledge_at,
        contact_due_at=due.contact_at,
        escalate_at=due.acknowledge_at,
        raised_by_id=work.actor.id,
        dose_hold=hold_of(hit.rule, hit.severity),
    )
    taken: Refusal = StartAgain if chosen_id is None else IdTaken
    work.create(sql.INSERT_FLAG, row, {UNIQUE_FLAG: taken}, missed=unseen_chart)
    return row


def _raise_again(work: Work, row: FlagRow, hit: Hit, due: Due) -> FlagRow:
    """Collect a flag that became worse: open again, with a new clock."""
    blank = dict.fromkeys(
        (
            *("acknowledged_at", "acknowledged_by_id", "contacted_at", "disposition", "is_false"),
            *("proposed_at", "proposed_by_id", "closed_at", "closed_by_id", "hold_ended_at"),
        )
    )
    values = {
        **blank,
        "severity_rank": rank_of(hit.severity),
        "rule_version": safety_rules()[hit.rule].version,
        "state": FlagState.OPEN,
        "alerted_at": work.now,
        "acknowledge_due_at": due.acknowledge_at,
        "contact_due_at": due.contact_at,
        "escalate_at": due.acknowledge_at,
        "escalations": 0,
        "dose_hold": hold_of(hit.rule, hit.severity),
    }
    return work.revise(sql.REALERT_FLAG, row, values, missed=StartAgain)


def add_event(
    work: Work, row: FlagRow, kind: FlagEventKind, missed: Refusal = NotFound, /, **facts: object
) -> FlagEventRow:
    """Collect an entry in the history of a flag, and return it."""
    event = FlagEventRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        patient_id=row.patient_id,
        flag_id=row.id,
        at=work.now,
        happened_at=work.now,
        kind=kind,
        severity_rank=row.severity_rank,
        by_id=work.actor.id,
    ).model_copy(update=facts)
    work.create(sql.INSERT_FLAG_EVENT, event, missed=missed)
    return event


async def clinic_policies(work: Work) -> dict[str, int]:
    """Return the clinic's policies about flags: its own values, or our defaults."""
    clinic = await work.get(sql.CLINIC_POLICIES)
    return flag_policies(clinic.policies)
