"""Protections of sessions at home: what a support token opens, when it ends, and what is missed."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_REMOTE = "resources/care/remote_sessions/"
_CHECKS, _SESSIONS = "tests/resources/care/test_observer_checks.py", "tests/resources/care/test_remote_sessions.py"
_RULES, _RACES = "tests/resources/care/test_remote_rules.py", "tests/resources/care/test_support_tokens.py"
_BATCHES = "tests/resources/care/test_observer_batches.py"

REMOTE = (
    mutant(
        "any secret opens a support token",
        _REMOTE + "observer_batches.py",
        "_supported",
        Drop("compare_digest"),
        _CHECKS,
    ),
    mutant(
        "a support token outlives its time box",
        _REMOTE + "observer_batches.py",
        "_supported",
        Drop("expires_at"),
        _CHECKS,
    ),
    mutant(
        "a support token outlives its revocation",
        _REMOTE + "observer_batches.py",
        "_supported",
        Drop("revoked_at"),
        _CHECKS,
    ),
    mutant(
        "a support token outlives its session",
        _REMOTE + "observer_batches.py",
        "_supported",
        Drop("OPEN_STATES"),
        _CHECKS,
    ),
    mutant(
        "a support token that was moved by hand opens a session",
        _REMOTE + "observer_batches.py",
        "_supported",
        Drop("is_bound"),
        _RACES,
    ),
    mutant(
        "a revoked support token stores a check that is on its way",
        _REMOTE + "support_statements.py",
        "INSERT_OBSERVER_CHECK",
        Drop("STANDS"),
        _RACES,
    ),
    mutant(
        "a new support token leaves the one before",
        _REMOTE + "service.py",
        "create_support_token",
        Skip("_revoke"),
        _CHECKS,
    ),
    mutant(
        "an alarming check holds nothing",
        _REMOTE + "observer_batches.py",
        "_alarm",
        Skip("HOLD_FOR_ALARM"),
        _CHECKS,
    ),
    mutant(
        "an alarming check tells nobody",
        _REMOTE + "observer_batches.py",
        "_alarm",
        Skip("OPEN_ALARM"),
        _CHECKS,
    ),
    mutant(
        "the card comes with every check",
        _REMOTE + "observer_batches.py",
        "record_observer_checks",
        Replace("_card(session) if alarming else None", "_card(session)"),
        _CHECKS,
    ),
    mutant(
        "a check of another content is taken for the one that is stored",
        _REMOTE + "sent_items.py",
        "sort_out",
        Replace("seen[item.id] == content_of(item)", "True"),
        _BATCHES,
    ),
    mutant(
        "a check that is not as declared loses its alarm",
        _REMOTE + "observer_batches.py",
        "_is_alarming",
        Replace("item.is_alarming", "False"),
        _BATCHES,
    ),
    mutant(
        "a number that cannot be loses the alarm of a check",
        _REMOTE + "watch_schemas.py",
        "_without_the_implausible",
        Replace("implausible(data)", "[]"),
        _BATCHES,
    ),
    mutant(
        "an alarming check waits for the limit of a device",
        _REMOTE + "observer_batches.py",
        "record_observer_checks",
        Replace("wait and not any(calls)", "wait"),
        _BATCHES,
    ),
    mutant(
        "an alarming check reaches nobody beyond the team",
        _REMOTE + "observer_batches.py",
        "_alarm",
        Replace("if not team", "if False"),
        _BATCHES,
    ),
    mutant(
        "an alarming check opens a second task for nobody",
        _REMOTE + "support_statements.py",
        "_none_open",
        Replace("other.c[name].is_not_distinct_from(value)", "other.c[name] == value"),
        _BATCHES,
    ),
    mutant(
        "two checks at once are refused for an id of their own",
        _REMOTE + "observer_batches.py",
        "record_observer_checks",
        Replace('{"pk_observer_checks": StartAgain}', "{}"),
        _RACES,
    ),
    mutant(
        "a check refusal names no crisis line",
        "access/exchange.py",
        "_problem",
        Replace("beside is not None", "False"),
        _BATCHES,
    ),
    mutant(
        "a critical pressure is no alarm in a check before the dose is recorded",
        _REMOTE + "rules.py",
        "_by_numbers",
        Replace("Dosed(taken_at)", "dosed"),
        _RULES,
    ),
    mutant(
        "a slow clock hides a critical pressure of a check",
        _REMOTE + "rules.py",
        "check_findings",
        Replace("max(taken_at, arrived_at)", "taken_at"),
        _RULES,
    ),
    mutant(
        "of two checks at once the earlier one says when to look again",
        _REMOTE + "support_statements.py",
        "WAIT_FOR_CHECK",
        Drop("_is_earlier"),
        _RACES,
    ),
    mutant(
        "a missed check waits on after the patient has left",
        "resources/care/discharges/service.py",
        "update_discharge",
        Skip("settle_observer"),
        _CHECKS,
    ),
    mutant(
        "a dose at home needs no remote record",
        "resources/care/readiness/home_rules.py",
        "unmet_at_home",
        Skip("lacks_record"),
        _SESSIONS,
    ),
    mutant(
        "a patient who responds to touch alone is not alarming",
        _REMOTE + "rules.py",
        "_ALARMING",
        Drop("TO_TOUCH"),
        _RULES,
    ),
    mutant(
        "a lost link holds no dose",
        "resources/care/readiness/home_rules.py",
        "unmet_at_home",
        Replace("at - lost_at > MAX_LINK_LOSS", "False"),
        _SESSIONS,
    ),
    mutant(
        "of two events of a link at once one is forgotten",
        _REMOTE + "support_statements.py",
        "NOTE_LINKS",
        Drop("LINKS_AS_READ"),
        _RACES,
    ),
)
