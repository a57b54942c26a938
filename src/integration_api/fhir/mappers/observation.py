"""Observation: scores of answers to an instrument, uses of a strategy, and readings of a dosing session."""

from integration_api.fhir.elements import (
    LOINC,
    TERMINOLOGY,
    Json,
    coding,
    concept,
    extension,
    instant,
    meta,
    notes,
    own_code,
    patient_reference,
    quantity,
    reference,
)
from integration_api.fhir.identifiers import joined
from integration_api.resources.care.monitoring.schemas import Vital
from integration_api.resources.journal.practices.schemas import Practice
from integration_api.resources.journal.practices.tables import PracticeState
from integration_api.resources.measures.measure_responses.schemas import MeasureResponse
from integration_api.resources.measures.measure_responses.score_parts import ScoreThere

_CATEGORY = f"{TERMINOLOGY}/observation-category"
_ABSENT = f"{TERMINOLOGY}/data-absent-reason"
_PRACTICE_STATUS = {
    PracticeState.LOGGED: "final",
    PracticeState.CORRECTED: "entered-in-error",
    PracticeState.WITHDRAWN: "entered-in-error",
}
VITAL = "vital-"
_SYSTOLIC, _DIASTOLIC = coding(LOINC, "8480-6"), coding(LOINC, "8462-4")
_PULSE_OXIMETRY = coding(LOINC, "2708-6")
"""A reading of pulse oximetry has both codes. Source: US Core, pulse oximetry."""


def score_observation(found: MeasureResponse) -> Json:
    """Return the Observation of the scores of one set of answers; each score is a component."""
    return {
        "resourceType": "Observation",
        "id": f"score-{found.id}",
        "meta": meta(found),
        "status": "entered-in-error" if found.withdrawn_at else "final",
        "category": [concept(coding(_CATEGORY, "survey"))],
        "code": own_code("instrument", found.instrument_id),
        "subject": patient_reference(found.patient_id),
        "encounter": reference("Encounter", found.session_id),
        "effectiveDateTime": instant(found.happened_at),
        "issued": instant(found.created_at),
        "dataAbsentReason": None if found.scores else concept(coding(_ABSENT, "unknown")),
        "derivedFrom": [reference("QuestionnaireResponse", f"measure-{found.id}")],
        "component": [_score(score) for score in found.scores],
    }


def _score(score: ScoreThere) -> Json:
    flags = [name for name in ("is_prorated", "is_lower_bound", "is_partial") if score[name]]
    return {
        "extension": [extension("score-remark", {"valueCode": flag.removeprefix("is_")}) for flag in flags],
        "code": own_code("score", score["id"]),
        **_value(score["value"]),
        "interpretation": [own_code("band", score["band"])] if score["band"] else [],
    }


def _value(value: float | bool | str | None) -> Json:
    if value is None:
        return {"dataAbsentReason": concept(coding(_ABSENT, "unknown"))}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, str):
        return {"valueCodeableConcept": own_code("level", value)}
    return {"valueQuantity": quantity(value, "{score}")}


def practice_observation(found: Practice) -> Json:
    """Return the Observation of one use of a strategy, or of one skip."""
    rated = {
        "distress_before": found.distress_before,
        "distress_after": found.distress_after,
        "helpfulness": found.helpfulness,
    }
    components: list[Json] = [
        {"code": own_code("practice", name), "valueInteger": value}
        for name, value in rated.items()
        if value is not None
    ]
    if found.would_use_again is not None:
        again = {"code": own_code("practice", "would_use_again"), "valueBoolean": found.would_use_again}
        components.append(again)
    if found.skipped_reason is not None:
        why = own_code("skipped", found.skipped_reason.value)
        components.append({"code": own_code("practice", "skipped_reason"), "valueCodeableConcept": why})
    return {
        "resourceType": "Observation",
        "id": f"practice-{found.id}",
        "meta": meta(found),
        "status": _PRACTICE_STATUS[found.state],
        "category": [concept(coding(_CATEGORY, "activity"))],
        "code": own_code("observation", "strategy_practice"),
        "basedOn": [reference("CarePlan", f"plan-{found.plan_id}")],
        "subject": patient_reference(found.patient_id),
        "effectiveDateTime": instant(found.used_at),
        "issued": instant(found.created_at),
        "valueCodeableConcept": own_code("practice-outcome", "skipped" if found.was_skipped else "used"),
        "note": notes(found.context),
        "component": components,
    }


def vital_observation(found: Vital) -> Json:
    """Return the Observation of one reading."""
    is_vital_sign = found.loinc is not None
    codes = [coding(LOINC, found.loinc)] if found.loinc else []
    if found.loinc == "59408-5":
        codes.append(_PULSE_OXIMETRY)
    named = own_code("vital", found.field.value)
    is_panel = found.diastolic is not None and found.value is not None and found.ucum is not None
    single = quantity(found.value, found.ucum) if found.value is not None and found.ucum and not is_panel else None
    return {
        "resourceType": "Observation",
        "id": VITAL + joined(found.session_id, found.id),
        "meta": meta(found),
        "status": "entered-in-error" if found.withdrawn_at else "final",
        "category": [concept(coding(_CATEGORY, "vital-signs" if is_vital_sign else "survey"))],
        "code": concept(*codes, *named["coding"], text=named["text"]),
        "subject": patient_reference(found.patient_id),
        "encounter": reference("Encounter", found.session_id),
        "effectiveDateTime": instant(found.taken_at),
        "issued": instant(found.created_at),
        "valueQuantity": single,
        "valueString": found.text if found.value is None else None,
        "note": notes(found.text if found.value is not None else None),
        "device": {"display": found.device} if found.device else None,
        "component": [
            {"code": concept(_SYSTOLIC), "valueQuantity": quantity(found.value, found.ucum)},
            {"code": concept(_DIASTOLIC), "valueQuantity": quantity(found.diastolic, found.ucum)},
        ]
        if is_panel and found.value is not None and found.diastolic is not None and found.ucum is not None
        else [],
    }
