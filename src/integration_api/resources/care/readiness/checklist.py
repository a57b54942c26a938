"""The checklists of readiness as data: what is asked, by which rule an unmet item holds a dose, and the source."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

CHECKLIST_VERSION = "2026-11-29"
"""The version of the items, the contraindications and their rules."""
MAX_WEIGHT_AGE_DAYS = 30
"""A weight older than this does not count. Source: clinical.md section 1.2, POLICY."""
FASTING_FROM_FOOD = timedelta(hours=2)
FASTING_FROM_FLUIDS = timedelta(minutes=30)
"""No food, and no fluids, for so long before a dose. Source: clinical.md section 1.4, label of esketamine [onc]."""


class ItemStatus(StrEnum):
    """The status of one item; `unknown` counts as not met."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class AnsweredBy(StrEnum):
    """The person whose answer it is."""

    PATIENT = "patient"
    STAFF = "staff"
    OBSERVER = "observer"


class Substance(StrEnum):
    """A substance taken in the 24 hours before. Source: clinical.md section 1.8."""

    NONE = "none"
    BENZODIAZEPINE = "benzodiazepine"
    OPIOID = "opioid"
    ALCOHOL = "alcohol"
    OTHER_DEPRESSANT = "other_depressant"
    STIMULANT = "stimulant"
    MAOI = "maoi"
    CANNABIS = "cannabis"
    OTHER = "other"


DEPRESSANTS = frozenset({Substance.BENZODIAZEPINE, Substance.OPIOID, Substance.ALCOHOL, Substance.OTHER_DEPRESSANT})
"""Substances after which medicines must be reviewed before a dose. Source: clinical.md section 6, R24."""


PRESSORS = frozenset({Substance.STIMULANT, Substance.MAOI})
PRESSOR_CODES = ("psychostimulants", "maois")
"""With these, and a blood pressure above R09, medicines must be reviewed. Source: clinical.md section 6, R24."""


class Pregnancy(StrEnum):
    """The answer about pregnancy and nursing. Source: clinical.md section 1.8."""

    NOT_APPLICABLE = "not_applicable"
    TEST_NEGATIVE = "test_negative"
    POSSIBLE = "possible"
    CONFIRMED = "confirmed"
    BREASTFEEDING = "breastfeeding"
    DECLINED = "declined"


STATUS_OF_PREGNANCY: Mapping[str, ItemStatus] = {
    Pregnancy.NOT_APPLICABLE: ItemStatus.NOT_APPLICABLE,
    Pregnancy.TEST_NEGATIVE: ItemStatus.MET,
}
"""The status that goes with an answer; any other answer is not met."""


class Item(NamedTuple):
    """One item of the readiness check."""

    rule: str
    """The rule by which it holds a dose if it is not met."""
    details: frozenset[str] = frozenset()
    """The details that its answer may have."""
    needed: frozenset[str] = frozenset()
    """The details without which it is not met."""
    may_not_apply: bool = False


BY_FLAG = "flag."
"""Begins the item of a hold that flags of a rule are; the rule follows."""
CONSENT = "rd.consent"
"""Met by a signature on file, if the clinic has a document in force. Source: clinical.md section 1.1."""

ITEMS: Mapping[str, Item] = {
    "rd.fasting": Item("R23", frozenset({"food_at", "fluids_at"}), may_not_apply=True),
    "rd.escort": Item("R23", frozenset({"name", "phone", "confirmed"}), frozenset({"confirmed"}), may_not_apply=True),
    "rd.medicines": Item("R23", frozenset({"reviewed_by"}), frozenset({"reviewed_by"})),
    "rd.substances_24h": Item("R24", frozenset({"substances"}), frozenset({"substances"})),
    "rd.pregnancy": Item("R23", frozenset({"pregnancy"}), frozenset({"pregnancy"}), may_not_apply=True),
    "rd.vitals": Item("R23"),
    "rd.cuff": Item("R23", may_not_apply=True),
    "rd.oximeter": Item("R23", may_not_apply=True),
    "rd.observer": Item("R18", frozenset({"name", "phone"}), frozenset({"name", "phone"}), may_not_apply=True),
    "rd.video": Item("R18", may_not_apply=True),
    "rd.emergency_address": Item("R18", needed=frozenset({"note"}), may_not_apply=True),
    "rd.weight": Item(
        "R17", frozenset({"weight_kg", "measured_on"}), frozenset({"weight_kg", "measured_on"}), may_not_apply=True
    ),
    "rd.screen": Item("R23"),
    "rd.clearance": Item("R21"),
    CONSENT: Item("R21"),
}
"""The items and their rules. Source: clinical.md sections 1.8 and 6. The rule of `rd.screen` is ours, POLICY."""

AT_HOME = frozenset({"rd.cuff", "rd.oximeter", "rd.observer", "rd.video", "rd.emergency_address"})
"""Items asked for only if the patient is at home. Source: clinical.md sections 1.2, 1.8 and 6, R18."""
CLEARANCE = "rd.clearance"
"""A prescriber alone says that it is met. Source: clinical.md section 1.1."""


class Kind(StrEnum):
    """The weight of a finding: the label forbids a dose, or asks for care."""

    CONTRAINDICATED = "contraindicated"
    CAUTION = "caution"


class Presence(StrEnum):
    """Whether the patient has it; `unknown` counts as open."""

    ABSENT = "absent"
    PRESENT = "present"
    UNKNOWN = "unknown"


class Contraindication(NamedTuple):
    """One line of the contraindication checklist."""

    kind: Kind
    source: str


_LABEL = "esketamine label [onc]"
_MONOGRAPH = "esketamine monograph [mpr]"
_BACKGROUND = "background, unverified [BK]"


def _cautions(source: str, *codes: str) -> dict[str, Contraindication]:
    return dict.fromkeys(codes, Contraindication(Kind.CAUTION, source))


CONTRAINDICATIONS: Mapping[str, Contraindication] = {
    **dict.fromkeys(
        ("aneurysmal_vascular_disease", "arteriovenous_malformation", "intracerebral_haemorrhage", "hypersensitivity"),
        Contraindication(Kind.CONTRAINDICATED, _LABEL),
    ),
    **_cautions(
        _MONOGRAPH,
        "uncontrolled_hypertension",
        "recent_mi_or_stroke",
        "unstable_cardiovascular_disease",
        "mania",
        "active_substance_use",
        "raised_intracranial_pressure",
        "pregnancy_or_lactation",
        "hepatic_impairment",
        "hypertensive_encephalopathy",
        "cystitis",
        "cns_depressants",
        "psychostimulants",
        "maois",
    ),
    **_cautions("esketamine prescribing information [pi]", "psychosis"),
    **_cautions(_BACKGROUND, "thyrotoxicosis", "glaucoma", "seizure", "sleep_apnoea", "under_18"),
}
"""The checklist, each line with its source. Source: clinical.md section 1.4."""
