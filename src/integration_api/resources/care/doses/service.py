"""Recording doses, reading them, and taking back what was recorded in error. No dose is ever deleted or changed."""

from collections.abc import Sequence
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Refusal, Work
from integration_api.resources.care.doses import statements as sql
from integration_api.resources.care.doses.altered_states import altered_until
from integration_api.resources.care.doses.dose_flags import raise_for_dose
from integration_api.resources.care.doses.dose_watch import follow_doses, watch_after
from integration_api.resources.care.doses.first_doses import judge_anew
from integration_api.resources.care.doses.form_tasks import move_form, settle_form, wait_for_form
from integration_api.resources.care.doses.liver_tests import liver_findings
from integration_api.resources.care.doses.named_orders import InSession, count_orders, order_of, remarks_of_order
from integration_api.resources.care.doses.near_doses import doses_around, doses_of_session
from integration_api.resources.care.doses.rules import (
    DoseFinding,
    Given,
    finding,
    findings,
    form_problems,
    limit_problems,
    mg_of,
    mg_per_kg,
)
from integration_api.resources.care.doses.schemas import Dose, DoseCreate, DoseFilter
from integration_api.resources.care.doses.tables import DoseRow
from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.care.readiness.dose_holds import held, hold_dose
from integration_api.resources.care.readiness.evaluation import load_check, load_dosing_session
from integration_api.resources.care.readiness.hold_flags import raise_for_holds
from integration_api.resources.care.readiness.rules import has_weight
from integration_api.resources.care.readiness.schemas import HeldBy
from integration_api.resources.care.readiness.tables import GovernedSessionRow, HoldRow, ReadinessRow
from integration_api.resources.care.sessions.service import count_dose, load_session
from integration_api.resources.care.sessions.session_tasks import end_watch
from integration_api.resources.care.sessions.tables import Modality, SessionState
from integration_api.resources.people.accounts.service import check_staff
from integration_api.resources.people.clinics.rules import all_policies
from integration_api.web.errors import Conflict, FieldError, Invalid, NotFound, StaleVersion
from integration_api.web.instants import credible_time, is_skewed
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Withdraw

_UNDER_HOLDS = "given under open holds: "
_AT_HOME: HeldBy = {"hold_id": None, "item": "esketamine_at_home", "rule": "R21"}
"""Never dispensed for home use, so nobody releases it. Source: clinical.md section 1.2, [jnj]."""


class SessionNotStarted(Conflict):
    """The session has not begun, so nothing was given in it."""

    code = "session-not-started"
    title = "Session not started"
    remedy = "Start the session, with the time at which it began, then record the dose."


class LastDose(Conflict):
    """The session is completed, and this is its only dose."""

    code = "last-dose"
    title = "Only dose of a completed session"
    remedy = "Record the right dose with `corrects_id`, or correct the session with a `no_dose_reason` first."


