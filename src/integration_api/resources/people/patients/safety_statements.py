"""The Statement of the safety plan in force, for those who ask for help."""

from integration_api.access.visible import chart_rows
from integration_api.resources.people.patients.tables import SafetyPlanRow, SafetyPlanState, SafetyPlanTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_plans = table_of(SafetyPlanTable)
SAFETY_PLAN_NOW = Read(
    "safety_plan_now",
    chart_rows(SafetyPlanTable)
    .where(
        _plans.c.patient_id == param("patient_id", _plans.c.patient_id),
        _plans.c.state == SafetyPlanState.IN_FORCE,
    )
    .limit(1),
    SafetyPlanRow,
    Scope.OWNER,
)
