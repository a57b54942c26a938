"""Protections of capture links: what the token opens, for how long, and whose the entries are."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_ROOM, _TESTS = "resources/journal/capture_links/", "tests/resources/journal/test_capture_links.py"

CAPTURING = (
    mutant(
        "any operation takes the token of a capture link",
        "access/exchange.py",
        "Exchange._authenticate",
        Drop("takes_capture_links"),
        _TESTS,
    ),
    mutant(
        "a call for help by a capture link shows the safety plan",
        "resources/people/help/service.py",
        "ask_for_help",
        Replace(
            "None if work.actor.is_by_link else await next_safety_step(work, patient_id)",
            "await next_safety_step(work, patient_id)",
        ),
        _TESTS,
    ),
    mutant(
        "a token of the safety plan writes by a capture link",
        "access/reading_tokens.py",
        "_find",
        Replace("found.action != action", "False"),
        _TESTS,
    ),
    mutant(
        "the use of a capture link renews it",
        "access/exchange.py",
        "Exchange._authenticate",
        Drop("is_renewed"),
        _TESTS,
    ),
    mutant(
        "a capture link is issued before a dose", _ROOM + "service.py", "create_capture_link", Skip("NoDoseYet"), _TESTS
    ),
    mutant(
        "the patient is not told of a capture link",
        _ROOM + "service.py",
        "create_capture_link",
        Skip("tell_account"),
        _TESTS,
    ),
    mutant(
        "a stored answer shows the token of a capture link again",
        _ROOM + "service.py",
        "create_capture_link",
        Skip("is_secret"),
        _TESTS,
    ),
    mutant("a capture link is ended by nobody", _ROOM + "service.py", "delete_capture_link", Skip("END_LINK"), _TESTS),
    mutant(
        "what is captured is open to staff",
        _ROOM + "service.py",
        "create_capture",
        Replace("Sharing.PRIVATE", "Sharing.SHARED"),
        _TESTS,
    ),
    mutant(
        "a capture link takes any number of entries",
        _ROOM + "statements.py",
        "COUNT_ENTRY",
        Drop("MAX_ENTRIES"),
        _TESTS,
    ),
    mutant("a flood by a capture link is stored", _ROOM + "service.py", "create_capture", Skip("CaptureWaits"), _TESTS),
    mutant(
        "a refusal by a capture link has no crisis lines",
        _ROOM + "capture_errors.py",
        "lines_beside",
        Replace("status not in {cls.status for cls in WITH_LINES}", "True"),
        _TESTS,
    ),
)
