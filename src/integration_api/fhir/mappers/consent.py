"""Consent: one signature of a patient under a version of a document."""

from integration_api.fhir.elements import (
    HERE,
    LOINC,
    TERMINOLOGY,
    Json,
    coding,
    concept,
    extension,
    instant,
    meta,
    own_code,
    patient_reference,
    period,
    reference,
)
from integration_api.resources.care.consents.schemas import Consent
from integration_api.resources.people.consent_documents.tables import ConsentMode, ConsentPurpose

_SCOPE = {
    ConsentPurpose.TREATMENT: "treatment",
    ConsentPurpose.SHARING: "patient-privacy",
    ConsentPurpose.RESEARCH: "research",
}
_CATEGORY = coding(LOINC, "59284-0", "Consent Document")


def consent(found: Consent) -> Json:
    """Return the Consent: active if it is the last of its purpose and was not withdrawn."""
    patient = patient_reference(found.patient_id)
    is_active = found.is_last and found.withdrawn_at is None
    on_paper = found.mode is ConsentMode.PAPER
    recorded_by = reference("Practitioner", found.created_by_id) if on_paper else None
    return {
        "resourceType": "Consent",
        "id": str(found.id),
        "meta": meta(found),
        "extension": [
            extension("text-sha256", {"valueString": found.text_sha256}),
            extension("consent-mode", {"valueCode": found.mode.value}),
            *([extension("recorded-by", {"valueReference": recorded_by})] if recorded_by else []),
        ],
        "status": "active" if is_active else "inactive",
        "scope": concept(coding(f"{TERMINOLOGY}/consentscope", _SCOPE[found.purpose])),
        "category": [concept(_CATEGORY), own_code("consent-purpose", found.purpose.value)],
        "patient": patient,
        "dateTime": instant(found.signed_at),
        "performer": [patient],
        "policy": [{"uri": f"{HERE}:consent-document:{found.document_id}"}],
        "provision": {"type": "permit", "period": period(found.signed_at, found.withdrawn_at)},
    }
