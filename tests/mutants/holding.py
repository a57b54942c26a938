"""Steps that wait for the end of an altered-state window, and those that must not."""

from tests.mutants.changes import Drop, Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_ENTRIES, _PLANS = "resources/journal/reflections/", "resources/journal/plans/"
_DOSES = "resources/care/doses/"
_WINDOW, _STATEMENTS = _DOSES + "altered_states.py", _DOSES + "altered_state_statements.py"
_PEOPLE = "resources/people/patients/"
_RELEASES = "tests/resources/journal/test_reflection_releases.py"
_PROMISES = "tests/resources/journal/test_reply_promises.py"
_FRAGMENTS = "tests/resources/journal/test_fragments.py"
_TEST, _RULES = "tests/resources/journal/test_altered_states.py", "tests/resources/care/test_altered_state_rules.py"

HOLDING = (
    mutant(
        "a reflection is deleted in the window",
        _ENTRIES + "service.py",
        "delete_reflection",
        Skip("check_no_hold"),
        _TEST,
    ),
    mutant(
        "a reflection is shared in the window",
        _ENTRIES + "submissions.py",
        "share_reflection",
        Skip("_check_may_share"),
        _TEST,
    ),
    mutant(
        "an entry is handed in as shared in the window",
        _ENTRIES + "submissions.py",
        "submit_reflection",
        Skip("_check_may_share"),
        _TEST,
    ),
    mutant(
        "a reflection is taken back in the window",
        _ENTRIES + "submissions.py",
        "unshare_reflection",
        Skip("check_no_hold"),
        _TEST,
    ),
    mutant("a plan is accepted in the window", _PLANS + "agreement.py", "accept_plan", Skip("check_not_held"), _TEST),
    mutant(
        "a plan is proposed by its patient in the window",
        _PLANS + "agreement.py",
        "propose_plan",
        Skip("check_not_held"),
        _TEST,
    ),
    mutant(
        "a safety plan is confirmed in the window",
        "resources/journal/safety_plans/service.py",
        "confirm_safety_plan",
        Skip("check_not_held"),
        _TEST,
    ),
    mutant(
        "an entry that asks for help waits for the window",
        _ENTRIES + "submissions.py",
        "_check_may_share",
        Replace("urgency_of(row.content) not in ASKS_FOR_HELP", "True"),
        _TEST,
    ),
    mutant(
        "an entry of the window is read in it",
        _ENTRIES + "rules.py",
        "released_at",
        Replace("(chosen, held_until)", "(chosen,)"),
        _TEST,
    ),
    mutant(
        "a held step is offered",
        _ENTRIES + "rules.py",
        "allowed_actions",
        Replace("step not in waiting", "True"),
        _TEST,
    ),
    mutant("a withdrawn dose keeps its window", _STATEMENTS, "_standing", Loosen("withdrawn_at"), _TEST),
    mutant("a dose of another chart opens the window", _STATEMENTS, "_standing", Loosen("patient_id"), _TEST),
    mutant("a dose to come opens the window", _STATEMENTS, "_standing", Loosen("given_at"), _TEST),
    mutant(
        "a plan waits for a window that has ended",
        _STATEMENTS,
        "READ_ALTERED_STATE",
        Loosen("altered_until", "_NOW"),
        _TEST,
    ),
    mutant(
        "a clinician waits for their patient's window",
        _WINDOW,
        "check_not_held",
        Replace("not work.actor.is_patient", "False"),
        _TEST,
    ),
    mutant(
        "an infusion's window ends at any time after it",
        _WINDOW,
        "altered_until",
        Replace("window and dose.infusion_minutes is not None", "False"),
        _RULES,
    ),
    mutant(
        "a share is put off for ever",
        _ENTRIES + "submissions.py",
        "_shared",
        Replace("chosen is None or chosen <= latest", "True"),
        _RELEASES,
    ),
    mutant(
        "who asks for help is refused for a time",
        _ENTRIES + "submissions.py",
        "_shared",
        Skip("ASKS_FOR_HELP"),
        _RELEASES,
    ),
    mutant(
        "a release is not told to who asked for help",
        _PEOPLE + "monitoring_statements.py",
        "monitoring_statement",
        Replace(
            "release_at is not None and release_at > now",
            "release_at is not None and release_at > now and not is_urgent",
        ),
        _RELEASES,
    ),
    mutant(
        "a missed reply waits for nobody", _ENTRIES + "reviews.py", "to_review", Skip("open_when_missed"), _PROMISES
    ),
    mutant(
        "an edit puts a promise off",
        _ENTRIES + "reviews.py",
        "to_review",
        Replace("row.review_due_at is not None and is_waited_for(row.promised_at, row.answered_at)", "False"),
        _PROMISES,
    ),
    mutant(
        "a late answer keeps a promise",
        _ENTRIES + "promises.py",
        "state_of",
        Replace("answered_at <= due_at", "True"),
        _PROMISES,
    ),
    mutant(
        "a missed reply keeps its old time",
        _ENTRIES + "reviews.py",
        "promise_of",
        Replace("state is PromiseState.MISSED and not is_answered", "False"),
        _PROMISES,
    ),
    mutant("an answered entry waits on", _ENTRIES + "replies.py", "reply_reflection", Skip("REPLY_MISSED"), _PROMISES),
    mutant(
        "a patient is not told of a missed reply",
        _ENTRIES + "reflection_reader_statements.py",
        "audience",
        Drop("missed_at"),
        _PROMISES,
    ),
    mutant(
        "what is taken back is promised on",
        _ENTRIES + "submissions.py",
        "_OF_SHARE",
        Replace(
            "('release_at', 'shared_at', 'promised_at', 'review_due_at', 'next_due_at')", "('release_at', 'shared_at')"
        ),
        _PROMISES,
    ),
    mutant(
        "the task of a missed reply hides the review from the feed",
        "resources/attention/worklist/task_audiences.py",
        "_audience",
        Skip("_BESIDE"),
        _PROMISES,
    ),
    mutant(
        "a patient's own reply keeps the promise",
        _ENTRIES + "reply_statements.py",
        "COUNT_REPLY",
        Replace("sa.case((_is_staff, ANSWERED_NOW), else_=_reflections.c.answered_at)", "ANSWERED_NOW"),
        _PROMISES,
    ),
    mutant(
        "the later answer counts",
        _ENTRIES + "statements.py",
        "ANSWERED_NOW",
        Replace("_reflections.c.answered_at >= _reflections.c.promised_at", "sa.false()"),
        _PROMISES,
    ),
    mutant(
        "a fragment holds what its form does not",
        _ENTRIES + "rules.py",
        "content_problems",
        Skip("_fragment_problems"),
        _FRAGMENTS,
    ),
    mutant(
        "a region is felt twice",
        _ENTRIES + "rules.py",
        "_fragment_problems",
        Replace(
            "problems + _twice('fragment.regions', 'region', [point['region'] for point in fragment['regions']])",
            "problems",
        ),
        _FRAGMENTS,
    ),
    mutant(
        "an entry leads staff to a private one",
        _ENTRIES + "statements.py",
        "_derived",
        Replace("readable(_elaborated)", "sa.true()"),
        _FRAGMENTS,
    ),
    mutant(
        "an entry of another is elaborated",
        _ENTRIES + "service.py",
        "create_reflection",
        Skip("elaborates_id"),
        _FRAGMENTS,
    ),
    mutant("a plan is shared in the window", _PLANS + "service.py", "update_plan", Skip("check_not_held"), _TEST),
    mutant(
        "a plan begins as shared in the window",
        _PLANS + "service.py",
        "create_plan",
        Skip("is_shared", "check_not_held"),
        _TEST,
    ),
)
