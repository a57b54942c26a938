"""Protections of trajectories and of outcomes: what stands alone is shown, and few are told of nobody."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_VIEW, _OUTCOMES = "resources/views/trajectory/", "resources/measures/outcomes/"
_OVER_HTTP = "tests/resources/views/test_trajectory.py"
_DRAWN = "tests/resources/views/test_trajectory_drawings.py"
_RULES, _NUMBERS = "tests/resources/measures/test_outcome_rules.py", "tests/resources/measures/test_outcomes.py"

DRAWING = (
    mutant(
        "answers that were withdrawn are points",
        _VIEW + "statements.py",
        "_counts",
        Drop("withdrawn_at"),
        _OVER_HTTP,
    ),
    mutant(
        "adverse events that were withdrawn stand beside scores",
        _VIEW + "statements.py",
        "TRAJECTORY_EVENTS",
        Drop("withdrawn_at"),
        _OVER_HTTP,
    ),
    mutant(
        "doses that were withdrawn stand beside scores",
        _VIEW + "statements.py",
        "TRAJECTORY_DOSES",
        Drop("withdrawn_at"),
        _OVER_HTTP,
    ),
    mutant(
        "a baseline that nobody sees is no error",
        _VIEW + "service.py",
        "prove_chart",
        Skip("NotFound"),
        _OVER_HTTP,
    ),
    mutant(
        "a baseline is compared with an earlier score",
        _VIEW + "rules.py",
        "Series.compared",
        Replace("last.happened_at > self.baseline.point.happened_at", "True"),
        _OVER_HTTP,
    ),
    mutant(
        "a drawing that is opened by itself may run what it likes",
        _VIEW + "svg.py",
        "Drawing",
        Replace("{'ETag': f'\"{tag}\"', 'Content-Security-Policy': POLICY}", "{'ETag': f'\"{tag}\"'}"),
        _DRAWN,
    ),
    mutant(
        "a policy makes numbers of one person",
        "resources/attention/flags/rules.py",
        "minimum_of",
        Replace("max(MIN_PATIENTS, policy_value)", "policy_value"),
        _RULES,
    ),
    mutant(
        "few who did not answer are worked out",
        _OUTCOMES + "rules.py",
        "told",
        Replace("not _is_apart(eligible, n, minimum)", "False"),
        _RULES,
    ),
    mutant(
        "a rate tells of few who do not meet it",
        _OUTCOMES + "rules.py",
        "_rate",
        Replace("len(known) - yes < minimum", "False"),
        _RULES,
    ),
    mutant(
        "numbers of a quarter grow one by one",
        _OUTCOMES + "service.py",
        "_point",
        Replace("now < closes", "False"),
        _NUMBERS,
    ),
    mutant(
        "an answer that comes late changes what was told",
        _OUTCOMES + "service.py",
        "_then",
        Drop("stored_at"),
        _NUMBERS,
    ),
    mutant(
        "therapists read the numbers of a clinic",
        _OUTCOMES + "operations.py",
        "READ_OUTCOMES",
        Replace("Role.SUPERVISOR", "Role.THERAPIST"),
        _NUMBERS,
    ),
)
