"""Protections of a discharge: nobody's session ends while something is missing, but by a prescriber's decision."""

from tests.mutants.changes import Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_DISCHARGES, _SESSIONS = "resources/care/discharges/", "resources/care/sessions/"
_TEST = "tests/resources/care/test_discharges.py"

DISCHARGING = (
    mutant(
        "an override stands for a later dose",
        _DISCHARGES + "service.py",
        "update_discharge",
        Replace(
            "changed.overridden_at is not None and session.discharge_settled_at is not None",
            "changed.overridden_at is not None",
        ),
        _TEST,
    ),
    mutant(
        "a session ends without its discharge",
        _SESSIONS + "corrections.py",
        "check_complete",
        Replace("bool(row.doses_recorded) and row.discharge_settled_at is None", "False"),
        _TEST,
    ),
    mutant(
        "a discharge stands for a later dose",
        _SESSIONS + "statements.py",
        "COUNT_DOSE",
        Replace("sa.null()", "_sessions.c.discharge_settled_at"),
        _TEST,
    ),
    mutant(
        "a discharge passes over a dose beside it",
        _SESSIONS + "statements.py",
        "SETTLE_DISCHARGE",
        Loosen("_is_as_read"),
        _TEST,
    ),
    mutant(
        "a discharge that lacks something settles",
        _DISCHARGES + "service.py",
        "update_discharge",
        Replace("not told.blocking and changed.discharged_at is not None", "changed.discharged_at is not None"),
        _TEST,
    ),
    mutant(
        "nobody has left, and the session ends",
        _DISCHARGES + "service.py",
        "update_discharge",
        Replace("not told.blocking and changed.discharged_at is not None", "not told.blocking"),
        _TEST,
    ),
    mutant(
        "the observation time is ticked off",
        _DISCHARGES + "service.py",
        "_check",
        Skip("OBSERVED"),
        _TEST,
    ),
    mutant(
        "any prescriber overrides",
        _DISCHARGES + "service.py",
        "override_discharge",
        Skip("check_prescriber"),
        _TEST,
    ),
    mutant(
        "an infusion is observed from its start",
        "resources/care/doses/bands.py",
        "clock_end",
        Replace("infusion + clocks.after_infusion", "timedelta(0)"),
        _TEST,
    ),
    mutant(
        "a further dose shortens the observation time",
        "resources/care/doses/dose_clocks.py",
        "last_end",
        Replace("max(ends, default=None)", "min(ends, default=None)"),
        _TEST,
    ),
    mutant(
        "a longer infusion before a short one is forgotten",
        "resources/care/doses/dose_clocks.py",
        "deciding",
        Replace("(DoseRoute.IV_INFUSION, row.longest_iv_at, row.longest_iv_minutes)", "(DoseRoute.IM, None, None)"),
        _TEST,
    ),
    mutant(
        "a discharge looks at ticks alone",
        _DISCHARGES + "service.py",
        "_contradicted",
        Replace("alarming_fields(last, dosed_of(monitored))", "set()"),
        _TEST,
    ),
    mutant(
        "a reading that comes after the discharge holds nothing",
        "resources/care/monitoring/service.py",
        "record_readings",
        Skip("follow_discharge"),
        _TEST,
    ),
    mutant(
        "an earlier reading ends a discharge",
        "resources/care/monitoring/last_readings.py",
        "follow_discharge",
        Replace("[*last, *new]", "new"),
        _TEST,
    ),
    mutant(
        "a red sign holds no discharge",
        _DISCHARGES + "service.py",
        "_contradicted",
        Replace("bool(signs)", "False"),
        _TEST,
    ),
)
