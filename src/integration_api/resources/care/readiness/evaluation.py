"""Evaluating the readiness check of a session: which items are not met, and the holds that open and close with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Refusal, Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.flag_holds import load_holding
from integration_api.resources.care.readiness import statements as sql
from integration_api.resources.care.readiness.consent_on_file import by_consent
from integration_api.resources.care.readiness.flag_causes import follow_flags, held_by_flags
from integration_api.resources.care.readiness.home_rules import OBSERVER_LINK, VIDEO_LINK, unmet_at_home
from integration_api.resources.care.readiness.rules import (
    HoldState,
    ReadinessState,
    Unmet,
    is_met,
    state_of,
    to_open,
    unmet,
)
from integration_api.resources.care.readiness.tables import (
    GovernedSessionRow,
    HoldRow,
    ReadinessRow,
    ReadinessVersionRow,
)
from integration_api.resources.care.sessions.session_tasks import settle_readiness, wait_for_readiness
from integration_api.resources.care.sessions.tables import Modality, Phase, SessionRow
from integration_api.resources.people.clinics.rules import policy
from integration_api.web.errors import Conflict, StaleVersion


class NotDosing(Conflict):
    """Only a session of phase `dosing` has readiness, holds and doses."""

    code = "not-dosing"
    title = "Not a dosing session"
    remedy = "Show readiness and doses for sessions of phase `dosing` alone. The phase of a session never changes."


async def load_dosing_session(work: Work, session_id: UUID) -> GovernedSessionRow:
    """Return a dosing session in a chart that the actor may see. Raises NotFound, NotDosing."""
    session = await work.get(sql.READ_GOVERNED_SESSION, id=session_id)
    if session.phase is not Phase.DOSING:
        raise NotDosing
    return session


async def load_check(work: Work, session: GovernedSessionRow) -> ReadinessRow:
    """Return the check of a session; a blank one, of version 0, if nobody answered yet."""
    return await work.one(sql.READ_READINESS_CHECK, id=session.id) or blank_check(work, session)


def blank_check(work: Work, session: GovernedSessionRow) -> ReadinessRow:
    """Return the check that nobody answered yet; it is not stored."""
    blank = ReadinessRow(
        clinic_id=session.clinic_id,
        id=session.id,
        created_at=session.created_at,
        updated_at=session.created_at,
        version=0,
        patient_id=session.patient_id,
        state=ReadinessState.OPEN,
        items={},
        contraindications={},
        unmet=[],
        updated_by_id=session.created_by_id,
    )
    found = find_unmet(session, blank, work.now, ())
    return blank.model_copy(update={"unmet": [one.item for one in found]})


async def load_holds(work: Work, session: SessionRow) -> list[HoldRow]:
    """Return the holds of a session that decide: the open ones, and the last release of each item by each rule."""
    return await work.all(sql.STANDING_HOLDS, patient_id=session.patient_id, session_id=session.id)


def find_unmet(
    session: GovernedSessionRow, check: ReadinessRow, now: datetime, holds: Iterable[HoldRow]
) -> list[Unmet]:
    """Return what is not met for a dose at the planned start; once the session began, for one now."""
    at = now if session.started_at else max(now, session.planned_start_at)
    is_at_home = session.modality is Modality.TELEHEALTH
    pressures = [hold.created_at for hold in holds if hold.rule == "R09"]
    answered = unmet(
        check.items,
        check.contraindications,
        is_at_home=is_at_home,
        at=at,
        high_pressure_since=max(pressures, default=None),
    )
    found = by_consent(answered, session)
    if not is_at_home:
        return found
    lost_since = {VIDEO_LINK: session.video_lost_at, OBSERVER_LINK: session.observer_lost_at}
    lacks_record = bool(policy(session.policies, "remote_record")) and session.remote_settled_at is None
    return [*found, *unmet_at_home(lost_since, at, lacks_record=lacks_record)]


def settle_holds(
    work: Work, session: SessionRow, found: Sequence[Unmet], holds: Sequence[HoldRow], *, is_dose: bool
) -> list[HoldRow]:
    """Collect the holds that open and those that close by themselves; return all as they will be."""
    after = []
    for hold in holds:
        closes = is_met(hold, found)
        values = {"state": HoldState.MET, "decided_at": work.now}
        after.append(work.revise(sql.CLOSE_HOLD, hold, values, StartAgain) if closes else hold)
    return [*after, *add_holds(work, session, to_open(found, holds, is_dose=is_dose))]


async def settle_flag_holds(work: Work, session: SessionRow, holds: Sequence[HoldRow]) -> list[HoldRow]:
    """Collect the holds that flags of the chart are: new ones open, those of flags that hold nothing close.

    Return all holds of the session as they will be.
    """
    flags = await load_holding(work, session.patient_id)
    causes, over = follow_flags(held_by_flags((flag.rule, flag.alerted_at) for flag in flags), holds)
    values = {"state": HoldState.MET, "decided_at": work.now}
    after = [work.revise(sql.CLOSE_HOLD, hold, values, StartAgain) if hold in over else hold for hold in holds]
    return [*after, *add_holds(work, session, causes)]


def add_holds(work: Work, session: SessionRow, causes: Iterable[Unmet]) -> list[HoldRow]:
    """Collect a new hold for each of these, and return them."""
    opened = []
    for one in causes:
        row = HoldRow(
            clinic_id=session.clinic_id,
            id=new_id(),
            created_at=work.now,
            updated_at=work.now,
            patient_id=session.patient_id,
            session_id=session.id,
            item=one.item,
            rule=one.rule,
            state=HoldState.OPEN,
        )
        work.create(sql.INSERT_HOLD, row, {"uq_dose_holds_open": StartAgain})
        opened.append(row)
    return opened


def write_check(
    work: Work,
    check: ReadinessRow,
    found: Sequence[Unmet],
    holds: Sequence[HoldRow],
    *,
    missed: Refusal = StaleVersion,
    before: ReadinessRow | None = None,
    is_decided: bool = False,
) -> ReadinessRow:
    """Collect the check with its new state, and keep it as it was before; the first answer inserts it.

    Give the check as it was read as `before`, if `check` has other answers. `is_decided`: one of them is a prescriber's
    to give. Raises `missed` if it was changed meanwhile.
    """
    update = sql.UPDATE_DECIDED_CHECK if is_decided else sql.UPDATE_READINESS_CHECK
    insert = sql.INSERT_DECIDED_CHECK if is_decided else sql.INSERT_READINESS_CHECK
    values = {
        "state": state_of(found, holds),
        "items": check.items,
        "contraindications": check.contraindications,
        "unmet": [one.item for one in found],
        "updated_by_id": work.actor.id,
    }
    if check.version:
        was = before or check
        more = {"id": new_id(), "session_id": was.id, "kept_at": work.now}
        kept = ReadinessVersionRow(**{**was.__dict__, **more})
        work.create(sql.INSERT_VERSION, kept, {"uq_readiness_versions_version": missed})
        return work.revise(update, was, values, missed)
    row = check.model_copy(update={**values, "version": 1, "created_at": work.now, "updated_at": work.now})
    work.create(insert, row, {"pk_readiness_checks": missed})
    return row


async def tell_worklist(work: Work, session: SessionRow, before: ReadinessRow, after: ReadinessRow) -> None:
    """Collect what a new state of the check means for the worklist of a planned session."""
    was_unmet, is_unmet = (row.state in (ReadinessState.OPEN, ReadinessState.HELD) for row in (before, after))
    if was_unmet and not is_unmet:
        settle_readiness(work, session)
    elif is_unmet and not was_unmet:
        await wait_for_readiness(work, session)


def open_holds(holds: Iterable[HoldRow]) -> list[HoldRow]:
    """Return those that are open, in the order in which they opened."""
    return sorted((hold for hold in holds if hold.state is HoldState.OPEN), key=lambda hold: (hold.created_at, hold.id))
