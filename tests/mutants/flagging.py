"""Protections of flags: none is lost, lowered, closed by one person alone, or told twice."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_DUE = "tests/resources/attention/test_due_times.py"
_STEPS = "tests/resources/attention/test_flag_steps.py"
_FLAGS = "resources/attention/flags/"
_LIFE = "tests/resources/attention/test_flags.py"
_CLOCK = "tests/resources/attention/test_flag_clock.py"
_RULES = "tests/resources/attention/test_safety_rules.py"
_URGENCY, _HELP = "tests/resources/attention/test_urgency.py", "tests/resources/people/test_help.py"

FLAGGING = (
    mutant(
        "a flag waits for nobody",
        _FLAGS + "flag_tasks.py",
        "open_for_team",
        Skip("open_flag_tasks", "accounts", "is_beyond"),
        _LIFE,
    ),
    mutant(
        "a worse answer changes nothing",
        _FLAGS + "raised_flags.py",
        "raise_flags",
        Replace("rank_of(hit.severity) < known[hit.rule].severity_rank", "False"),
        _URGENCY,
    ),
    mutant(
        "a better answer lowers a flag",
        _FLAGS + "raised_flags.py",
        "raise_flags",
        Replace(
            "rank_of(hit.severity) < known[hit.rule].severity_rank",
            "rank_of(hit.severity) != known[hit.rule].severity_rank",
        ),
        _URGENCY,
    ),
    mutant(
        "each call for help is a flag of its own",
        _FLAGS + "help_calls.py",
        "raise_for_help",
        Replace("waiting is None", "True"),
        _HELP,
    ),
    mutant("one person closes what is critical", _FLAGS + "flag_endings.py", "review_flag", Skip("OwnEnding"), _LIFE),
    mutant(
        "what is high needs no second person",
        _FLAGS + "flag_endings.py",
        "_end",
        Replace("severity in REVIEWED", "False"),
        _LIFE,
    ),
    mutant(
        "what nobody acknowledged is closed",
        _FLAGS + "service.py",
        "check_step",
        Skip("IllegalFlagStep"),
        _LIFE,
    ),
    mutant(
        "what is no emergency is due in five minutes in a session",
        _FLAGS + "rules.py",
        "due_of",
        Replace("in_session and severity is FlagSeverity.CRITICAL", "in_session"),
        _DUE,
    ),
    mutant(
        "a session makes nothing due sooner",
        _FLAGS + "raised_flags.py",
        "_due",
        Replace("terms.in_session", "False"),
        _DUE,
    ),
    mutant(
        "a session that has not begun makes what is critical due sooner",
        _FLAGS + "term_statements.py",
        "_goes_on",
        Replace("_sessions.c.state == 'in_progress'", "sa.true()"),
        _DUE,
    ),
    mutant(
        "an acknowledged flag waits for the others too",
        _FLAGS + "service.py",
        "_take_on",
        Skip("settle_raised"),
        _LIFE,
    ),
    mutant(
        "voicemail is contact",
        _FLAGS + "service.py",
        "contact_for_flag",
        Replace("body.reached in REACHED", "True"),
        _LIFE,
    ),
    mutant(
        "an acknowledged flag rests although nobody was reached",
        _FLAGS + "service.py",
        "_acknowledge",
        Replace("row.contact_due_at if row.contacted_at is None else None", "None"),
        _CLOCK,
    ),
    mutant(
        "two processes escalate twice",
        _FLAGS + "clock_statements.py",
        "ESCALATE_OVERDUE",
        Drop("was_due_at"),
        _CLOCK,
    ),
    mutant(
        "the clock escalates to nobody", _FLAGS + "flag_clock.py", "_insert_task", Skip("INSERT_TASK_BY_CLOCK"), _CLOCK
    ),
    mutant("nobody learns that nobody is left", _FLAGS + "flag_clock.py", "_escalate", Skip("tell_role"), _CLOCK),
    mutant(
        "a missed window is told twice",
        _FLAGS + "flag_clock.py",
        "_raise",
        Skip("TAKE_OVER_TASKS"),
        _CLOCK,
    ),
    mutant(
        "whoever was told of a lost link is told of its flag twice",
        _FLAGS + "flag_clock.py",
        "_raise",
        Replace("asked - {task.account_id for task in passed.tasks}", "asked"),
        "tests/resources/attention/test_flags_taken_over.py",
    ),
    mutant(
        "a prescriber who left the team does not see the flag of a lost link",
        _FLAGS + "flag_clock.py",
        "_raise",
        Replace("bool(asked)", "False"),
        "tests/resources/attention/test_flags_taken_over.py",
    ),
    mutant(
        "another's click settles the task of the safeguarding lead",
        _FLAGS + "flag_tasks.py",
        "settle_raised",
        Replace("kept_id", "None"),
        _STEPS,
    ),
    mutant(
        "a screen that was an error ends holds for good",
        "resources/measures/measure_responses/answer_corrections.py",
        "withdraw",
        Skip("hold_again"),
        "tests/resources/care/test_screen_holds.py",
    ),
    mutant(
        "a patient is told of flags",
        _FLAGS + "statements.py",
        "_audience",
        Replace("Channel.TEAM", "Channel.CHART"),
        _LIFE,
    ),
    mutant(
        "a reading raises nothing",
        "resources/care/monitoring/service.py",
        "_hold",
        Skip("_raise"),
        _RULES,
    ),
    mutant("a dose raises nothing", "resources/care/doses/service.py", "create_dose", Skip("raise_for_dose"), _RULES),
    mutant(
        "a dose that is held raises nothing",
        "resources/care/doses/service.py",
        "_hold",
        Skip("raise_for_holds"),
        _RULES,
    ),
    mutant(
        "a check-in raises nothing by staff",
        "resources/measures/check_ins/service.py",
        "_tell",
        Skip("raise_flags"),
        _RULES,
    ),
    mutant(
        "an adverse event raises nothing",
        "resources/care/adverse_events/service.py",
        "_ask_for_review",
        Skip("raise_flags"),
        _RULES,
    ),
)
