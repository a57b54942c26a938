"""The rules of psychotherapy notes: who may write one, and for how long another may read it."""

import re
from datetime import datetime, timedelta

MAX_GRANT_DAYS = 90
"""A grant ends by itself after at most this many days. POLICY."""
MAX_GRANTS = 20
"""The most grants of one note that stand at once."""
MAX_TOLD = 10_000
"""The most readers of one chart's notes who are told of its erasure: as of 2,500 notes with three grants each."""
_TITLES = frozenset(
    {
        *("lmft", "mft", "lcsw", "licsw", "liscw", "lisw", "lscsw", "lmsw", "lcswr", "csw"),
        *("lpc", "lpcc", "lcpc", "lmhc", "lcmhc", "lcmhcs", "lpcmh", "lpcs", "lmhp", "lpp", "lp", "lcp", "lcat"),
        *("psyd", "pmhnp", "pmhnpbc", "pmhcns", "pmhcnsbc", "frcpsych", "mrcpsych", "cpsychol", "dclinpsy"),
    }
)
_STEMS = ("psychiat", "psychol", "psychother", "psicol", "psicot", "psiqui")
"""Licensed titles of mental health, without dots and hyphens, and words that name such a profession.

Source: 45 CFR 164.501 asks for a mental health professional. The titles are those of US state licences, of psychiatric
nursing and of the British registers. POLICY: an account says so by its credential.
"""


def is_mental_health_credential(credential: str | None) -> bool:
    """Return whether a credential, as `PsyD, LP`, names a licence or profession of mental health."""
    words = re.split(r"[\s,;/()&+]+", (credential or "").lower())
    parts = [re.sub(r"[.\-]", "", word) for word in words]
    return any(part in _TITLES or part.startswith(_STEMS) for part in parts)


def is_possible_end(ends_at: datetime, now: datetime) -> bool:
    """Return whether a grant may end then: later than now, and no later than MAX_GRANT_DAYS from now."""
    return now < ends_at <= now + timedelta(days=MAX_GRANT_DAYS)
