"""Rules of exports: how often, how long, and what is left out of each and why. Pure, but for constants of time."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

MAX_A_DAY = 5
"""Exports that one patient may ask for within 24 hours. Our own choice: each reads the whole chart."""
PER = timedelta(days=1)
CLAIMED_FOR = timedelta(minutes=2)
"""A process that has said nothing for so long has ended, and another one begins anew."""
SAID_EVERY = timedelta(seconds=20)
"""The interval at which a process says that it still writes: a sixth of its claim."""
MAX_ATTEMPTS = 5
"""An export that was begun so often, and never ended, has failed: what stops it would stop it again."""
RETRY_AFTER = timedelta(seconds=30)
"""Times the number of attempts."""
MAX_DOWNLOADS = 60
"""Downloads, or parts of one, that one account may begin at once; and one more each minute."""

FORMAT = "integration-journal-export"
FORMAT_VERSION = "1.0"
"""The second number grows with what may be ignored, the first with what may not."""


class LeftOutKind(StrEnum):
    """A kind of things that an export does not have."""

    KEPT_APART = "kept_apart"
    NOT_FINAL = "not_final"
    OF_OTHERS = "of_others"
    CLINIC_WORK = "clinic_work"
    SECRETS = "secrets"
    WORDING = "wording"
    UPLOADS = "uploads"
    UNREADABLE = "unreadable"
    PROOFS = "proofs"


ALWAYS: Mapping[LeftOutKind, str] = {
    LeftOutKind.KEPT_APART: "Process notes that the law lets a therapist keep apart from the record, for themselves "
    "(45 CFR 164.501 and 164.524(a)(1)(i)). This line stands in every export, whether there are any or not.",
    LeftOutKind.NOT_FINAL: "Notes that are not signed yet, and notes that a clinician withholds for a stated time "
    "(45 CFR 164.524(a)(3)). This line stands in every export too. Ask the clinic for a review if you want one.",
    LeftOutKind.OF_OTHERS: "Things of somebody else: their chart, their account, and the reason for which they opened "
    "yours in an emergency. The access log has that they opened it.",
    LeftOutKind.CLINIC_WORK: "The clinic's own work: tasks, reminders, signals that staff follow, reports about staff, "
    "and the reasons for which a dose waited. This line stands in every export too.",
    LeftOutKind.SECRETS: "Passwords, keys, codes and tokens.",
    LeftOutKind.WORDING: "The wording of questionnaires, which may belong to others. Your answers and scores are here.",
}
"""The same in each export: a line that came and went would tell what must not be told."""
SOMETIMES: Mapping[LeftOutKind, str] = {
    LeftOutKind.UPLOADS: "Files that had not been sent completely.",
    LeftOutKind.UNREADABLE: "Files whose content could not be opened. Tell the clinic.",
    LeftOutKind.PROOFS: "Proofs of signatures that were not made yet, or could not be made. The notes are here.",
}


def left_out(missing: Mapping[str, int]) -> list[tuple[LeftOutKind, str, int | None]]:
    """Return what an export leaves out, why, and how many if it is counted; `missing` counts by kind."""
    counted = ((kind, why, missing[kind]) for kind, why in SOMETIMES.items() if missing.get(kind))
    return [*((kind, why, None) for kind, why in ALWAYS.items()), *counted]
