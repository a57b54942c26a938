"""Protections of adverse events and REMS forms: what is serious is reviewed, and nothing that was known is lost."""

from tests.mutants.changes import Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_EVENTS = "resources/care/adverse_events/"
_REMS = "resources/care/rems_forms/"
_TEST, _TEST_REMS = "tests/resources/care/test_adverse_events.py", "tests/resources/care/test_rems_forms.py"

HARMING = (
    mutant(
        "a text about an adverse event holds doses again",
        _EVENTS + "service.py",
        "update_adverse_event",
        Replace("is_worse(_judged(changed), _judged(row))", "True"),
        _TEST,
    ),
    mutant(
        "a REMS form is sent though something is missing",
        _REMS + "service.py",
        "submit_rems_form",
        Skip("RemsFormIncomplete"),
        _TEST_REMS,
    ),
    mutant(
        "a REMS form waits for nobody",
        "resources/care/doses/service.py",
        "create_dose",
        Skip("wait_for_form"),
        _TEST_REMS,
    ),
    mutant(
        "a REMS form that was sent is overdue all the same",
        _REMS + "service.py",
        "submit_rems_form",
        Skip("settle_form"),
        _TEST_REMS,
    ),
    mutant(
        "a REMS form is due by a dose that was withdrawn",
        "resources/care/doses/service.py",
        "_follow_form",
        Skip("move_form"),
        _TEST_REMS,
    ),
    mutant(
        "an overdue REMS form is ticked off",
        "resources/attention/worklist/rules.py",
        "_ALWAYS_BY_STEP",
        Replace("TaskKind.REMS_FORM_OVERDUE", "TaskKind.LINK_LOST"),
        _TEST_REMS,
    ),
    mutant(
        "a form of a withdrawn dose",
        _REMS + "statements.py",
        "ESKETAMINE_OF_SESSION",
        Loosen("_doses", "withdrawn_at"),
        _TEST_REMS,
    ),
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
        Replace("{'reviewed_at': None, 'reviewed_by_id': None}", "{}"),
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
        "whoever changes an adverse event takes its review back",
        _EVENTS + "service.py",
        "update_adverse_event",
        Replace(
            "row.review_due_at or review_due(_judged(changed), work.now)",
            "review_due(_judged(changed), work.now)",
        ),
        _TEST,
    ),
    mutant(
        "a record that changed after its form was sent is not told",
        _REMS + "rules.py",
        "changed_since",
        Replace("getattr(was, name) != getattr(filled, name)", "False"),
        _TEST_REMS,
    ),
    mutant(
        "a form that is not asked for any more waits on",
        "resources/care/doses/service.py",
        "_follow_form",
        Skip("settle_form"),
        _TEST_REMS,
    ),
)
