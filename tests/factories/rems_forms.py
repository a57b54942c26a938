"""REMS forms for tests."""

from tests.support import Json

ANSWERS: Json = {
    **dict.fromkeys(("patient_enrolled", "setting_enrolled", "acceptable_before", "acceptable_at_end"), True),
    **dict.fromkeys(("sedation", "dissociation", "respiratory_depression"), False),
    "concomitant": ["benzodiazepine"],
}
"""The answers that the record does not give."""
