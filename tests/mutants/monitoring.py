"""Protections of vitals: one series in whatever order it comes, and a finding for each unusual reading."""

from tests.mutants.changes import Drop, Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_VITALS = "resources/care/monitoring/"
_READINESS, _HOLDS = "resources/care/readiness/", "tests/resources/care/test_vital_holds.py"
_TEST, _RULES = "tests/resources/care/test_vitals.py", "tests/resources/care/test_vital_rules.py"

MONITORING = (
    mutant(
        "a reading that cannot be is stored",
        _VITALS + "service.py",
        "problems_of",
        Replace("reading_problems(item.field, item.value, item.diastolic, item.text)", "[]"),
        _TEST,
    ),
    mutant(
        "a reading of the future is stored",
        _VITALS + "service.py",
        "problems_of",
        Replace("is_in_future(item.taken_at, work.now)", "False"),
        _TEST,
    ),
    mutant(
        "another value of a known id is dropped without a word",
        _VITALS + "service.py",
        "record_readings",
        Skip("VitalDiffers"),
        _TEST,
    ),
    mutant(
        "an id of another session is no difference",
        _VITALS + "service.py",
        "_stored_among",
        Skip("elsewhere", "VitalDiffers"),
        _TEST,
    ),
    mutant(
        "one upload sent twice at once is refused",
        _VITALS + "service.py",
        "record_readings",
        Replace("{'pk_vitals': StartAgain}", "{}"),
        _TEST,
    ),
    mutant(
        "a withdrawn reading stays the baseline",
        _VITALS + "statements.py",
        "_baseline",
        Loosen("withdrawn_at"),
        _TEST,
    ),
    mutant(
        "the baseline of an upload is not the last one",
        _VITALS + "rules.py",
        "with_baseline",
        Skip("append"),
        _TEST,
    ),
    mutant(
        "a reading is withdrawn by the path of another session",
        _VITALS + "service.py",
        "withdraw_vital",
        Skip("NotFound"),
        _TEST,
    ),
    mutant(
        "a patient records vitals",
        _VITALS + "operations.py",
        "RECORD_VITALS",
        Replace("CLINICIANS", "PATIENT | CLINICIANS"),
        _TEST,
    ),
    mutant(
        "vitals stand in sessions of other phases",
        _VITALS + "service.py",
        "load_dosing",
        Skip("NotDosing"),
        _TEST,
    ),
    mutant(
        "a critical value is an ordinary one",
        _VITALS + "rules.py",
        "_during",
        Replace("'critical'", "'moderate'"),
        _TEST,
    ),
    mutant(
        "the label's limit before a dose is not told",
        _VITALS + "rules.py",
        "findings",
        Replace("_before(reading)", "[]"),
        _RULES,
    ),
    mutant(
        "a high reading before a dose holds nothing",
        _VITALS + "service.py",
        "record_readings",
        Skip("_hold"),
        _HOLDS,
    ),
    mutant(
        "a critical value before a dose that is recorded late holds nothing",
        _VITALS + "rules.py",
        "_bands",
        Replace("'R10'", "'R11'"),
        _HOLDS,
    ),
    mutant(
        "a critical rise over a late baseline holds nothing",
        _VITALS + "service.py",
        "_hold",
        Replace("await _risen(work, session, dosed) if dosed.baseline in new else []", "[]"),
        _HOLDS,
    ),
    mutant(
        "a critical rise over the baseline that is left holds nothing",
        _VITALS + "service.py",
        "withdraw_vital",
        Skip("_risen", "hold_by_decision"),
        _HOLDS,
    ),
    mutant(
        "a lower reading closes the hold of a critical one",
        _READINESS + "rules.py",
        "is_met",
        Drop("BY_DECISION"),
        _HOLDS,
    ),
    mutant(
        "a critical reading holds its own session alone",
        _READINESS + "dose_holds.py",
        "hold_dose",
        Replace("last.values()", "()"),
        _HOLDS,
    ),
    mutant(
        "a stimulant with a high pressure needs no review",
        _READINESS + "rules.py",
        "_with_review",
        Skip("high_pressure_since", "pressors"),
        _HOLDS,
    ),
    mutant(
        "a reading of another week is one of the session",
        _VITALS + "service.py",
        "problems_of",
        Skip("is_before_session"),
        _HOLDS,
    ),
    mutant(
        "a dose that is recorded beside a high reading is not held",
        _READINESS + "dose_holds.py",
        "hold_by_decision",
        Skip("write_check"),
        "tests/resources/care/test_dose_races.py",
    ),
    mutant(
        "a further dose shortens what the clock waits for",
        "resources/care/doses/watch_rules.py",
        "clock_of",
        Replace("max(late)", "min(late)"),
        _RULES,
    ),
)
