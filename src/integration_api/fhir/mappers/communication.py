"""Communication: a reply to a reflection, from the patient or from a clinician."""

from integration_api.fhir.elements import CLINICAL, Json, instant, patient_reference, reference
from integration_api.fhir.identifiers import joined
from integration_api.resources.journal.reflections.reply_schemas import Reply


def reply_communication(found: Reply) -> Json:
    """Return the Communication. Its id is of the reflection and of the reply; a reply never changes."""
    patient = patient_reference(found.patient_id)
    return {
        "resourceType": "Communication",
        "id": joined(found.reflection_id, found.id),
        "meta": {"lastUpdated": instant(found.created_at), "security": list(CLINICAL)},
        "status": "completed",
        "subject": patient,
        "about": [reference("QuestionnaireResponse", f"reflection-{found.reflection_id}")],
        "sent": instant(found.created_at),
        "sender": patient if found.is_patient else reference("Practitioner", found.author_id),
        "payload": [{"contentString": found.text}],
    }
