"""What holds a dose, limits it, and keeps its record."""

from tests.mutants.changes import Drop, Loosen, Replace, Return, Skip
from tests.mutants.mutant import mutant

_READINESS, _DOSES = "resources/care/readiness/", "resources/care/doses/"
_SESSIONS = "resources/care/sessions/"
_TEST_READINESS, _TEST_DOSES = "tests/resources/care/test_readiness.py", "tests/resources/care/test_doses.py"
_RULES, _RACES = "tests/resources/care/test_dose_rules.py", "tests/resources/care/test_dose_races.py"

DOSING = (
    mutant(
        "a session with doses is corrected to one that did not begin",
        _SESSIONS + "corrections.py",
        "of_correction",
        Replace("corrected.started_at is None and row.doses_recorded", "False"),
        _TEST_DOSES,
    ),
    mutant(
        "fasting is judged at a planned start that lies ahead",
        _READINESS + "evaluation.py",
        "find_unmet",
        Replace("session.started_at", "None"),
        _TEST_DOSES,
    ),
    mutant(
        "a cuff may not apply at home",
        _READINESS + "rules.py",
        "_is_settled",
        Replace("is_at_home and item in AT_HOME", "False"),
        _TEST_DOSES,
    ),
    mutant(
        "a dose starts under open holds", _DOSES + "service.py", "_hold", Skip("held", "given_while_held"), _TEST_DOSES
    ),
    mutant(
        "a dose under holds is an ordinary finding",
        _DOSES + "service.py",
        "_under_holds",
        Replace("'R21'", "'R17'"),
        _TEST_DOSES,
    ),
    mutant(
        "any clinician releases a hold",
        _READINESS + "operations.py",
        "RELEASE_DOSE_HOLD",
        Replace("{Role.PRESCRIBER: Relation.TEAM}", "CLINICIANS"),
        _TEST_READINESS,
    ),
    mutant(
        "the holds that a refused dose opened are lost",
        _READINESS + "dose_holds.py",
        "held",
        Replace(
            "DoseHeld(extra={'holds': [*told, *never]}).leaving_trace()", "DoseHeld(extra={'holds': [*told, *never]})"
        ),
        _TEST_DOSES,
    ),
    mutant(
        "a release covers later answers",
        _READINESS + "rules.py",
        "is_covered",
        Drop("since", "decided_at"),
        _RULES,
    ),
    mutant(
        "a hold is released by the path of another session",
        _READINESS + "dose_holds.py",
        "release_dose_hold",
        Skip("NotFound"),
        _TEST_READINESS,
    ),
    mutant(
        "an answer that comes beside a dose does not hold it",
        _READINESS + "dose_holds.py",
        "hold_dose",
        Skip("LOCK_READINESS_CHECK", "change"),
        _RACES,
    ),
    mutant(
        "readiness that is overwritten is lost",
        _READINESS + "evaluation.py",
        "write_check",
        Skip("INSERT_VERSION", "create"),
        _TEST_READINESS,
    ),
    mutant(
        "items that a client invented are named in the refusal",
        _READINESS + "schemas.py",
        "_known_items",
        Return("value"),
        _TEST_READINESS,
    ),
    mutant(
        "no hard limit refuses a dose",
        _DOSES + "service.py",
        "create_dose",
        Skip("limit_problems"),
        _TEST_DOSES,
    ),
    mutant(
        "two doses at once pass the limit of a session",
        _SESSIONS + "statements.py",
        "COUNT_DOSE",
        Loosen("_is_as_read"),
        _RACES,
    ),
    mutant(
        "a completed session loses its dose beside its end",
        _SESSIONS + "statements.py",
        "COUNT_DOSE",
        Loosen("more_doses", "COMPLETED"),
        _RACES,
    ),
    mutant(
        "a session whose dose was just withdrawn is completed",
        _SESSIONS + "statements.py",
        "COMPLETE_SESSION",
        Loosen("_doses_recorded", "DOSING"),
        _RACES,
    ),
    mutant(
        "the only dose of a completed session is withdrawn with a retry",
        _DOSES + "service.py",
        "withdraw_dose",
        Skip("LastDose"),
        _TEST_DOSES,
    ),
    mutant(
        "a dosing session is completed without its record",
        _SESSIONS + "rules.py",
        "missing_items",
        Skip("DOSING_RECORD"),
        _TEST_DOSES,
    ),
    mutant(
        "a dose is read by the path of another session",
        _DOSES + "service.py",
        "_load",
        Skip("NotFound"),
        _TEST_DOSES,
    ),
    mutant(
        "who records a waste is its witness",
        _DOSES + "service.py",
        "_check_witness",
        Drop("actor"),
        _TEST_DOSES,
    ),
    mutant(
        "a correction stands on a number of doses that has changed",
        _SESSIONS + "statements.py",
        "UPDATE_SESSION",
        Loosen("_doses_as_read"),
        _RACES,
    ),
    mutant(
        "a weight of the future counts",
        _READINESS + "service.py",
        "update_readiness_check",
        Skip("check_not_in_future"),
        _TEST_READINESS,
    ),
    mutant(
        "an escort who did not confirm is one",
        _READINESS + "checklist.py",
        "ITEMS",
        Replace("frozenset({'confirmed'})", "frozenset()"),
        _TEST_READINESS,
    ),
    mutant(
        "medicines are met though nobody reviewed them",
        _READINESS + "checklist.py",
        "ITEMS",
        Replace(
            "Item('R23', frozenset({'reviewed_by'}), frozenset({'reviewed_by'}))",
            "Item('R23', frozenset({'reviewed_by'}))",
        ),
        _TEST_READINESS,
    ),
    mutant(
        "an emergency address is met without one",
        _READINESS + "checklist.py",
        "ITEMS",
        Replace("frozenset({'note'})", "frozenset()"),
        _TEST_READINESS,
    ),
    mutant(
        "a reading that is before a dose by a withdrawal holds nothing",
        _DOSES + "service.py",
        "withdraw_dose",
        Skip("judge_anew"),
        "tests/resources/care/test_withdrawn_doses.py",
    ),
    mutant(
        "a reading that is before a dose by a correction holds nothing",
        _DOSES + "service.py",
        "create_dose",
        Skip("judge_anew"),
        "tests/resources/care/test_withdrawn_doses.py",
    ),
    mutant(
        "a withdrawn reading holds a dose after a withdrawal",
        _DOSES + "statements.py",
        "HIGH_BEFORE_DOSE",
        Loosen("_vitals", "withdrawn_at"),
        "tests/resources/care/test_withdrawn_doses.py",
    ),
    mutant(
        "a dose that is never given at home is refused without a cause",
        _DOSES + "service.py",
        "_hold",
        Replace("[_AT_HOME] if at_home else []", "[]"),
        _TEST_DOSES,
    ),
)