async def list_doses(work: Work, window: Window, only: DoseFilter) -> Page[Dose]:
    """List the doses of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.DOSES, window, only, present)


async def read_dose(work: Work, session_id: UUID, dose_id: UUID) -> Dose:
    """Return one dose of a session. Raises NotFound."""
    row = await _load(work, session_id, dose_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_dose(work: Work, session_id: UUID, body: DoseCreate) -> Dose:
    """Record a dose of a session; with `corrects_id`, in the place of another.

    Raises NotFound, NotDosing, SessionNotStarted, DoseHeld, Superseded, IdTaken, and Invalid for a hard limit.
    """
    session = await load_dosing_session(work, session_id)
    if session.started_at is None:
        raise SessionNotStarted
    amount_mg = mg_of(body.amount, body.unit, body.weight_kg)
    problems = form_problems(body.route, body.unit, body.weight_kg, body.infusion_minutes, body.devices)
    if problems or amount_mg is None:
        raise Invalid(errors=problems)
    corrected = await _corrected(work, session, body)
    if corrected is not None and body.given_at is None:
        given_at = corrected.given_at
    elif session.ended_at is not None and body.given_at is None:
        raise _invalid("given_at", "missing", "is needed: the session is over")
    else:
        since = min(session.started_at, work.now)
        given_at = credible_time(body.given_at, work.now, since, arrived=session.ended_at)
    dose = Given(
        session_id=session.id,
        route=body.route,
        kind=body.kind,
        amount_mg=amount_mg,
        given_at=given_at,
        weight_kg=body.weight_kg,
        infusion_minutes=body.infusion_minutes,
        devices=body.devices,
        order_id=body.order_id,
    )
    before = await doses_of_session(work, session.patient_id, session.id, corrected)
    if problems := limit_problems(dose, before):
        raise Invalid(errors=problems)
    order = await order_of(work, dose, session.patient_id)
    await _check_witness(work, body)
    check = await load_check(work, session)
    remarks = await _hold(work, session, check, body, dose, corrected)
    around = await doses_around(work, session.patient_id, dose, corrected)
    is_weighed = has_weight(check.items, given_at)
    order_ids = [one.order_id for one in before] + [corrected.order_id if corrected else None]
    within = InSession(before, order_ids, session.ended_at is not None)
    row = DoseRow(
        **new_values(work, body, given_at=given_at, given_while_held=any(one["rule"] == "R21" for one in remarks)),
        patient_id=session.patient_id,
        session_id=session.id,
        claimed_given_at=body.given_at if is_skewed(body.given_at, given_at) else None,
        altered_until=altered_until(all_policies(session.policies), dose),
        amount_mg=amount_mg,
        findings=[
            *remarks,
            *_of_waste(body),
            *await remarks_of_order(
                work, dose, session.patient_id, order, within, unit=body.unit, is_weighed=is_weighed
            ),
            *findings(dose, around),
            *await liver_findings(work, session.patient_id, dose, corrected),
        ],
        created_by_id=work.actor.id,
    )
    if corrected is not None:
        _withdraw(work, corrected, body.correction_reason, missed=StartAgain)
    await count_orders(work, order, corrected, before)
    await watch_after(work, session, dose, before, corrected)
    first_dose_at = min(one.given_at for one in (dose, *before))
    await count_dose(work, session, 0 if corrected else 1, StartAgain, first_dose_at)
    await judge_anew(work, session, first_dose_at)
    if _asks_for_form(dose) and (corrected is None or not _asks_for_form(corrected)):
        asking = [one.given_at for one in (dose, *before) if _asks_for_form(one)]
        is_moved = len(asking) > 1
        await wait_for_form(work, session.patient_id, session.id, min(asking), is_moved=is_moved)
    elif corrected is not None:
        _follow_form(work, corrected, [dose, *before])
    work.create(sql.INSERT_DOSE, row, {"uq_doses_clinic_id_corrects_id": Superseded})
    await raise_for_dose(work, session, row, corrected)
    work.record(row.id, row.patient_id)
    return present(row)


async def withdraw_dose(work: Work, session_id: UUID, dose_id: UUID, body: Withdraw, expected_version: int) -> Dose:
    """Keep a dose that was recorded in error, as withdrawn. Raises NotFound, StaleVersion, Superseded, LastDose."""
    row = await _load(work, session_id, dose_id)
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    session = await load_session(work, row.session_id)
    if session.state is SessionState.COMPLETED and session.doses_recorded == 1 and session.no_dose_reason is None:
        raise LastDose
    changed = _withdraw(work, row, body.reason)
    leads = session.first_dose_at is None or row.given_at <= session.first_dose_at
    is_counted, others = row.order_id is not None or _asks_for_form(row), list[Given]()
    if is_counted or session.doses_recorded != 1:
        others = await doses_of_session(work, session.patient_id, session.id, row)
    if is_counted:
        await count_orders(work, None, row, others)
        _follow_form(work, row, others)
    if session.doses_recorded == 1:
        end_watch(work, session)
    await follow_doses(work, session, [*others, row], others)
    first_dose_at = min((one.given_at for one in others), default=None) if leads else session.first_dose_at
    await count_dose(work, session, -1, StartAgain, first_dose_at)
    await judge_anew(work, session, first_dose_at)
    work.record(row.id, row.patient_id)
    return present(changed)


async def load_dose(work: Work, dose_id: UUID) -> DoseRow:
    """Return a dose of a chart that the actor may see, for other resources. Raises NotFound."""
    return await work.get(sql.READ_DOSE, id=dose_id)


async def _load(work: Work, session_id: UUID, dose_id: UUID) -> DoseRow:
    row = await load_dose(work, dose_id)
    if row.session_id != session_id:
        raise NotFound
    return row


def _withdraw(work: Work, row: DoseRow, reason: str | None, missed: Refusal = StaleVersion) -> DoseRow:
    values = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": reason}
    return work.revise(sql.WITHDRAW_DOSE, row, values, missed)


async def _corrected(work: Work, session: GovernedSessionRow, body: DoseCreate) -> DoseRow | None:
    """Return the dose that this one takes the place of. Raises NotFound, Superseded, Invalid."""
    if body.corrects_id is None:
        return None
    with referred_by("corrects_id"):
        row = await _load(work, session.id, body.corrects_id)
    if row.withdrawn_at is not None:
        raise Superseded
    if body.correction_reason is None:
        raise _invalid("correction_reason", "missing", "is needed with corrects_id")
    return row


def _asks_for_form(dose: DoseRow | Given) -> bool:
    return dose.route is DoseRoute.INTRANASAL_ESKETAMINE


def _follow_form(work: Work, gone: DoseRow, others: Sequence[Given]) -> None:
    """Move the tasks of the REMS form to the first dose that still asks for one; settle them if none does."""
    if not _asks_for_form(gone):
        return
    if asking := [one.given_at for one in others if _asks_for_form(one)]:
        move_form(work, gone.patient_id, gone.session_id, min(asking))
    else:
        settle_form(work, gone.patient_id, gone.session_id)


async def _check_witness(work: Work, body: DoseCreate) -> None:
    """Raise Invalid or NotFound unless the witness of the waste is another member of staff."""
    if body.waste_witness_id is None:
        return
    if body.waste_witness_id == work.actor.id or body.wasted_mg is None:
        raise _invalid("waste_witness_id", "not_a_witness", "must be another account, of a waste that is given")
    with referred_by("waste_witness_id"):
        await check_staff(work, [body.waste_witness_id])


async def _hold(
    work: Work,
    session: GovernedSessionRow,
    check: ReadinessRow,
    body: DoseCreate,
    dose: Given,
    corrected: DoseRow | None,
) -> list[DoseFinding]:
    """Return the critical remarks of a dose that was given while it was held. Raises DoseHeld for one that was not."""
    at_home = dose.route is DoseRoute.INTRANASAL_ESKETAMINE and session.modality is Modality.TELEHEALTH
    remarks = [finding("R21", "critical", "esketamine outside a clinic")] if at_home else []
    if corrected is not None:
        return [*remarks, *(one for one in corrected.findings if one["text"].startswith(_UNDER_HOLDS))]
    holds = await hold_dose(work, session, check, dose.given_at)
    if (holds or at_home) and not body.given_while_held:
        await raise_for_holds(work, session, holds, is_dose=True)
        raise held(work, session, holds, [_AT_HOME] if at_home else [])
    return [*remarks, *_under_holds(holds)]


def _under_holds(holds: Sequence[HoldRow]) -> list[DoseFinding]:
    items = ", ".join(hold.item for hold in holds)
    return [finding("R21", "critical", _UNDER_HOLDS + items)] if holds else []


def _of_waste(body: DoseCreate) -> list[DoseFinding]:
    if body.wasted_mg is None or body.waste_witness_id is not None:
        return []
    return [finding("R28", "high", "waste without a witness")]


def _invalid(field: str, code: str, message: str) -> Invalid:
    problem: FieldError = {"field": f"body.{field}", "code": code, "message": message}
    return Invalid(errors=[problem])


def present(row: DoseRow) -> Dose:
    """Return a dose with what is derived of it."""
    return Dose.of(
        row, mg_per_kg=mg_per_kg(row.amount_mg, row.weight_kg), clock_skewed=row.claimed_given_at is not None
    )
