"""Protections of readings that the clock watches (R12, R25), and of R15, R27, R30 and the times of flags."""

from tests.mutants.changes import Replace, Return, Skip
from tests.mutants.mutant import mutant

_MONITORING, _DOSES = "resources/care/monitoring/", "resources/care/doses/"
_WATCH, _LABS = "tests/resources/care/test_reading_watch.py", "tests/resources/care/test_lab_results.py"
_ORDER, _DUE = "tests/resources/care/test_watch_order.py", "tests/resources/care/test_liver_tests_due.py"
_SEEN, _PASSED = "resources/care/remote_sessions/seen_readings.py", "resources/attention/flags/passed_tasks.py"
_TIMES, _AGAIN = "tests/resources/attention/test_flag_times.py", "tests/resources/measures/test_repeated_questions.py"
_MISSED = "tests/resources/measures/test_missed_maintenance.py"
_REPORT, _RESPONSES = "resources/attention/flags/flag_times.py", "resources/measures/measure_responses/"

CLOCKING = (
    mutant(
        "flags of few people are counted",
        _REPORT,
        "read_flag_times",
        Replace("minimum_of(clinic.policies.get('outcomes_minimum_patients', MIN_PATIENTS))", "0"),
        _TIMES,
    ),
    mutant(
        "many flags of few people are counted",
        _REPORT,
        "read_flag_times",
        Replace("{row.patient_id for row in found}", "found"),
        _TIMES,
    ),
    mutant(
        "times of flags are told while they change",
        _REPORT,
        "read_flag_times",
        Replace("work.now >= told_from", "True"),
        _TIMES,
    ),
    mutant(
        "what is done later changes times that were told", _REPORT, "_before", Replace("at < until", "True"), _TIMES
    ),
    mutant("no reading is watched after a dose", _DOSES + "dose_watch.py", "watch_after", Skip("follow_doses"), _WATCH),
    mutant(
        "a late dose misses readings that were due before it was known",
        _DOSES + "dose_watch.py",
        "_is_due",
        Replace("at > now or was is not None", "True"),
        _WATCH,
    ),
    mutant(
        "a further dose leaves the late time as it was",
        _DOSES + "watch_rules.py",
        "changed_times",
        Replace("kind in touched or before != at", "kind in touched"),
        _WATCH,
    ),
    mutant("a reading ends no gap", _MONITORING + "reading_watch.py", "follow_readings", Skip("follow"), _WATCH),
    mutant(
        "a reading that is withdrawn ends a gap",
        _MONITORING + "service.py",
        "withdraw_vital",
        Skip("follow_withdrawal"),
        _WATCH,
    ),
    mutant(
        "nobody watches whoever is sedated after the window",
        _DOSES + "watch_rules.py",
        "late_readings",
        Replace("is_in_window or is_sedated", "is_in_window"),
        _WATCH,
    ),
    mutant(
        "the watch never ends",
        _DOSES + "watch_rules.py",
        "late_readings",
        Replace("is_in_window or is_sedated", "True"),
        _WATCH,
    ),
    mutant(
        "a pressure counts whenever it was taken",
        "resources/care/sessions/reading_tasks.py",
        "is_timely",
        Return("True"),
        _WATCH,
    ),
    mutant(
        "a weight ends a gap",
        _DOSES + "watch_rules.py",
        "kinds_of",
        Replace("not of.isdisjoint(LOOKS)", "True"),
        _WATCH,
    ),
    mutant(
        "what the clock watches goes on after the end",
        "resources/care/sessions/session_tasks.py",
        "end_watch",
        Skip("END_WATCH"),
        _WATCH,
    ),
    mutant("a critical reading is not taken again", _MONITORING + "rules.py", "repeat_by", Return("None"), _WATCH),
    mutant(
        "the checklist does not say that an effect has gone",
        "resources/care/discharges/service.py",
        "_follow_effects",
        Skip("settle"),
        _WATCH,
    ),
    mutant(
        "dissociation is compared with nothing", _MONITORING + "rules.py", "is_above_before", Return("False"), _WATCH
    ),
    mutant("the clock compares no dissociation", _DOSES + "watch_rules.py", "is_dissociated", Return("False"), _WATCH),
    mutant(
        "answers of a session say nothing to the clock",
        _RESPONSES + "session_dissociation.py",
        "follow_answers",
        Skip("follow_dissociation"),
        _WATCH,
    ),
    mutant(
        "answers that are withdrawn are waited for",
        _RESPONSES + "answer_corrections.py",
        "withdraw",
        Skip("follow_withdrawn_answers"),
        _ORDER,
    ),
    mutant("the numbers of an observer count for nothing", _SEEN, "follow_checks", Skip("SETTLE_SEEN"), _WATCH),
    mutant(
        "one check that is awake ends the watch",
        _SEEN,
        "follow_checks",
        Replace("was_awake or late_at > work.now", "False"),
        _ORDER,
    ),
    mutant(
        "an older check that arrives later counts as the newest",
        _SEEN,
        "_sedation",
        Replace("sorted(looks)", "looks"),
        _ORDER,
    ),
    mutant(
        "the second check that is missed is told to nobody",
        _SEEN,
        "follow_checks",
        Skip("open_for_all", "waiting"),
        _ORDER,
    ),
    mutant(
        "an older reading that arrives later counts as the newest",
        _DOSES + "watch_rules.py",
        "newest",
        Return("other"),
        _ORDER,
    ),
    mutant(
        "what is late by a change is told to nobody",
        _DOSES + "watch_rules.py",
        "changed_times",
        Replace("not is_told", "False"),
        _ORDER,
    ),
    mutant(
        "after the patient left a reading begins a watch",
        _MONITORING + "reading_watch.py",
        "_is_watched",
        Replace("not has_left", "True"),
        _ORDER,
    ),
    mutant(
        "what is told already is told for ever",
        _PASSED,
        "source_of_flag",
        Replace("told is None", "True"),
        _ORDER,
    ),
    mutant(
        "a flag that was closed stops another",
        _PASSED,
        "source_of_flag",
        Replace("told.state in CLOSED", "False"),
        _ORDER,
    ),
    mutant(
        "a late dose leaves a gap after the window",
        _DOSES + "watch_rules.py",
        "late_readings",
        Replace("gap_at < window_ends_at", "True"),
        _ORDER,
    ),
    mutant(
        "what the checklist takes back is not waited for",
        "resources/care/discharges/service.py",
        "_follow_effects",
        Skip("resume_watch"),
        _ORDER,
    ),
    mutant(
        "doses that are not read are not counted",
        _DOSES + "near_doses.py",
        "doses_around",
        Replace("not _is_enough(dose, found)", "False"),
        _DUE,
    ),
    mutant(
        "a liver value that is withdrawn tells nothing",
        "resources/care/lab_results/service.py",
        "withdraw_lab_result",
        Skip("_tell_due"),
        _DUE,
    ),
    mutant(
        "an answer outside of windows is not asked again",
        "resources/care/arc_windows/repeated_questions.py",
        "ask_again",
        Replace("answered or _anchor(found, session_id)", "answered"),
        _AGAIN,
    ),
    mutant(
        "a session asks again once",
        "resources/care/arc_windows/rules.py",
        "next_again",
        Return("AGAIN if AGAIN not in set(used) else None"),
        _AGAIN,
    ),
    mutant(
        "a high liver value is told to nobody",
        "resources/care/lab_results/service.py",
        "create_lab_result",
        Skip("raise_flags"),
        _LABS,
    ),
    mutant(
        "doses without a liver value are told to nobody",
        _DOSES + "liver_tests.py",
        "liver_findings",
        Return("[]"),
        _LABS,
    ),
    mutant(
        "a liver value that was withdrawn counts",
        "resources/care/lab_results/statements.py",
        "LAST_LIVER_TEST",
        Replace("_results.c.withdrawn_at.is_(None)", "sa.true()"),
        _LABS,
    ),
    mutant(
        "a dose that was missed says nothing",
        _RESPONSES + "completion.py",
        "_lost",
        Replace("missed is not None", "False"),
        _MISSED,
    ),
    mutant(
        "a score that rises is enough",
        _RESPONSES + "completion.py",
        "_lost",
        Replace("missed is not None", "True"),
        _MISSED,
    ),
    mutant(
        "a score that falls is a relapse",
        _RESPONSES + "lost_responses.py",
        "is_fading",
        Replace("is_improved(instrument, last, current.value) is False", "True"),
        _MISSED,
    ),
)
