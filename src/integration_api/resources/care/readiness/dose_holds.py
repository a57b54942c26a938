"""Dose holds: listing them, releasing one, and asking whether a dose may start."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.attention.flags.flag_holds import end_by_decision
from integration_api.resources.care.readiness import operations
from integration_api.resources.care.readiness import statements as sql
from integration_api.resources.care.readiness.checklist import BY_FLAG
from integration_api.resources.care.readiness.evaluation import (
    add_holds,
    find_unmet,
    load_check,
    load_dosing_session,
    load_holds,
    open_holds,
    settle_flag_holds,
    settle_holds,
    tell_worklist,
    write_check,
)
from integration_api.resources.care.readiness.pending_holds import load_causes, pending
from integration_api.resources.care.readiness.rules import HoldState, Unmet, to_open
from integration_api.resources.care.readiness.schemas import DoseHold, DoseHoldRelease, HeldBy
from integration_api.resources.care.readiness.tables import GovernedSessionRow, HoldRow, ReadinessRow
from integration_api.resources.care.sessions.tables import SessionRow
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.web.errors import Conflict, Member, NotFound
from integration_api.web.paging import Page, Window

_HELD: HeldBy = {"hold_id": "019ab0de-0000-7000-8000-000000000031", "item": "rd.escort", "rule": "R23"}


class HoldClosed(Conflict):
    """The hold is closed already: its item became met, or a prescriber released it."""

    code = "hold-closed"
    title = "Hold closed"
    remedy = "List the holds of the session again; this one stops no dose any more."


class DoseHeld(Conflict):
    """The dose may not start: `holds` names each open hold. A dose already given is recorded all the same."""

    code = "dose-held"
    title = "Dose held"
    remedy = (
        "Answer what is not met, or have a prescriber of the care team release each hold. If the dose was given, send "
        "`given_while_held`: true."
    )
    members = {"holds": Member(list[HeldBy], "The holds that are open.", [_HELD])}


async def list_dose_holds(work: Work, session_id: UUID, window: Window) -> Page[DoseHold]:
    """List the holds of a session, open or not, newest first. Raises NotFound, NotDosing.

    The first page begins with those that a dose would open.
    """
    session = await load_dosing_session(work, session_id)
    causes, holds = await load_causes(work, session), await load_holds(work, session)
    found = await work.page(
        sql.LIST_HOLDS,
        window,
        lambda row: (row.created_at, row.id),
        DoseHold.of,
        patient_id=session.patient_id,
        session_id=session.id,
    )
    work.record(session.id, session.patient_id)
    waiting = pending(session, holds, causes) if window.cursor is None else []
    return found.model_copy(update={"items": [*map(DoseHold.of, waiting), *found.items]})


async def release_dose_hold(
    work: Work, session_id: UUID, hold_id: UUID, body: DoseHoldRelease, expected_version: int
) -> DoseHold:
    """Let doses start in spite of one item, as its prescriber decides.

    Raises NotFound, StaleVersion, HoldClosed, EmergencyOnly, LicenceEnded.
    """
    stored = await work.one(sql.READ_HOLD, id=hold_id)
    if stored is not None and stored.session_id != session_id:
        raise NotFound
    session = await load_dosing_session(work, session_id)
    holds = await load_holds(work, session)
    row = stored or await _pending(work, session, holds, hold_id)
    await check_prescriber(work, row.patient_id)
    check_version(row, expected_version)
    if row.state is not HoldState.OPEN:
        raise HoldClosed
    check = await load_check(work, session)
    values = {"state": HoldState.RELEASED, "decided_at": work.now, "decided_by_id": work.actor.id}
    if row.item.startswith(BY_FLAG):
        await end_by_decision(work, row.patient_id, row.rule, row.created_at)
    reasoned = row.model_copy(update={"reason": body.reason})
    if stored is None:
        released = reasoned.model_copy(update={**values, "version": 1, "created_at": work.now, "updated_at": work.now})
        work.create(sql.INSERT_RELEASED_HOLD, released, {"pk_dose_holds": StartAgain})
    else:
        released = work.revise(sql.RELEASE_HOLD, reasoned, values, before=row)
    after = [*(hold for hold in holds if hold.id != row.id), released]
    found = find_unmet(session, check, work.now, after)
    await tell_worklist(work, session, check, write_check(work, check, found, after, missed=StartAgain))
    work.record(row.id, row.patient_id)
    return DoseHold.of(released)


async def _pending(work: Work, session: SessionRow, holds: Sequence[HoldRow], hold_id: UUID) -> HoldRow:
    """Return a hold that no dose has opened yet. Raises NotFound."""
    for hold in pending(session, holds, await load_causes(work, session)):
        if hold.id == hold_id:
            return hold
    raise NotFound


async def hold_by_decision(work: Work, session_id: UUID, causes: Sequence[Unmet]) -> None:
    """Collect a hold for each of these that only a prescriber decides on, and what follows from it."""
    session = await load_dosing_session(work, session_id)
    check, holds = await load_check(work, session), await load_holds(work, session)
    opened = add_holds(work, session, to_open(causes, holds, is_dose=False))
    if opened:
        found = find_unmet(session, check, work.now, [*holds, *opened])
        after = settle_holds(work, session, found, holds, is_dose=False)
        await tell_worklist(work, session, check, write_check(work, check, found, [*after, *opened], missed=StartAgain))


async def hold_dose(work: Work, session: GovernedSessionRow, check: ReadinessRow, at: datetime) -> list[HoldRow]:
    """Return the holds that are open for a dose at this instant, and collect those that it opens and closes.

    What is critical in another session holds it too, and a flag of the chart, until a prescriber decides. The check is
    locked, so that no answer that would hold the dose is written meanwhile.
    """
    holds = await load_holds(work, session)
    with_flags = await settle_flag_holds(work, session, holds)
    elsewhere = await work.part(sql.OPEN_ELSEWHERE, patient_id=session.patient_id, session_id=session.id)
    by_time = sorted(elsewhere, key=lambda hold: hold.created_at)
    last = {(hold.item, hold.rule): Unmet(hold.item, hold.rule, hold.created_at) for hold in by_time}
    opened = add_holds(work, session, to_open(last.values(), holds, is_dose=True))
    found = find_unmet(session, check, at, holds)
    after = [*settle_holds(work, session, found, with_flags, is_dose=True), *opened]
    if check.version and after == holds:
        work.change(sql.LOCK_READINESS_CHECK, check, missed=StartAgain, expected_version=check.version)
    else:
        write_check(work, check, found, after, missed=StartAgain)
    return open_holds(after)


def held(work: Work, session: SessionRow, holds: list[HoldRow], never: Sequence[HeldBy] = ()) -> DoseHeld:
    """Return the refusal of a dose; the holds that it opened are written all the same.

    `never` are causes that no prescriber releases.
    """
    work.record(session.id, session.patient_id, event=operations.DOSE_HELD)
    told: list[HeldBy] = [{"hold_id": str(hold.id), "item": hold.item, "rule": hold.rule} for hold in holds]
    return DoseHeld(extra={"holds": [*told, *never]}).leaving_trace()
