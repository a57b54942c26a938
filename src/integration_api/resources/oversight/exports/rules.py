"""Rules of exports: how often, how long, and what is left out of each and why. Pure, but for constants of time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from integration_api.access.tables import CareTeamBasis
from integration_api.resources.journal.plans.tables import PlanState
from integration_api.resources.people.patients.tables import SafetyPlanState

MAX_A_DAY = 5
"""Exports that one patient may ask for within 24 hours. Our own choice: each reads the whole chart."""
PER = timedelta(days=1)
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
    PRIVATE = "private"
    UPLOADS = "uploads"
    UNREADABLE = "unreadable"
    PROOFS = "proofs"
    PDF = "pdf"
    PDF_BOUNDS = "pdf_bounds"
    PDF_LETTERS = "pdf_letters"


ALWAYS: Mapping[LeftOutKind, str] = {
    LeftOutKind.KEPT_APART: "A therapist's own notes about sessions, which the law lets them keep apart from your "
    "record (45 CFR 164.501 and 164.524(a)(1)(i)). Every export has this line, whether there are such notes or not.",
    LeftOutKind.NOT_FINAL: "Notes that are not signed yet, and notes that a clinician holds back for a stated time "
    "(45 CFR 164.524(a)(3)). Every export has this line. You may ask the clinic to look again at "
    "a note that is held back.",
    LeftOutKind.OF_OTHERS: "Other people's charts and accounts. If somebody opened your chart in an emergency, the "
    "access log shows it, but not their reason.",
    LeftOutKind.CLINIC_WORK: "The clinic's own work: tasks, reminders, warning signs that staff follow up, reports "
    "about staff, and why a dose was put on hold. Every export has this line.",
    LeftOutKind.SECRETS: "Passwords, keys, codes and tokens.",
    LeftOutKind.WORDING: "The wording of questionnaires, which may belong to others. Your answers and scores are here.",
}
"""The same in each export: a line that came and went would tell what must not be told."""
IN_COPIES: Mapping[LeftOutKind, str] = {
    LeftOutKind.PRIVATE: "What you keep to yourself, or may still take back: entries that are not shared, or that "
    "nobody at the clinic has read yet, plans and answers that are not finished, and the list of who looked at your "
    "chart. Every copy has this line. An export that you ask for yourself in the app has them.",
}
"""Further lines of each copy that staff make for a record request: it is read as they may read it."""
SOMETIMES: Mapping[LeftOutKind, str] = {
    LeftOutKind.UPLOADS: "Files that had not been sent completely.",
    LeftOutKind.UNREADABLE: "Files whose content could not be opened. Tell the clinic.",
    LeftOutKind.PROOFS: "Proofs of signatures that were not made yet, or could not be made. The notes are here.",
    LeftOutKind.PDF: "A PDF of the chart: it could not be made. chart.html has all of it, and a browser prints it.",
    LeftOutKind.PDF_BOUNDS: "A PDF of the chart: it would take more time, memory or room than the clinic's server "
    "gives it. chart.html has all of it, and a browser prints it.",
    LeftOutKind.PDF_LETTERS: "A PDF of the chart: the clinic's server has no font for some letters in it. chart.html "
    "has all of it, and a browser prints it.",
}
PDF_KINDS = frozenset({LeftOutKind.PDF, LeftOutKind.PDF_BOUNDS, LeftOutKind.PDF_LETTERS})
"""Why there is no PDF. These lines have no number."""


def left_out(missing: Mapping[str, int], *, is_copy: bool) -> list[tuple[LeftOutKind, str, int | None]]:
    """Return what an export leaves out, why, and how many if it is counted; `missing` counts by kind.

    A copy is what staff make for a record request.
    """
    always = {**ALWAYS, **(IN_COPIES if is_copy else {})}
    counted = (
        (kind, why, None if kind in PDF_KINDS else missing[kind])
        for kind, why in SOMETIMES.items()
        if missing.get(kind)
    )
    return [*((kind, why, None) for kind, why in always.items()), *counted]


def is_in_force(thing: Mapping[str, Any], _: datetime) -> bool:
    """Return whether a safety plan is the one to follow."""
    return thing["state"] is SafetyPlanState.IN_FORCE


def is_active(thing: Mapping[str, Any], _: datetime) -> bool:
    """Return whether a plan is followed."""
    return thing["state"] is PlanState.ACTIVE


def is_taken(thing: Mapping[str, Any], now: datetime) -> bool:
    """Return whether a medicine is taken now: until the end of its last day."""
    return thing["withdrawn_at"] is None and (thing["ended_on"] is None or thing["ended_on"] >= now.date())


def is_on_team(thing: Mapping[str, Any], now: datetime) -> bool:
    """Return whether somebody is on the care team now, other than by emergency access."""
    is_over = thing["ended_at"] is not None or (thing["ends_at"] is not None and thing["ends_at"] <= now)
    return thing["basis"] is not CareTeamBasis.EMERGENCY and thing["started_at"] <= now and not is_over
