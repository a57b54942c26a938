"""Protections of assessments and dose briefs: a therapist's hold holds, and a brief tells what stands, at its worst."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_ASSESSMENTS, _BRIEFS = "resources/care/assessments/", "resources/views/dose_briefs/"
_TEST, _OF_BRIEFS = "tests/resources/care/test_assessments.py", "tests/resources/views/test_dose_briefs.py"

BRIEFING = (
    mutant(
        "a therapist's hold holds nothing",
        _ASSESSMENTS + "service.py",
        "update_assessment",
        Skip("hold_by_decision"),
        _TEST,
    ),
    mutant(
        "a therapist's hold ends by itself",
        "resources/care/readiness/rules.py",
        "BY_DECISION",
        Replace('{"R09", "R10", "R34", "R37"}', '{"R09", "R10", "R34"}'),
        _TEST,
    ),
    mutant(
        "an assessment that is changed is lost",
        _ASSESSMENTS + "service.py",
        "_write",
        Skip("INSERT_VERSION"),
        _TEST,
    ),
    mutant(
        "a session that is over is assessed",
        _ASSESSMENTS + "service.py",
        "update_assessment",
        Skip("SessionClosed"),
        _TEST,
    ),
    mutant(
        "a hold has no reason",
        _ASSESSMENTS + "service.py",
        "update_assessment",
        Skip("assessment_problems"),
        _TEST,
    ),
    mutant(
        "an assessment is written over another",
        _ASSESSMENTS + "service.py",
        "update_assessment",
        Skip("check_version"),
        _TEST,
    ),
    mutant(
        "a brief tells of another session",
        _BRIEFS + "statements.py",
        "_arm",
        Replace(
            'table.c.session_id == param("session_id", table.c.session_id)',
            '(table.c.session_id == param("session_id", table.c.session_id)).is_not(None)',
        ),
        _OF_BRIEFS,
    ),
    mutant(
        "a brief tells what counts no more",
        _BRIEFS + "statements.py",
        "_arm",
        Drop("stands"),
        _OF_BRIEFS,
    ),
    mutant(
        "the worst reading is the highest",
        _BRIEFS + "rules.py",
        "_badness",
        Replace("-value if one.field in _LOWER_IS_WORSE else value", "value"),
        _OF_BRIEFS,
    ),
    mutant(
        "a grave reading hides behind a high one",
        _BRIEFS + "rules.py",
        "_badness",
        Replace("max((_RANKS[finding['severity']] for finding in found), default=0)", "0"),
        _OF_BRIEFS,
    ),
    mutant(
        "a brief tells scores of answers that were withdrawn",
        _BRIEFS + "statements.py",
        "_scores_of_chart",
        Drop("withdrawn_at"),
        _OF_BRIEFS,
    ),
    mutant(
        "a brief tells the first score as the latest",
        _BRIEFS + "service.py",
        "_scores",
        Replace(
            "_score(latest, earlier[0] if earlier else None)", "_score(earlier[-1] if earlier else latest, latest)"
        ),
        _OF_BRIEFS,
    ),
    mutant(
        "a brief cannot name a hold that a flag is",
        _BRIEFS + "rules.py",
        "BriefRule",
        Skip("R01"),
        _OF_BRIEFS,
    ),
    mutant(
        "a brief cannot name the hold of a lost link",
        _BRIEFS + "rules.py",
        "BriefRule",
        Skip("R26"),
        _OF_BRIEFS,
    ),
    mutant(
        "a brief tells no hold that no dose has opened",
        _BRIEFS + "service.py",
        "_holds",
        Replace("(*parts.get('flag', ()), *parts.get('elsewhere', ()))", "()"),
        "tests/resources/care/test_pending_holds.py",
    ),
)
