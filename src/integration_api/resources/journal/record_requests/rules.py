"""Rules of record requests: their states, the times to answer, the grounds of a denial, and the rights after one."""

from datetime import timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(days=30)
"""From the receipt to the answer. Source: clinical.md section 2.4, 45 CFR 164.524(b)(2)."""
EXTENSION = timedelta(days=30)
"""Once, with the reason in writing. Source: clinical.md section 2.4, 45 CFR 164.524(b)(2)(iii)."""
_COMPLAIN = "You may complain to the clinic, or to the authority that protects health data."
_REVIEW = (
    "You may ask the clinic to let a licensed professional review this denial who had no part in it. "
    "The clinic must do what that review decides. "
)
_NO_REVIEW = "The law gives no review of a denial on this ground. "


class RecordRequestState(StrEnum):
    """The life of a request. Source: clinical.md section 2.4."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    DENIED = "denied"


class AccessDenialGround(StrEnum):
    """The grounds on which a copy may be denied. Source: clinical.md section 2.4, 45 CFR 164.524(a)(2) and (a)(3)."""

    KEPT_APART = "kept_apart"
    """Psychotherapy notes are all that was asked for."""
    LEGAL_PROCEEDING = "legal_proceeding"
    """It was put together for a proceeding."""
    INMATE = "inmate"
    """A copy would put somebody in a correctional institution at risk."""
    RESEARCH_IN_PROGRESS = "research_in_progress"
    """The patient agreed to wait until the research is over."""
    PRIVACY_ACT = "privacy_act"
    CONFIDENTIAL_SOURCE = "confidential_source"
    """It came from somebody else under a promise of confidence, and would tell who."""
    NOT_HELD = "not_held"
    """The clinic does not have it; the answer says who does, if that is known (164.524(d)(3))."""
    DANGER_TO_LIFE = "danger_to_life"
    """A licensed professional judges that it would endanger somebody's life or physical safety."""
    HARM_TO_ANOTHER = "harm_to_another"
    """It refers to another person, to whom it would do substantial harm."""
    REPRESENTATIVE = "representative"
    """It was asked for by a representative, whose access would do substantial harm."""


_REVIEWABLE = frozenset(
    {AccessDenialGround.DANGER_TO_LIFE, AccessDenialGround.HARM_TO_ANOTHER, AccessDenialGround.REPRESENTATIVE}
)


def is_reviewable(ground: AccessDenialGround) -> bool:
    """Return whether the patient may have a denial on this ground reviewed. Source: 45 CFR 164.524(a)(3)."""
    return ground in _REVIEWABLE


def rights_after(ground: AccessDenialGround) -> str:
    """Return the text that a denial tells its patient. Source: clinical.md section 2.4, 45 CFR 164.524(d)(2)."""
    return (_REVIEW if is_reviewable(ground) else _NO_REVIEW) + _COMPLAIN
