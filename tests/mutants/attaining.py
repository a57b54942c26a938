"""Protections of goals, of effects, and of the links between what was seen and what is done about it."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

GOALS, PRACTICES = "resources/journal/goals/", "resources/journal/practices/"
OF_GOALS = "tests/resources/journal/test_goals.py"
OF_RULES = "tests/resources/journal/test_goal_rules.py"
OF_EFFECTS = "tests/resources/journal/test_effects.py"
OF_STRATEGIES = "tests/resources/journal/test_strategies.py"
THREADS = "tests/resources/views/test_threads.py"
_SEEN = Replace("row.insight_id if row.sees_insight else None", "row.insight_id")

ATTAINING = (
    mutant("a goal shows an insight that its reader may not read", GOALS + "service.py", "present", _SEEN, OF_GOALS),
    mutant(
        "a strategy shows an insight that its reader may not read",
        "resources/journal/plans/service.py",
        "present_strategy",
        _SEEN,
        OF_STRATEGIES,
    ),
    mutant(
        "a link to an insight shows whoever may read it",
        "resources/journal/reflections/insight_statements.py",
        "sees_insight",
        Drop("readable"),
        OF_GOALS,
    ),
    mutant(
        "a goal points to an insight that its writer may not read",
        GOALS + "service.py",
        "_check_links",
        Skip("check_insight"),
        OF_GOALS,
    ),
    mutant(
        "a strategy serves a goal of another chart",
        GOALS + "service.py",
        "check_goal",
        Skip("not_found"),
        OF_STRATEGIES,
    ),
    mutant(
        "a link needs a new agreement",
        "resources/journal/plans/strategies.py",
        "_BESIDE",
        Replace('frozenset({"rehearsed_at", "insight_id", "goal_id"})', 'frozenset({"rehearsed_at"})'),
        OF_STRATEGIES,
    ),
    mutant("a rated goal gets another scale", GOALS + "service.py", "update_goal", Skip("GoalRated"), OF_GOALS),
    mutant("a rating fixes no scale", GOALS + "ratings.py", "rate_goal", Skip("FIX_GOAL"), OF_GOALS),
    mutant("a withdrawn goal is rated", GOALS + "service.py", "load_current", Skip("Superseded"), OF_GOALS),
    mutant(
        "a withdrawn goal counts in the score",
        GOALS + "statements.py",
        "_counted",
        Drop("counts"),
        OF_GOALS,
    ),
    mutant(
        "the team is not told of a patient's goal",
        GOALS + "service.py",
        "tell",
        Replace("await tell_of_write(work, row.patient_id, TaskKind.GOAL_TO_READ, row.id)", "None"),
        OF_GOALS,
    ),
    mutant("a T score takes goals as unrelated", GOALS + "rules.py", "CORRELATION", Replace("0.3", "0.0"), OF_RULES),
    mutant(
        "a strategy is ranked after one use",
        PRACTICES + "rules.py",
        "ranks",
        Replace("one.n >= minimum", "one.n >= 1"),
        OF_RULES,
    ),
    mutant(
        "an interval between two rows of the table is too narrow",
        PRACTICES + "rules.py",
        "t_95",
        Replace("degrees >= least", "degrees >= least - 10"),
        OF_RULES,
    ),
    mutant(
        "a withdrawn practice has an effect",
        PRACTICES + "effect_statements.py",
        "_practised",
        Drop("counts"),
        OF_EFFECTS,
    ),
    mutant(
        "the effects of a private draft are shown",
        PRACTICES + "effect_statements.py",
        "PLAN_TO_SUM",
        Drop("readable"),
        OF_EFFECTS,
    ),
    mutant(
        "the uses of an earlier plan are forgotten",
        PRACTICES + "effect_statements.py",
        "_versions_of",
        Replace("asked.c.continues_id", "None"),
        OF_EFFECTS,
    ),
    mutant(
        "a thread shows an entry that is not shared",
        "resources/views/threads/statements.py",
        "ARMS",
        Drop("reflections", "readable"),
        THREADS,
    ),
    mutant(
        "a thread shows the text of an entry that nobody of the team has read",
        "resources/views/threads/statements.py",
        "TEXTS",
        Drop("reflections", "is_read"),
        THREADS,
    ),
    mutant(
        "a thread shows a strategy twice while a next version is talked over",
        "resources/views/threads/statements.py",
        "_is_present",
        Drop("replaces_id", "or_"),
        THREADS,
    ),
    mutant(
        "a thread shows the strategies of a private draft",
        PRACTICES + "effect_statements.py",
        "_versions_of",
        Drop("of_readable"),
        THREADS,
    ),
    mutant(
        "a reflection is on the page of another session's thread",
        "resources/views/threads/service.py",
        "list_threads",
        Replace("newest.first_dose_at", "newest.planned_start_at"),
        THREADS,
    ),
    mutant(
        "a thread begins with a dose that was taken back",
        "resources/views/threads/statements.py",
        "_begins",
        Replace("dose.c.withdrawn_at.is_(None)", "sa.true()"),
        THREADS,
    ),
    mutant(
        "a session has a thread for each of its doses",
        "resources/views/threads/statements.py",
        "_begins",
        Replace("sa.tuple_(earlier.c.given_at, earlier.c.id) < sa.tuple_(dose.c.given_at, dose.c.id)", "sa.false()"),
        THREADS,
    ),
    mutant(
        "today counts as a day on which nothing was done",
        PRACTICES + "effects.py",
        "_days",
        Replace("today - _DAY", "today"),
        OF_EFFECTS,
    ),
)
