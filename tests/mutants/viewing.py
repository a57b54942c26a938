"""Protections of visibility: an account is told who else sees a thing, and a preview shows no more than it may."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

_VIEWERS, _VIEWS = "access/viewers.py", "resources/views/visibility/"
_TEST, _AGREEMENT = "tests/resources/views/test_visibility.py", "tests/resources/views/test_visibility_agreement.py"
_MANY = "tests/resources/views/test_many_viewers.py"
_OF_SEARCH = "tests/resources/views/test_search_care.py"

VIEWING = (
    mutant(
        "who sees a thing is told to all who see its chart",
        _VIEWERS,
        "viewers_of",
        Drop("or_", "rules"),
        _TEST,
    ),
    mutant(
        "who sees a thing is told to everybody of the clinic",
        _VIEWERS,
        "viewers_of.arm",
        Drop("visible"),
        _TEST,
    ),
    mutant(
        "all who see a chart are told of as viewers",
        _VIEWERS,
        "viewers_of.arm",
        Replace("sa.or_(*held)", "sa.true()"),
        _TEST,
    ),
    mutant(
        "who asks is crowded out of the answer",
        _VIEWERS,
        "viewers_of",
        Replace("_account.c.id == sa.bindparam('actor_id', type_=sa.Uuid())", "sa.false()"),
        _MANY,
    ),
    mutant(
        "memberships are counted in the place of accounts",
        _VIEWS + "rules.py",
        "members",
        Replace("islice(found.values(), MAX_VIEWERS)", "islice(found.values(), MAX_VIEWERS // 2)"),
        _MANY,
    ),
    mutant(
        "a disabled account is told of as a viewer",
        _VIEWERS,
        "viewers_of",
        Replace("_account.c.state == AccountState.ACTIVE", "_account.c.state.is_not(None)"),
        _TEST,
    ),
    mutant(
        "a member of the team who holds no clinical role is told of as a viewer",
        _VIEWERS,
        "viewers_of",
        Replace("holds_role(_account.c.roles, *_team_roles(read))", "sa.true()"),
        _TEST,
    ),
    mutant(
        "a supervisor's rule is asked about the asker",
        _VIEWERS,
        "viewers_of",
        Replace('"actor_is_supervisor"', '"unknown"'),
        _TEST,
        _AGREEMENT,
    ),
    mutant(
        "a preview shows what its asker may not read",
        _VIEWS + "rules.py",
        "as_far_as_shown",
        Return("theirs"),
        _TEST,
    ),
    mutant(
        "a preview is the thing as the asker reads it",
        _VIEWERS,
        "viewed",
        Return("read"),
        _TEST,
    ),
    mutant(
        "staff reads a reflection by a preview without leaving a trace",
        _VIEWS + "service.py",
        "read_reflection_visibility",
        Replace("reflections.seen(work, own)", "own"),
        _TEST,
    ),
    mutant(
        "a preview is not recorded as a reading",
        _VIEWS + "service.py",
        "_record",
        Skip("read", "recorded"),
        _TEST,
    ),
    mutant(
        "the team's trace tells that a patient looked at a private entry",
        _VIEWS + "service.py",
        "read_reflection_visibility",
        Replace("is_private", "False"),
        _TEST,
    ),
    mutant(
        "the team's trace tells that a patient looked at a draft of a plan",
        _VIEWS + "service.py",
        "read_plan_visibility",
        Replace("is_private", "False"),
        _TEST,
    ),
    mutant(
        "search finds an adverse event that was withdrawn",
        "resources/views/search/statements.py",
        "ARMS",
        Drop("_events", "withdrawn_at"),
        _OF_SEARCH,
    ),
    mutant(
        "search finds a medicine that was withdrawn",
        "resources/views/search/statements.py",
        "ARMS",
        Drop("_medicines", "withdrawn_at"),
        _OF_SEARCH,
    ),
    mutant(
        "search finds a safety plan that another has replaced",
        "resources/views/search/statements.py",
        "ARMS",
        Drop("_safety", "REPLACED"),
        _OF_SEARCH,
    ),
)
