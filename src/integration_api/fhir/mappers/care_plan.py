"""CarePlan: a coping plan with its strategies, and a version of a safety plan with its steps."""

from integration_api.fhir.elements import Json, coding, concept, instant, meta, own_code, patient_reference, reference
from integration_api.resources.journal.plans.schemas import Plan, PlanListItem
from integration_api.resources.journal.plans.strategy_schemas import Strategy
from integration_api.resources.journal.plans.tables import PlanState
from integration_api.resources.journal.safety_plans.schemas import SafetyContact, SafetyPlan
from integration_api.resources.people.patients.tables import SafetyPlanState

_ASSESS_PLAN = concept(
    coding(
        "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment"
    )
)
_STATUS = {
    PlanState.DRAFT: ("draft", "not-started"),
    PlanState.PROPOSED: ("draft", "not-started"),
    PlanState.ACTIVE: ("active", "in-progress"),
    PlanState.PAUSED: ("on-hold", "on-hold"),
    PlanState.COMPLETED: ("completed", "completed"),
    PlanState.ARCHIVED: ("revoked", "stopped"),
}
"""The status of a plan, and that of its activities."""
_SAFETY_STATUS = {
    SafetyPlanState.DRAFT: ("draft", "not-started"),
    SafetyPlanState.IN_FORCE: ("active", "in-progress"),
    SafetyPlanState.REPLACED: ("revoked", "stopped"),
}


def coping_plan(found: PlanListItem) -> Json:
    """Return the CarePlan of a coping plan. A list shows no strategies, which a tag says."""
    strategies = found.strategies if isinstance(found, Plan) else []
    status, activity_status = _STATUS[found.state]
    goals = dict.fromkeys(one.goal_id for one in strategies if one.goal_id is not None)
    return {
        "resourceType": "CarePlan",
        "id": f"plan-{found.id}",
        "meta": meta(found, is_subset=not isinstance(found, Plan) and found.strategy_count > 0),
        "replaces": [reference("CarePlan", f"plan-{found.replaces_id}")] if found.replaces_id else [],
        "status": status,
        "intent": "plan",
        "category": [_ASSESS_PLAN, own_code("plan-kind", "coping_plan")],
        "title": found.title,
        "description": found.aim,
        "subject": patient_reference(found.patient_id),
        "created": instant(found.created_at),
        "goal": [reference("Goal", goal) for goal in goals],
        "activity": [{"detail": _strategy(one, activity_status)} for one in strategies],
    }


def _strategy(found: Strategy, status: str) -> Json:
    parts = (found.if_cue, found.then_action, found.description)
    return {
        "code": concept(*own_code("strategy-category", found.category.value)["coding"], text=found.title),
        "status": status,
        "scheduledString": found.schedule,
        "description": "\n".join(part for part in parts if part),
    }


def safety_plan(found: SafetyPlan) -> Json:
    """Return the CarePlan of one version of a safety plan; its steps are activities in their order."""
    status, activity_status = _SAFETY_STATUS[found.state]
    steps: dict[str, list[str]] = {
        "warning_signs": found.warning_signs,
        "internal_coping": found.internal_coping,
        "distraction": [_contact(one) for one in found.distraction],
        "people_to_ask": [_contact(one) for one in found.people_to_ask],
        "professionals": [_contact(one, one["hours"]) for one in found.professionals],
        "means_safety": found.means_safety,
        "reason_for_living": [found.reason_for_living] if found.reason_for_living else [],
    }
    return {
        "resourceType": "CarePlan",
        "id": f"safety-{found.id}",
        "meta": meta(found),
        "status": status,
        "intent": "plan",
        "category": [_ASSESS_PLAN, own_code("plan-kind", "safety_plan")],
        "title": f"Safety plan, version {found.number}",
        "subject": patient_reference(found.patient_id),
        "created": instant(found.created_at),
        "activity": [
            {
                "detail": {
                    "code": own_code("safety-plan-step", name),
                    "status": activity_status,
                    "description": "\n".join(texts),
                }
            }
            for name, texts in steps.items()
            if texts
        ],
    }


def _contact(found: SafetyContact, hours: str | None = None) -> str:
    return ", ".join(part for part in (found["name"], found["phone"], hours) if part)
