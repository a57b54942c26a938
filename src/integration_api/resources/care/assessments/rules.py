"""Rules of assessments: the decisions, their reasons, and what does not fit together. All are pure."""

from collections.abc import Sequence
from enum import StrEnum

from integration_api.web.errors import FieldError

HOLD_RULE, HOLD_ITEM = "R37", "assessment"
"""The rule and the item of the hold that a therapist's `hold` opens. The rule is ours, POLICY."""


class AssessmentDecision(StrEnum):
    """The therapist's decision about a dose. Source: ours, POLICY."""

    GO = "go"
    CONCERN = "concern"
    """The prescriber should look; no dose is held."""
    HOLD = "hold"
    """No dose starts until a prescriber decides."""


class AssessmentReason(StrEnum):
    """A reason for concern, or for a hold. Source: ours, POLICY."""

    SUICIDALITY = "suicidality"
    PSYCHOTIC_SYMPTOMS = "psychotic_symptoms"
    MANIC_SYMPTOMS = "manic_symptoms"
    SUBSTANCE_USE = "substance_use"
    SLEEP_LOSS = "sleep_loss"
    MEDICAL_CONCERN = "medical_concern"
    MEDICINE_CHANGE = "medicine_change"
    REACTION_TO_LAST_DOSE = "reaction_to_last_dose"
    DISSOCIATION_BETWEEN_SESSIONS = "dissociation_between_sessions"
    ACUTE_STRESS = "acute_stress"
    UNSAFE_AT_HOME = "unsafe_at_home"
    NO_SUPPORT = "no_support"
    NOT_PREPARED = "not_prepared"
    INTEGRATION_MISSED = "integration_missed"
    CONSENT_IN_DOUBT = "consent_in_doubt"
    RELATIONSHIP_STRAINED = "relationship_strained"
    ASKED_BY_PATIENT = "asked_by_patient"


def assessment_problems(decision: AssessmentDecision, reasons: Sequence[AssessmentReason]) -> list[FieldError]:
    """Return what does not fit together: `go` has no reason, any other decision has one or more, each once."""
    if decision is AssessmentDecision.GO and reasons:
        return [_problem("not_of_go", "must be empty for go")]
    if decision is not AssessmentDecision.GO and not reasons:
        return [_problem("missing", f"must name a reason for {decision}")]
    if len(set(reasons)) < len(reasons):
        return [_problem("repeated", "must name each reason once")]
    return []


def _problem(code: str, message: str) -> FieldError:
    return {"field": "body.reasons", "code": code, "message": message}
