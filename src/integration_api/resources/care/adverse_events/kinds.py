"""The coded list of adverse events and the words about one. Source: clinical.md section 1.5."""

from datetime import timedelta
from enum import StrEnum

RULES_VERSION = "2026-11-28"
"""The version of the list and of rule R34."""
REVIEW_WITHIN = timedelta(hours=24)
"""From when it was first known to the review by a prescriber. Rule R34; source: clinical.md section 1.5, POLICY."""


class AdverseEventKind(StrEnum):
    """The kind of adverse event. Source: clinical.md section 1.5."""

    DISSOCIATION = "dissociation"
    SEDATION = "sedation"
    DIZZINESS = "dizziness"
    NAUSEA = "nausea"
    VOMITING = "vomiting"
    HEADACHE = "headache"
    ANXIETY = "anxiety"
    BLOOD_PRESSURE_RISE = "blood_pressure_rise"
    TACHYCARDIA = "tachycardia"
    RESPIRATORY_DEPRESSION = "respiratory_depression"
    LOSS_OF_CONSCIOUSNESS = "loss_of_consciousness"
    EMERGENCE_AGITATION = "emergence_agitation"
    CONFUSION = "confusion"
    VERTIGO = "vertigo"
    BLURRED_VISION = "blurred_vision"
    DYSARTHRIA = "dysarthria"
    HYPOAESTHESIA = "hypoaesthesia"
    INJECTION_SITE_REACTION = "injection_site_reaction"
    LARYNGOSPASM = "laryngospasm"
    URINARY_SYMPTOMS = "urinary_symptoms"
    PSYCHOTIC_SYMPTOMS = "psychotic_symptoms"
    MANIA = "mania"
    SUICIDALITY = "suicidality"
    DEREALISATION = "derealisation"
    CRAVING = "craving"
    FALL = "fall"
    ASPIRATION = "aspiration"
    ALLERGIC_REACTION = "allergic_reaction"
    ANAPHYLAXIS = "anaphylaxis"
    LIVER = "liver"
    COGNITION = "cognition"
    HOSPITAL_TRANSFER = "hospital_transfer"
    CHEST_PAIN = "chest_pain"
    BREATHLESSNESS = "breathlessness"
    WORST_HEADACHE = "worst_headache"
    FOCAL_SIGN = "focal_sign"
    OTHER = "other"


class EventSeverity(StrEnum):
    """The grades 1 to 5 of CTCAE, as words."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    LIFE_THREATENING = "life_threatening"
    FATAL = "fatal"


class Seriousness(StrEnum):
    """The criteria by which an adverse event is serious. Source: ICH E2A."""

    DEATH = "death"
    LIFE_THREATENING = "life_threatening"
    HOSPITALISATION = "hospitalisation"
    DISABILITY = "disability"
    CONGENITAL_ANOMALY = "congenital_anomaly"
    OTHER_IMPORTANT = "other_important"


class Relatedness(StrEnum):
    """The likelihood that the dose caused it."""

    UNRELATED = "unrelated"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    DEFINITE = "definite"


class EventOutcome(StrEnum):
    """The end that it came to."""

    RECOVERED = "recovered"
    RECOVERING = "recovering"
    NOT_RECOVERED = "not_recovered"
    SEQUELAE = "sequelae"
    FATAL = "fatal"
    UNKNOWN = "unknown"


class ReportedTo(StrEnum):
    """An authority or programme that was told of it."""

    REMS = "rems"
    MEDWATCH = "medwatch"
    OTHER = "other"


class EventReporter(StrEnum):
    """The side from which it came to be known."""

    PATIENT = "patient"
    OBSERVER = "observer"
    STAFF = "staff"


RED_SIGNS = frozenset(
    {
        AdverseEventKind.CHEST_PAIN,
        AdverseEventKind.BREATHLESSNESS,
        AdverseEventKind.WORST_HEADACHE,
        AdverseEventKind.FOCAL_SIGN,
    }
)
"""The kinds that ask for emergency care. Rule R19; source: clinical.md section 6, label of esketamine [label]."""
ALWAYS_CRITICAL = frozenset(
    {
        AdverseEventKind.FALL,
        AdverseEventKind.ASPIRATION,
        AdverseEventKind.LOSS_OF_CONSCIOUSNESS,
        AdverseEventKind.ANAPHYLAXIS,
        AdverseEventKind.HOSPITAL_TRANSFER,
    }
)
"""The kinds that a prescriber reviews whether they are serious or not. Rule R34; source: clinical.md section 6."""
