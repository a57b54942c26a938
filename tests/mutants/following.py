"""Protections of those who had a dose: they are followed however the session ended, in whatever order things come."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

_WINDOWS = "resources/care/arc_windows/"
_SESSIONS = "resources/care/sessions/"
_CHECK_INS, _RESPONSES = "resources/measures/check_ins/", "resources/measures/measure_responses/"
_OF_BREAKS = "tests/resources/care/test_broken_off_sessions.py"
_OF_CORRECTIONS = "tests/resources/care/test_arc_corrections.py"
_OF_WINDOWS = "tests/resources/care/test_arc_windows.py"
_OF_LATE = "tests/resources/measures/test_late_answers.py"

FOLLOWING = (
    mutant(
        "who was broken off after a dose is asked nothing",
        _SESSIONS + "transitions.py",
        "cancel_session",
        Skip("keep_arc"),
        _OF_BREAKS,
    ),
    mutant(
        "who was broken off after a dose is watched no more",
        _SESSIONS + "transitions.py",
        "cancel_session",
        Replace("not row.doses_recorded or row.patient_left_at is not None", "True"),
        _OF_BREAKS,
    ),
    mutant(
        "a dose that is recorded after a break is not watched",
        _SESSIONS + "rules.py",
        "is_watch_over",
        Replace("state is not SessionState.CANCELLED", "True"),
        _OF_BREAKS,
    ),
    mutant(
        "a break that is corrected into an end is watched on",
        _SESSIONS + "service.py",
        "update_session",
        Skip("end_watch"),
        _OF_BREAKS,
    ),
    mutant(
        "nobody is told of a session left open after a dose",
        _SESSIONS + "session_arcs.py",
        "keep_arc",
        Skip("_wait_for_end"),
        _OF_BREAKS,
    ),
    mutant(
        "a session that has ended is told as left open",
        _SESSIONS + "session_arcs.py",
        "_wait_for_end",
        Skip("settle"),
        _OF_BREAKS,
    ),
    mutant(
        "what was over when the session was completed was not missed",
        _WINDOWS + "arc_changes.py",
        "_begun",
        Replace("row.closes_at > change.known_at", "row.closes_at > work.now"),
        _OF_WINDOWS,
    ),
    mutant(
        "what is superseded never waits again",
        _WINDOWS + "successions.py",
        "_state_after",
        Replace("one.is_followed_up or not is_over", "False"),
        _OF_CORRECTIONS,
    ),
    mutant(
        "surveillance ends with the dose that began it",
        _WINDOWS + "arc_changes.py",
        "follow_doses_of_chart",
        Skip("_hand_on"),
        _OF_CORRECTIONS,
    ),
    mutant(
        "a dose that comes back begins surveillance beside another",
        _WINDOWS + "successions.py",
        "_state_after",
        Replace("comes_back and not is_watched", "comes_back"),
        _OF_CORRECTIONS,
    ),
    mutant(
        "an override of a discharge tells nobody what it lacks",
        "resources/care/discharges/service.py",
        "override_discharge",
        Skip("raise_flags"),
        "tests/resources/care/test_discharge_overrides.py",
    ),
    mutant(
        "a check-in that arrives late leaves the next one as it was",
        _CHECK_INS + "service.py",
        "create_check_in",
        Skip("judge_later"),
        _OF_LATE,
    ),
    mutant(
        "a dose that is recorded late leaves the check-ins before as they were",
        _CHECK_INS + "service.py",
        "create_check_in",
        Skip("judge_since_dose"),
        _OF_LATE,
    ),
    mutant(
        "a phone with a wrong clock misses the window that it names",
        _CHECK_INS + "service.py",
        "_window",
        Replace("row.opens_at <= work.now < row.closes_at", "False"),
        _OF_LATE,
    ),
    mutant(
        "what a wrong clock claims is not judged",
        _CHECK_INS + "service.py",
        "create_check_in",
        Replace("is_skewed(row.completed_at, happened_at)", "False"),
        _OF_LATE,
    ),
    mutant(
        "answers that arrive late leave later ones as they were",
        _RESPONSES + "service.py",
        "create_measure_response",
        Skip("judge_later"),
        _OF_LATE,
    ),
    mutant(
        "a phone that is behind hides thoughts that are new",
        _RESPONSES + "completion.py",
        "tell",
        Replace("_may_be_skewed(work, row)", "False"),
        _OF_LATE,
    ),
)
