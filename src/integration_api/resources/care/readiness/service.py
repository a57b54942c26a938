"""Reading and answering the readiness check of a dosing session."""

from collections.abc import Mapping
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values
from integration_api.access.work import Work
from integration_api.resources.care.readiness import statements as sql
from integration_api.resources.care.readiness.checklist import CHECKLIST_VERSION, CONTRAINDICATIONS, ITEMS
from integration_api.resources.care.readiness.evaluation import (
    find_unmet,
    load_check,
    load_dosing_session,
    load_holds,
    settle_flag_holds,
    settle_holds,
    tell_worklist,
    write_check,
)
from integration_api.resources.care.readiness.hold_flags import raise_for_holds
from integration_api.resources.care.readiness.pending_holds import load_causes, pending
from integration_api.resources.care.readiness.rules import (
    Answer,
    answer_problems,
    is_decision,
    measured_since,
    state_of,
)
from integration_api.resources.care.readiness.schemas import Readiness, ReadinessAnswer, ReadinessUpdate
from integration_api.resources.care.readiness.tables import GovernedSessionRow, ReadinessRow
from integration_api.resources.care.sessions.corrections import SessionClosed
from integration_api.resources.care.sessions.tables import SessionState
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.web.errors import Invalid
from integration_api.web.instants import check_not_in_future, instant
from integration_api.web.paging import Page, Window

_WRITTEN = ("answered_at", "answered_by_id", "note")
_BLANK_LINE = {"status": "unknown", "by_prescriber": False, **dict.fromkeys(_WRITTEN)}
_DETAILS = tuple(name for name in ReadinessAnswer.model_fields if name not in ("status", "answered_by", "note"))
_BLANK_ITEM = {**_BLANK_LINE, **dict.fromkeys(("answered_by", *_DETAILS))}


async def read_readiness_check(work: Work, session_id: UUID) -> Readiness:
    """Return the check of a dosing session; a blank one if nobody answered yet. Raises NotFound, NotDosing."""
    session = await load_dosing_session(work, session_id)
    row = await _derived(work, session, await load_check(work, session))
    work.record(row.id, row.patient_id)
    return present(row)


async def _derived(work: Work, session: GovernedSessionRow, row: ReadinessRow) -> ReadinessRow:
    """Return a check as it is now: its session, a flag, another session or the clock may have changed what is met."""
    causes, holds = await load_causes(work, session), await load_holds(work, session)
    found = find_unmet(session, row, work.now, holds)
    state = state_of(found, [*holds, *pending(session, holds, causes)])
    return row.model_copy(update={"state": state, "unmet": [one.item for one in found]})


async def list_readiness_versions(work: Work, session_id: UUID, window: Window) -> Page[Readiness]:
    """List a check as it was before each change, newest first. Raises NotFound, NotDosing."""
    session = await load_dosing_session(work, session_id)
    found = await work.page(
        sql.LIST_VERSIONS,
        window,
        lambda kept: (kept.kept_at, kept.id),
        lambda kept: present(kept.model_copy(update={"id": kept.session_id})),
        patient_id=session.patient_id,
        session_id=session.id,
    )
    work.record(session.id, session.patient_id)
    return found


async def update_readiness_check(
    work: Work, session_id: UUID, body: ReadinessUpdate, expected_version: int
) -> Readiness:
    """Answer items; open and close the holds that follow.

    A clearance and the absence of a contraindication are a prescriber's to give. From others they are kept, and count
    once a prescriber has answered. Raises NotFound, NotDosing, SessionClosed, StaleVersion, EmergencyOnly,
    LicenceEnded, and Invalid for answers that do not fit together.
    """
    session = await load_dosing_session(work, session_id)
    row = await load_check(work, session)
    given = changed_values(body, vars(row), mode="json")
    is_prescriber = Role.PRESCRIBER in work.actor.roles
    answers = {name: _signed(work, getattr(row, name), after, is_prescriber) for name, after in given.items()}
    is_decided = is_prescriber and _decides(row, answers)
    if is_decided:
        await check_prescriber(work, row.patient_id)
    check_version(row, expected_version)
    if session.state not in (SessionState.PLANNED, SessionState.IN_PROGRESS):
        raise SessionClosed
    if problems := answer_problems(answers.get("items", {})):
        raise Invalid(errors=problems)
    for name, answer in answers.get("items", {}).items():
        check_not_in_future(f"body.items.{name}.measured_on", measured_since(answer), work.now)
    answered = row.model_copy(update=answers)
    before = await load_holds(work, session)
    found = find_unmet(session, answered, work.now, before)
    holds = settle_holds(work, session, found, await settle_flag_holds(work, session, before), is_dose=False)
    changed = write_check(work, answered, found, holds, before=row, is_decided=is_decided)
    await tell_worklist(work, session, row, changed)
    await raise_for_holds(work, session, holds, is_dose=False)
    work.record(row.id, row.patient_id)
    return present(changed)


def _decides(row: ReadinessRow, answers: Mapping[str, Mapping[str, Answer]]) -> bool:
    """Return whether a change gives an answer that is a prescriber's to give."""
    return any(
        is_decision(name, answer) and answer != getattr(row, kind).get(name)
        for kind, after in answers.items()
        for name, answer in after.items()
    )


def _signed(
    work: Work, before: Mapping[str, Answer], after: Mapping[str, Answer], is_prescriber: bool
) -> dict[str, Answer]:
    """Return the answers after a change; each new one says when and by which account it was written.

    One that is a prescriber's to give says too whether a prescriber gave it.
    """
    signature = Answer(answered_at=instant(work.now), answered_by_id=str(work.actor.id))
    return {
        name: answer
        if answer == before.get(name)
        else Answer(**{**answer, **signature, "by_prescriber": is_prescriber and is_decision(name, answer)})
        for name, answer in after.items()
    }


def present(row: ReadinessRow) -> Readiness:
    """Return a check with every item and every line of the checklist, also those that nobody answered."""
    items = {name: {"rule": item.rule, **_BLANK_ITEM, **row.items.get(name, {})} for name, item in ITEMS.items()}
    lines = {
        code: {**line._asdict(), **_BLANK_LINE, **row.contraindications.get(code, {})}
        for code, line in CONTRAINDICATIONS.items()
    }
    return Readiness.of(
        row,
        items=items,
        contraindications=lines,
        checklist_version=CHECKLIST_VERSION,
        updated_by_id=row.updated_by_id if row.version else None,
    )
