"""Protections of calendars and of the sandbox."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

CALENDARS, SANDBOX = "tests/resources/delivery/test_calendars.py", "tests/demo/test_sandbox.py"
BOUNDS = "tests/resources/delivery/test_calendar_bounds.py"
CLOCKS = "tests/demo/test_sandbox_clocks.py"
_CALENDARS, _CLOCK = "resources/delivery/calendars/", "access/sandbox_clock.py"

PRETENDING = (
    # ── calendars ──
    mutant(
        "any secret opens a calendar",
        _CALENDARS + "service.py",
        "_calendar_of",
        Replace("hmac.compare_digest(found.secret_digest, hashlib.sha256(secret).digest())", "True"),
        CALENDARS,
    ),
    mutant(
        "a calendar row made by hand opens",
        _CALENDARS + "service.py",
        "_calendar_of",
        Replace("await alarms.is_bound(work, 'calendars', found)", "True"),
        CALENDARS,
    ),
    mutant(
        "a calendar outlives its account's epoch",
        _CALENDARS + "statements.py",
        "ACCOUNT_OF_CALENDAR",
        Replace("_accounts.c.epoch == param('epoch', _accounts.c.epoch)", "param('epoch', _accounts.c.epoch) > 0"),
        CALENDARS,
    ),
    mutant(
        "wrong addresses are not counted",
        _CALENDARS + "service.py",
        "fetch_calendar",
        Replace("attempts.counted(NotFound)", "attempts.counted()"),
        CALENDARS,
    ),
    mutant(
        "staff see the times of every chart",
        _CALENDARS + "statements.py",
        "_charts",
        Replace("_team.c.account_id == param('account_id', _team.c.account_id)", "sa.true()"),
        CALENDARS,
    ),
    mutant(
        "drafts of plans are in a calendar",
        _CALENDARS + "statements.py",
        "SCHEDULES_OF_PATIENT",
        Drop("ACTIVE"),
        CALENDARS,
    ),
    mutant(
        "two calendars can be joined by their UIDs",
        _CALENDARS + "rules.py",
        "event",
        Replace("account_id.bytes + entry.key.encode()", "entry.key.encode()"),
        CALENDARS,
    ),
    mutant(
        "an address is fetched without end",
        _CALENDARS + "service.py",
        "fetch_calendar",
        Skip("TooManyRequests"),
        BOUNDS,
    ),
    mutant(
        "a calendar outlives signing out everywhere",
        "resources/people/devices/service.py",
        "end_sign_ins",
        Skip("END_CALENDAR_ADDRESS"),
        BOUNDS,
    ),
    mutant(
        "an old sign-in makes a calendar address",
        _CALENDARS + "operations.py",
        "CREATE_CALENDAR",
        Replace("True", "False"),
        BOUNDS,
    ),
    # ── the sandbox ──
    mutant("a sandbox starts on a real database", _CLOCK, "check_kind", Skip("NotASandbox"), SANDBOX),
    mutant(
        "a database with clinics becomes a sandbox",
        _CLOCK,
        "MARK_SANDBOX",
        Replace("~sa.select(sa.literal_column('1')).select_from(_clinics).exists()", "sa.true()"),
        SANDBOX,
    ),
    mutant(
        "time moves back",
        "demo/sandbox/schemas.py",
        "ClockMove",
        Replace("1", "-10 ** 9"),
        SANDBOX,
    ),
    mutant("the clock is not bounded", _CLOCK, "MOVE_CLOCK", Drop("most_us"), SANDBOX),
    mutant("a process keeps its own time", _CLOCK, "Following", Skip("follow"), SANDBOX),
    mutant(
        "the clock of one clinic moves another",
        _CLOCK,
        "MovedClock",
        Replace("self._moved.get(clinic_id, timedelta(0))", "max(self._moved.values())"),
        CLOCKS,
    ),
    mutant(
        "a request is at the furthest time", _CLOCK, "Following", Replace("time_of(clinic_id)", "time_of(None)"), CLOCKS
    ),
    mutant(
        "what is due is told by the furthest time",
        "ledger/due.py",
        "record_due",
        Replace("time_of(clinic_id)", "time_of(None)"),
        CLOCKS,
    ),
    mutant(
        "an event that is refused is an error",
        "demo/sandbox/house.py",
        "client_of",
        Replace("DemoBroken", "ZeroDivisionError"),
        SANDBOX,
    ),
    mutant("who is busy asks for another clinic", "demo/sandbox/house.py", "client_of", Skip("Unavailable"), SANDBOX),
    mutant("clinics are not bounded", _CLOCK, "COUNT_CLINIC", Drop("most"), SANDBOX),
)
