"""Goal: a goal of a chart, with the five levels of goal attainment scaling as its targets."""

from integration_api.fhir.elements import Json, concept, instant, meta, own_code, patient_reference
from integration_api.resources.journal.goals.rules import MIN_LEVEL
from integration_api.resources.journal.goals.schemas import Goal

_SCALING = own_code("measure", "goal_attainment_scaling")


def goal(found: Goal) -> Json:
    """Return the Goal. One that was withdrawn is cancelled."""
    return {
        "resourceType": "Goal",
        "id": str(found.id),
        "meta": meta(found),
        "lifecycleStatus": "cancelled" if found.withdrawn_at else "active",
        "description": concept(text=found.title),
        "subject": patient_reference(found.patient_id),
        "startDate": instant(found.created_at)[:10],
        "target": [
            {"measure": _SCALING, "detailString": f"{number:+d}: {level}"}
            for number, level in enumerate(found.levels, start=MIN_LEVEL)
        ],
        "statusReason": found.withdrawn_reason,
    }
