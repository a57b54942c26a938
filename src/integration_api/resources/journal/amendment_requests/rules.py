"""Rules of amendment requests: their states, the times to answer, and the rights of whoever is denied."""

from datetime import timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(days=60)
"""From the request to the answer. Source: clinical.md section 2.4, 45 CFR 164.526(b)(2)."""
EXTENSION = timedelta(days=30)
"""Once, with the reason in writing. Source: clinical.md section 2.4, 45 CFR 164.526(b)(2)."""
RIGHTS = (
    "You may write a statement of disagreement. It stays with the note wherever the note goes. If you write none, you "
    "may ask that your request and this denial go with every later disclosure of the note. You may complain to the "
    "clinic, or to the authority that protects health data."
)
"""The text that each denial tells its patient. Source: clinical.md section 2.4, 45 CFR 164.526(d)."""


class AmendmentState(StrEnum):
    """The life of a request. Source: clinical.md section 2.4."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DENIED = "denied"


class DenialBasis(StrEnum):
    """The grounds on which a request may be denied. Source: clinical.md section 2.4, 45 CFR 164.526(a)(2)."""

    NOT_CREATED_HERE = "not_created_here"
    NOT_PART_OF_RECORD = "not_part_of_record"
    NOT_OPEN_TO_INSPECTION = "not_open_to_inspection"
    ACCURATE_AND_COMPLETE = "accurate_and_complete"
