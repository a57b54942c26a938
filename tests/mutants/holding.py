"""What waits for the end of an altered-state window, and what must not."""

from tests.mutants.changes import Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_ENTRIES, _PLANS = "resources/journal/reflections/", "resources/journal/plans/"
_WINDOW = "resources/care/doses/altered_states.py"
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
    mutant("a withdrawn dose keeps its window", _WINDOW, "_standing", Loosen("withdrawn_at"), _TEST),
    mutant("a dose of another chart opens the window", _WINDOW, "_standing", Loosen("patient_id"), _TEST),
    mutant("a dose to come opens the window", _WINDOW, "_standing", Loosen("given_at"), _TEST),
    mutant(
        "a plan waits for a window that has ended",
        _WINDOW,
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
)
