"""Read and write the versions of safety plans, and put one in force."""

from uuid import UUID

from integration_api.access import reading_tokens
from integration_api.access.chart_lists import list_charts
from integration_api.access.notices import tell_account
from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by, unseen_chart
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.doses.altered_states import check_not_held
from integration_api.resources.journal.safety_plans import statements as sql
from integration_api.resources.journal.safety_plans.operations import READ_MY_SAFETY_PLAN
from integration_api.resources.journal.safety_plans.rules import differences
from integration_api.resources.journal.safety_plans.schemas import (
    MySafetyPlan,
    PatientSafetyPlan,
    SafetyPlan,
    SafetyPlanChange,
    SafetyPlanCreate,
    SafetyPlanDifference,
    SafetyPlanFilter,
    SafetyPlanPair,
    SafetyPlanReview,
    SafetyPlanToken,
)
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.resources.people.patients.alerts import clinic_of_patient, tell_of_write
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.people.patients.tables import (
    UNIQUE_NUMBER,
    SafetyPlanRow,
    SafetyPlanSide,
    SafetyPlanState,
)
from integration_api.web.errors import Conflict, Invalid, NotFound
from integration_api.web.paging import Page, Window

KEPT_AS = "private, max-age=300, stale-if-error=7776000"
"""The Cache-Control of one's own plan: it is shown for 90 days if the network or the server fails (RFC 5861)."""

LABEL = "Safety plan"
"""The name of a token of the plan among one's sign-ins."""


class NewerSafetyPlan(Conflict):
    """There is a newer version than the one that was read, or none of that number; nothing was written."""

    code = "newer-safety-plan"
    title = "Newer version"
    remedy = "Read `GET /v1/patients/{patient_id}/safety-plan`, show what is new, and write again after that version."


class SafetyPlanNotDraft(Conflict):
    """Only the draft that waits can be confirmed; this version is in force already, or was replaced."""

    code = "safety-plan-not-draft"
    title = "Not the draft"
    remedy = "Read `GET /v1/patients/{patient_id}/safety-plan` and show the draft there, if there is one."


class SafetyPlanNotInForce(Conflict):
    """Only the version in force has a day of review that can be changed; this one is a draft, or was replaced."""

    code = "safety-plan-not-in-force"
    title = "Not in force"
    remedy = "Read `GET /v1/patients/{patient_id}/safety-plan` and change the day of the version in force."


