"""MedicationAdministration, MedicationRequest and MedicationStatement: doses, orders, and what a patient takes."""

from datetime import timedelta

from integration_api.fhir.elements import (
    Json,
    extension,
    instant,
    meta,
    notes,
    patient_reference,
    period,
    quantity,
    reference,
    texts,
)
from integration_api.fhir.mappers.substances import medicine_of, route_of
from integration_api.resources.care.doses.schemas import Dose
from integration_api.resources.care.medicines.schemas import Medicine
from integration_api.resources.care.orders.rules import OrderState
from integration_api.resources.care.orders.schemas import Order

_ORDER_STATUS = {
    OrderState.UPCOMING: "active",
    OrderState.ACTIVE: "active",
    OrderState.USED_UP: "completed",
    OrderState.EXPIRED: "completed",
    OrderState.WITHDRAWN: "cancelled",
}


def medication_administration(found: Dose) -> Json:
    """Return the MedicationAdministration of a dose."""
    ended = found.given_at + timedelta(minutes=found.infusion_minutes) if found.infusion_minutes else None
    return {
        "resourceType": "MedicationAdministration",
        "id": str(found.id),
        "meta": meta(found),
        "extension": [
            *texts("lot", found.lot),
            *texts("pharmacy", found.pharmacy),
            *([extension("devices", {"valueInteger": found.devices})] if found.devices else []),
        ],
        "status": "entered-in-error" if found.withdrawn_at else "completed",
        "statusReason": [{"text": found.withdrawn_reason}] if found.withdrawn_reason else [],
        "medicationCodeableConcept": medicine_of(
            found.route, found.formulation, found.strength, is_compounded=found.pharmacy is not None
        ),
        "subject": patient_reference(found.patient_id),
        "context": reference("Encounter", found.session_id),
        "effectiveDateTime": None if ended else instant(found.given_at),
        "effectivePeriod": period(found.given_at, ended) if ended else None,
        "request": reference("MedicationRequest", found.order_id),
        "note": notes(found.note),
        "dosage": {"route": route_of(found.route), "dose": quantity(found.amount, found.unit.value)},
    }


def medication_request(found: Order) -> Json:
    """Return the MedicationRequest of an order."""
    unit = found.unit.value
    return {
        "resourceType": "MedicationRequest",
        "id": str(found.id),
        "meta": meta(found),
        "status": _ORDER_STATUS[found.state],
        "statusReason": {"text": found.withdrawn_reason} if found.withdrawn_reason else None,
        "intent": "order",
        "medicationCodeableConcept": medicine_of(found.route),
        "subject": patient_reference(found.patient_id),
        "authoredOn": instant(found.created_at),
        "requester": reference("Practitioner", found.created_by_id),
        "dosageInstruction": [
            {
                "text": f"For {found.sessions_authorised} sessions",
                "route": route_of(found.route),
                "doseAndRate": [
                    {"doseRange": {"low": quantity(found.amount_min, unit), "high": quantity(found.amount_max, unit)}}
                ],
            }
        ],
        "dispenseRequest": {"validityPeriod": period(found.valid_from, found.valid_until)},
    }


def medication_statement(found: Medicine) -> Json:
    """Return the MedicationStatement of what a patient takes or took."""
    status = "entered-in-error" if found.withdrawn_at else "completed" if found.ended_on else "active"
    return {
        "resourceType": "MedicationStatement",
        "id": str(found.id),
        "meta": meta(found),
        "extension": [extension("medicine-kind", {"valueCode": found.kind.value})],
        "status": status,
        "statusReason": [{"text": found.withdrawn_reason}] if found.withdrawn_reason else [],
        "medicationCodeableConcept": {"text": found.name},
        "subject": patient_reference(found.patient_id),
        "effectivePeriod": period(found.started_on, found.ended_on),
        "dateAsserted": instant(found.created_at),
        "dosage": [{"text": found.dose}] if found.dose else [],
    }
