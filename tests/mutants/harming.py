"""Protections of adverse events: a serious one is reviewed as it stands, and nothing that was known is lost."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

_EVENTS = "resources/care/adverse_events/"
_TEST = "tests/resources/care/test_adverse_events.py"

HARMING = (
    mutant(
        "a serious adverse event waits for nobody",
        _EVENTS + "service.py",
        "create_adverse_event",
        Skip("_ask_for_review"),
        _TEST,
    ),
    mutant(
        "a fall is an ordinary adverse event",
        _EVENTS + "rules.py",
        "needs_review",
        Replace("bool(serious_because) or kind in ALWAYS_CRITICAL", "bool(serious_because)"),
        _TEST,
    ),
    mutant(
        "a review stands for what became worse",
        _EVENTS + "service.py",
        "update_adverse_event",
        Replace("due_at is None or is_worse(_judged(changed), _judged(row))", "due_at is None"),
        _TEST,
    ),
    mutant(
        "a worse adverse event is not asked about again",
        _EVENTS + "service.py",
        "update_adverse_event",
        Skip("_ask_for_review"),
        _TEST,
    ),
    mutant(
        "what was known before a change is lost",
        _EVENTS + "service.py",
        "update_adverse_event",
        Skip("_keep_version"),
        _TEST,
    ),
    mutant(
        "what cannot be is stored",
        _EVENTS + "service.py",
        "_check",
        Replace("event_problems(_judged(row))", "[]"),
        _TEST,
    ),
    mutant(
        "an onset in the future is stored",
        _EVENTS + "service.py",
        "_check",
        Skip("check_not_in_future", "onset_at"),
        _TEST,
    ),
    mutant(
        "a serious adverse event holds no dose",
        _EVENTS + "service.py",
        "_ask_for_review",
        Skip("hold_by_decision"),
        _TEST,
    ),
    mutant(
        "a serious adverse event holds its own session alone",
        "resources/care/readiness/rules.py",
        "NEXT_DOSE",
        Replace("'R34'", "'R10'"),
        _TEST,
    ),
    mutant(
        "a licence that has ended reviews",
        _EVENTS + "service.py",
        "review_adverse_event",
        Skip("check_prescriber"),
        _TEST,
    ),
    mutant(
        "a review leaves its task",
        _EVENTS + "service.py",
        "review_adverse_event",
        Skip("settle"),
        _TEST,
    ),
    mutant(
        "what was withdrawn waits on",
        _EVENTS + "service.py",
        "withdraw_adverse_event",
        Skip("settle"),
        _TEST,
    ),
)
