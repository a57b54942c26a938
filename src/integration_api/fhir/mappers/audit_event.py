"""AuditEvent: a row of the ledger, as an auditor reads it and as the patient does."""

from uuid import UUID

from integration_api.fhir.elements import (
    ADMINISTRATIVE,
    HERE,
    TERMINOLOGY,
    Json,
    coding,
    concept,
    instant,
    own_code,
    patient_reference,
    reference,
)
from integration_api.ledger.events import Outcome, Purpose
from integration_api.resources.oversight.ledger_view.schemas import Access, EntryFacts, LedgerEntry

_REST = coding(f"{TERMINOLOGY}/audit-event-type", "rest", "RESTful Operation")
_OUTCOME = {Outcome.DONE: "0", Outcome.DENIED: "4"}
_PURPOSE = {Purpose.TREATMENT: "TREAT", Purpose.OPERATIONS: "HOPERAT", Purpose.OWN: "PATRQT"}


def ledger_audit(found: LedgerEntry) -> Json:
    """Return the AuditEvent of a row of the ledger: ids, and no names."""
    return {
        **_facts(found, found.event),
        "agent": [_agent(found, reference("Practitioner", found.actor_id) if found.actor_id else None)],
        "entity": _entities(found.patient_id, found.subject_id),
    }


def access_audit(found: Access) -> Json:
    """Return the AuditEvent of one time that somebody looked at the chart of the patient who asks."""
    actor = found.actor
    who = {"display": "You" if actor["is_you"] else actor["name"] or "Unnamed"} if actor else None
    purpose = _PURPOSE.get(found.purpose) if found.purpose else None
    reason = f"{TERMINOLOGY}/v3-ActReason"
    return {
        **_facts(found, found.event),
        "purposeOfEvent": [concept(coding(reason, purpose))] if purpose else [],
        "agent": [_agent(found, who)],
        "entity": _entities(None, found.subject_id),
    }


def _facts(found: EntryFacts, event: str) -> Json:
    return {
        "resourceType": "AuditEvent",
        "id": str(found.id),
        "meta": {"lastUpdated": instant(found.at), "security": list(ADMINISTRATIVE)},
        "type": _REST,
        "subtype": [coding(f"{HERE}:event", event)],
        "recorded": instant(found.at),
        "outcome": _OUTCOME[found.outcome],
        "outcomeDesc": found.reason,
        "source": {"observer": {"display": "Integration Journal API"}},
    }


def _agent(found: EntryFacts, who: Json | None) -> Json:
    role = [own_code("role", str(found.actor_role))] if found.actor_role else []
    return {"role": role, "who": who, "requestor": who is not None}


def _entities(patient_id: UUID | None, subject_id: UUID | None) -> list[Json]:
    whats = []
    if patient_id is not None:
        whats.append({"what": patient_reference(patient_id)})
    if subject_id is not None:
        whats.append({"what": {"identifier": {"system": f"{HERE}:thing", "value": str(subject_id)}}})
    return whats