async def list_safety_plans(work: Work, window: Window, only: SafetyPlanFilter) -> Page[SafetyPlan]:
    """List the versions of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.SAFETY_PLANS, window, only, present)


async def read_safety_plan(work: Work, safety_plan_id: UUID) -> SafetyPlan:
    """Return one version. Raises NotFound."""
    row = await _load(work, safety_plan_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def read_patient_safety_plan(work: Work, patient_id: UUID) -> PatientSafetyPlan:
    """Return the version in force and the draft; both are null if nothing was written yet. Raises NotFound."""
    rows = await work.all(sql.CURRENT_SAFETY_PLANS, patient_id=patient_id)
    if not rows:
        await load_patient(work, patient_id)
    newest = max(rows, key=lambda row: row.number, default=None)
    work.record(newest.id if newest else None, patient_id)
    found = {row.state: present(row) for row in rows}
    return PatientSafetyPlan(in_force=found.get(SafetyPlanState.IN_FORCE), draft=found.get(SafetyPlanState.DRAFT))


async def read_my_safety_plan(work: Work) -> MySafetyPlan:
    """Return the version in force of the actor's own plan, and the crisis lines of the clinic's country."""
    row = await work.one(sql.MY_SAFETY_PLAN, patient_id=work.actor.patient_id)
    country = row.country if row else (await clinic_of_patient(work)).country
    work.record(row.id if row else None, work.actor.patient_id)
    work.entity_version = row.version if row else 0
    work.kept_as = KEPT_AS
    return MySafetyPlan(plan=present(row) if row else None, crisis_resources=list(crisis_resources(country)))


async def compare_safety_plans(work: Work, patient_id: UUID, pair: SafetyPlanPair) -> SafetyPlanDifference:
    """Return what is different in one version, compared with another. Raises NotFound if one is not there."""
    rows = await work.all(sql.TWO_SAFETY_PLANS, patient_id=patient_id, **vars(pair))
    found = {row.number: row for row in rows}
    if not {pair.from_number, pair.to_number} <= found.keys():
        raise NotFound
    after = found[pair.to_number]
    work.record(after.id, patient_id)
    changes = differences(vars(found[pair.from_number]), vars(after))
    return SafetyPlanDifference(
        from_number=pair.from_number,
        to_number=pair.to_number,
        changes=[SafetyPlanChange(step=one.step, text=one.text) for one in changes],
    )


async def create_safety_plan(work: Work, body: SafetyPlanCreate) -> SafetyPlan:
    """Write a new version as the draft; it takes the place of a draft that waits.

    Raises NotFound, IdTaken, Invalid, NewerSafetyPlan.
    """
    patient_id = body.patient_id or work.actor.patient_id
    if patient_id is None:
        raise Invalid(errors=[{"field": "body.patient_id", "code": "missing", "message": "say whose plan it is"}])
    current = await work.all(sql.CURRENT_SAFETY_PLANS, patient_id=patient_id)
    if body.after_number != max((row.number for row in current), default=0):
        if not current:
            with referred_by("patient_id"):
                await load_patient(work, patient_id)
        raise NewerSafetyPlan
    for row in current:
        if row.state is SafetyPlanState.DRAFT:
            work.revise(sql.REPLACE_SAFETY_PLAN, row, {"state": SafetyPlanState.REPLACED}, missed=StartAgain)
            _settle(work, row)
    values = new_values(work, body, patient_id=patient_id)
    del values["after_number"]
    lists = {name: [entry.model_dump() for entry in values[name]] for name in _CONTACTS}
    made = SafetyPlanRow(
        **{**values, **lists},
        number=body.after_number + 1,
        state=SafetyPlanState.DRAFT,
        written_by=SafetyPlanSide.PATIENT if work.actor.is_patient else SafetyPlanSide.CLINICIAN,
        written_by_id=work.actor.id,
    )
    work.create(sql.INSERT_SAFETY_PLAN, made, {UNIQUE_NUMBER: NewerSafetyPlan}, missed=unseen_chart)
    inbox.tell_patient(work, patient_id, InboxKind.SAFETY_PLAN_TO_CONFIRM, made.id)
    work.record(made.id, patient_id)
    return present(made, await _tell(work, made))


async def confirm_safety_plan(work: Work, safety_plan_id: UUID, expected_version: int) -> SafetyPlan:
    """Put the draft in force by the patient's word. Raises SafetyPlanNotDraft, AlteredStateHold ..."""
    row = await _load(work, safety_plan_id)
    check_version(row, expected_version)
    if row.state is not SafetyPlanState.DRAFT:
        raise SafetyPlanNotDraft
    await check_not_held(work, row.patient_id)
    before = await work.one(sql.SAFETY_PLAN_IN_FORCE, patient_id=row.patient_id)
    if before is not None:
        work.revise(sql.REPLACE_SAFETY_PLAN, before, {"state": SafetyPlanState.REPLACED}, missed=StartAgain)
    given = {"state": SafetyPlanState.IN_FORCE, "confirmed_at": work.now, "confirmed_by_id": work.actor.id}
    changed = work.revise(sql.CONFIRM_SAFETY_PLAN, row, given)
    inbox.settle(work, row.patient_id, row.id)
    work.record(row.id, row.patient_id)
    return present(changed, await _tell(work, row))


async def review_safety_plan(
    work: Work, safety_plan_id: UUID, body: SafetyPlanReview, expected_version: int
) -> SafetyPlan:
    """Change the day of review of the version in force. Raises NotFound, StaleVersion, SafetyPlanNotInForce."""
    row = await _load(work, safety_plan_id)
    check_version(row, expected_version)
    if row.state is not SafetyPlanState.IN_FORCE:
        raise SafetyPlanNotInForce
    changed = work.revise(sql.REVIEW_SAFETY_PLAN, row, {"review_on": body.review_on})
    work.record(row.id, row.patient_id)
    return present(changed)


async def create_safety_plan_token(work: Work) -> SafetyPlanToken:
    """Make a token that reads the actor's own safety plan. Raises TooManyTokens."""
    text, sign_in = await reading_tokens.issue(work, READ_MY_SAFETY_PLAN.action, LABEL)
    tell_account(work, work.actor.id, work.operation.recorded)
    work.record(sign_in.id, work.actor.patient_id)
    return SafetyPlanToken(token=text, sign_in_id=sign_in.id, expires_at=sign_in.expires_at)


async def _load(work: Work, safety_plan_id: UUID) -> SafetyPlanRow:
    return await work.get(sql.READ_SAFETY_PLAN, id=safety_plan_id)


def _settle(work: Work, row: SafetyPlanRow) -> None:
    """Settle what waits for either side about a draft that is replaced."""
    inbox.settle(work, row.patient_id, row.id)
    worklist.settle(work, row.patient_id, row.id, TaskKind.SAFETY_PLAN_TO_READ)


async def _tell(work: Work, row: SafetyPlanRow) -> Monitoring | None:
    """Let the care team read what the patient wrote or confirmed, and return what the patient is told."""
    return await tell_of_write(work, row.patient_id, TaskKind.SAFETY_PLAN_TO_READ, row.id)


def present(row: SafetyPlanRow, monitoring: Monitoring | None = None) -> SafetyPlan:
    """Return one version as it is read."""
    return SafetyPlan.of(row, monitoring=monitoring)


_CONTACTS = ("distraction", "people_to_ask", "professionals")
"""The steps whose lines name somebody."""
