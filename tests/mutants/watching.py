"""Protections of the wait for an observer's checks, and of what is kept of a remote record."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_REMOTE, _SESSIONS = "resources/care/remote_sessions/", "resources/care/sessions/"
_WAITS = "tests/resources/care/test_observer_waits.py"
_VERSIONS = "tests/resources/care/test_remote_versions.py"

WATCHING = (
    mutant(
        "a late dose misses checks that were due before it was known",
        _SESSIONS + "session_tasks.py",
        "wait_for_observer",
        Replace("observer_times(policies, work.now)", "observer_times(policies, dose_at)"),
        _WAITS,
    ),
    mutant(
        "a dose waits for an observer who has left",
        _SESSIONS + "session_tasks.py",
        "wait_for_observer",
        Replace("row.observer_left_at is None", "True"),
        _WAITS,
    ),
    mutant(
        "a late dose waits for checks of a patient who has left",
        _SESSIONS + "session_tasks.py",
        "wait_for_observer",
        Replace("dose_at <= row.patient_left_at", "False"),
        _WAITS,
    ),
    mutant(
        "a dose after the patient had left is watched by nobody",
        _SESSIONS + "session_tasks.py",
        "wait_for_observer",
        Replace("dose_at <= row.patient_left_at", "True"),
        _WAITS,
    ),
    mutant(
        "a check is missed on after the observer's token was ended",
        _REMOTE + "service.py",
        "delete_support_token",
        Skip("settle"),
        _WAITS,
    ),
    mutant(
        "whoever takes over from an observer who left is waited for by nobody",
        _REMOTE + "service.py",
        "create_support_token",
        Skip("wait_for_observer"),
        _WAITS,
    ),
    mutant(
        "a dose that comes between the end of a token waits for no check",
        _SESSIONS + "statements.py",
        "NOTE_OBSERVER",
        Drop("_doses_as_read"),
        _WAITS,
    ),
    mutant(
        "the end of a token that comes between a dose is not seen",
        _SESSIONS + "statements.py",
        "COUNT_DOSE",
        Drop("_observer_as_read"),
        _WAITS,
    ),
    mutant(
        "a discharge that comes between a dose is not seen",
        _SESSIONS + "statements.py",
        "COUNT_DOSE",
        Drop("_patient_as_read"),
        _WAITS,
    ),
    mutant(
        "a discharge that comes between a new token is not seen",
        _SESSIONS + "statements.py",
        "NOTE_OBSERVER",
        Drop("_patient_as_read"),
        _WAITS,
    ),
    mutant(
        "an end that comes between a new token is not seen",
        _SESSIONS + "statements.py",
        "NOTE_OBSERVER",
        Drop("_state_as_read"),
        _WAITS,
    ),
    mutant(
        "a discharge that comes between a remote record is not seen",
        _SESSIONS + "statements.py",
        "SETTLE_REMOTE",
        Drop("_patient_as_read"),
        _WAITS,
    ),
    mutant(
        "a remote record changes after the end",
        _REMOTE + "service.py",
        "update_remote_session",
        Skip("SessionClosed"),
        _VERSIONS,
    ),
    mutant(
        "a remote record changes with the end in between",
        _SESSIONS + "statements.py",
        "SETTLE_REMOTE",
        Drop("_is_open"),
        _VERSIONS,
    ),
    mutant(
        "a remote record keeps nothing of what stood",
        _REMOTE + "service.py",
        "update_remote_session",
        Skip("INSERT_VERSION"),
        _VERSIONS,
    ),
)
