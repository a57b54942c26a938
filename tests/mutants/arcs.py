"""Protections of windows after a dose, of check-ins, and of what they warn of."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_WINDOWS = "resources/care/arc_windows/"
_SESSIONS = "resources/care/sessions/"
_CHECK_INS = "resources/measures/check_ins/"
_OF_WINDOWS = "tests/resources/care/test_arc_windows.py"
_OF_TIMES = "tests/resources/care/test_arc_times.py"
_OF_CHECK_INS = "tests/resources/measures/test_check_ins.py"

ARCS = (
    mutant(
        "a completed dose opens nothing",
        _SESSIONS + "transitions.py",
        "complete_session",
        Skip("keep_arc"),
        _OF_WINDOWS,
    ),
    mutant(
        "windows do not follow their dose",
        _SESSIONS + "service.py",
        "count_dose",
        Skip("keep_arc"),
        _OF_WINDOWS,
    ),
    mutant(
        "what was answered moves with the dose",
        _WINDOWS + "arc_changes.py",
        "_led",
        Replace("state_at(row.state, row.closes_at, now) in (ArcState.ANSWERED, ArcState.MISSED)", "False"),
        _OF_WINDOWS,
    ),
    mutant(
        "a later dose leaves the same step open twice",
        _WINDOWS + "successions.py",
        "_state_after",
        Replace("any(_asks_later(other, one, doses, changed_id) for other in windows)", "False"),
        _OF_WINDOWS,
    ),
    mutant(
        "each dose begins surveillance anew",
        _WINDOWS + "arc_changes.py",
        "_begun",
        Replace("is_watched and row.kind is ArcKind.SURVEILLANCE", "False"),
        _OF_WINDOWS,
    ),
    mutant(
        "a window is open for ever",
        _WINDOWS + "rules.py",
        "state_at",
        Replace("closes_at <= now", "False"),
        _OF_TIMES,
    ),
    mutant(
        "an answered window asks for a call all the same",
        _WINDOWS + "arc_changes.py",
        "answer_window",
        Skip("settle_calls"),
        _OF_WINDOWS,
    ),
    mutant(
        "a cancelled window asks for a call all the same",
        _WINDOWS + "arc_changes.py",
        "_follow_calls",
        Skip("settle_calls"),
        _OF_WINDOWS,
    ),
    mutant(
        "nobody calls after a first dose",
        _WINDOWS + "arc_tasks.py",
        "wait_for_calls",
        Replace("Urgency.HIGH if is_first_dose else Urgency.ROUTINE", "Urgency.ROUTINE"),
        _OF_WINDOWS,
    ),
    mutant(
        "a day after a dose is twenty-four hours after it",
        _WINDOWS + "local_times.py",
        "shifted",
        Replace("datetime.combine(day, local.time(), zone).replace(fold=0)", "at + (day - local.date())"),
        _OF_TIMES,
    ),
    mutant(
        "an alarming check-in is routine",
        _CHECK_INS + "service.py",
        "_tell",
        Skip("raise_alarm"),
        _OF_CHECK_INS,
    ),
    mutant(
        "an answer that cannot be is kept",
        _CHECK_INS + "service.py",
        "_sorted_out",
        Drop("takes"),
        _OF_CHECK_INS,
    ),
    mutant(
        "staff correct the check-in of a patient",
        _CHECK_INS + "service.py",
        "_corrected",
        Skip("NotYours"),
        _OF_CHECK_INS,
    ),
    mutant(
        "a check-in counts for a window that is closed",
        _CHECK_INS + "service.py",
        "_window",
        Drop("is_then"),
        _OF_CHECK_INS,
    ),
)
