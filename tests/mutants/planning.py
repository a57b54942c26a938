"""Protections of safety plans and of the token that reads one."""

from tests.mutants.changes import Drop, Loosen, Replace, Skip
from tests.mutants.mutant import mutant

ROOM, TOKENS = "resources/journal/safety_plans/", "access/reading_tokens.py"
PLANS = "tests/resources/journal/test_safety_plans.py"
READING = "tests/resources/journal/test_safety_plan_tokens.py"

PLANNING = (
    mutant(
        "a read of a safety plan walks every version",
        ROOM + "statements.py",
        "_is_current",
        Replace("_plans.c.state < SafetyPlanState.REPLACED", "_plans.c.state != SafetyPlanState.REPLACED"),
        "tests/costs/test_safety_plan_versions.py",
    ),
    mutant(
        "a new safety plan overwrites one that its writer never read",
        ROOM + "service.py",
        "create_safety_plan",
        Replace("body.after_number != max((row.number for row in current), default=0)", "False"),
        PLANS,
    ),
    mutant(
        "two drafts of a safety plan wait",
        ROOM + "service.py",
        "create_safety_plan",
        Skip("REPLACE_SAFETY_PLAN"),
        PLANS,
    ),
    mutant(
        "two safety plans are in force", ROOM + "service.py", "confirm_safety_plan", Skip("REPLACE_SAFETY_PLAN"), PLANS
    ),
    mutant(
        "a replaced safety plan is confirmed",
        ROOM + "service.py",
        "confirm_safety_plan",
        Skip("SafetyPlanNotDraft"),
        PLANS,
    ),
    mutant(
        "a draft of a safety plan is reviewed",
        ROOM + "service.py",
        "review_safety_plan",
        Skip("SafetyPlanNotInForce"),
        PLANS,
    ),
    mutant("a safety plan is in force unconfirmed", ROOM + "statements.py", "_in_force", Loosen("IN_FORCE"), PLANS),
    mutant(
        "staff confirm a safety plan",
        ROOM + "operations.py",
        "CONFIRM_SAFETY_PLAN",
        Replace("PATIENT", "PATIENT | CLINICIANS"),
        PLANS,
    ),
    mutant(
        "a draft of a safety plan tells nobody",
        ROOM + "service.py",
        "create_safety_plan",
        Skip("SAFETY_PLAN_TO_CONFIRM"),
        PLANS,
    ),
    mutant("a confirmed safety plan waits on", ROOM + "service.py", "confirm_safety_plan", Skip("settle"), PLANS),
    mutant("a phone may not keep its safety plan", ROOM + "service.py", "read_my_safety_plan", Skip("kept_as"), PLANS),
    mutant(
        "another phone's cache shows the safety plan",
        "access/exchange.py",
        "Exchange._finish",
        Replace("'Authorization'", "'Accept'"),
        PLANS,
    ),
    # ── the token ──
    mutant(
        "any operation takes a token of the safety plan",
        "access/exchange.py",
        "Exchange._authenticate",
        Drop("takes_reading_tokens"),
        READING,
    ),
    mutant("any secret opens a safety plan", TOKENS, "_find", Drop("compare_digest"), READING),
    mutant("a fourth token of the safety plan is given", TOKENS, "issue", Skip("TooManyTokens"), READING),
    mutant(
        "a token of the safety plan is renewed too often",
        TOKENS,
        "MIN_RENEWAL",
        Replace("timedelta(days=1)", "timedelta(hours=1)"),
        READING,
    ),
    mutant(
        "guesses at tokens of the safety plan are not counted",
        TOKENS,
        "actor_of",
        Replace("_find(work, token, action)", "_find.__wrapped__(work, token, action)"),
        READING,
    ),
    mutant("a stored answer shows the token of the safety plan again", TOKENS, "issue", Skip("is_secret"), READING),
)
