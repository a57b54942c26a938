"""Protections of instruments: no yes is lost, no missing answer makes a score look better, no damage goes unseen."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

_ROOM = "resources/measures/instruments/"
_SCORES, _VECTORS = "tests/resources/measures/test_scores.py", "tests/resources/measures/test_vectors.py"
_OWN = "tests/resources/measures/test_own_instruments.py"
_OVER_HTTP = "tests/resources/measures/test_instruments.py"

SCORING = (
    mutant(
        "to refuse a question of the ASQ counts as no",
        _ROOM + "triage.py",
        "_POSITIVE",
        Replace("('yes', 'refused')", "('yes',)"),
        _VECTORS,
    ),
    mutant(
        "an acute yes counts only after another yes",
        _ROOM + "triage.py",
        "asq",
        Replace("now in _POSITIVE", "now in _POSITIVE and any(answer in _POSITIVE for answer in first)"),
        _SCORES,
    ),
    mutant(
        "an ASQ with a gap is negative",
        _ROOM + "triage.py",
        "asq",
        Replace("None in first", "False"),
        _VECTORS,
    ),
    mutant(
        "a behaviour of the last three months is no high risk",
        _ROOM + "triage.py",
        "cssrs_screener",
        Replace("is_yes('4') or is_yes('5') or is_yes('6_3mo')", "is_yes('4') or is_yes('5')"),
        _VECTORS,
    ),
    mutant(
        "a C-SSRS with a gap has a level",
        _ROOM + "triage.py",
        "cssrs_screener",
        Replace("answers.get(f'cssrs.{name}') is None", "False"),
        _VECTORS,
    ),
    mutant(
        "answers out of their order are scored",
        _ROOM + "scores.py",
        "scores_of",
        Skip("answered_unasked"),
        _SCORES,
    ),
    mutant(
        "a yes out of its order is lost",
        _ROOM + "scores.py",
        "_unscored",
        Replace("reached.floor or str(reached.value)", "None"),
        _SCORES,
    ),
    mutant(
        "an answer that the instrument does not take is scored",
        _ROOM + "scores.py",
        "check_answers",
        Skip("_check"),
        _VECTORS,
    ),
    mutant(
        "a truth value is taken for a number",
        _ROOM + "scores.py",
        "_check",
        Replace("not isinstance(answer, int) or isinstance(answer, bool)", "not isinstance(answer, int)"),
        _SCORES,
    ),
    mutant(
        "a sum with too many gaps has a value",
        _ROOM + "scores.py",
        "_sum",
        Replace("sum(found) if is_enough else None", "sum(found)"),
        _VECTORS,
    ),
    mutant(
        "a lower bound clears an alarm",
        _ROOM + "comparisons.py",
        "_ends",
        Replace("[score.value] if score.ceiling is None else [score.value, score.ceiling]", "[score.value]"),
        _SCORES,
    ),
    mutant(
        "scores of unlike ranges are compared",
        _ROOM + "comparisons.py",
        "_pairs",
        Skip("max_possible"),
        _SCORES,
    ),
    mutant(
        "a score without all items that apply has a band",
        _ROOM + "scores.py",
        "_banded",
        Skip("max_possible"),
        _SCORES,
    ),
    mutant(
        "a cluster with a gap is not met",
        _ROOM + "scores.py",
        "_clusters",
        Replace("None if could_be >= cluster.count else False", "False"),
        _SCORES,
    ),
    mutant(
        "bands with a gap between them are taken",
        _ROOM + "consistency.py",
        "_of_bands",
        Replace("band.min != next_begins", "False"),
        _SCORES,
    ),
    mutant(
        "a range that is not that of its items is taken",
        _ROOM + "consistency.py",
        "_of_score",
        Replace("(score.min, score.max) != _range(score, items, known)", "False"),
        _SCORES,
    ),
    mutant(
        "an older version of an instrument takes the place of the newest",
        _ROOM + "catalogue.py",
        "instruments",
        Replace("one.version > found[one.id].version", "one.version != found[one.id].version"),
        _SCORES,
    ),
    mutant(
        "whoever is signed out reads an instrument",
        _ROOM + "service.py",
        "read_instrument",
        Skip("confirm"),
        _OVER_HTTP,
    ),
    mutant(
        "whoever is signed out lists instruments",
        _ROOM + "service.py",
        "list_instruments",
        Skip("confirm"),
        _OVER_HTTP,
    ),
    mutant(
        "a wording may lack a question",
        _ROOM + "questionnaires.py",
        "wording_of",
        Replace("item.is_scored and item.id not in found.items", "False"),
        _OWN,
    ),
    mutant(
        "a wording may offer other answers",
        _ROOM + "questionnaires.py",
        "_misfits",
        Replace("set(options) != taken", "False"),
        _OWN,
    ),
    mutant(
        "a known false copy is taken",
        _ROOM + "questionnaires.py",
        "_misfits",
        Replace("false is not None and any((false in text.lower() for text in options.values()))", "False"),
        _OWN,
    ),
    mutant(
        "a clinic's definition need not hold together",
        _ROOM + "own_definitions.py",
        "own_definition",
        Replace("list(problems_of(made))[:_MAX_PROBLEMS]", "[]"),
        _OWN,
    ),
    mutant(
        "a clinic may say that a fact of its own is verified",
        _ROOM + "own_definitions.py",
        "own_definition",
        Replace("_said_of_entries(given)", "()"),
        _OWN,
    ),
    mutant(
        "a draft is scored by a version that it was not begun with",
        "resources/measures/measure_responses/completion.py",
        "completed",
        Replace(
            "load_instrument(work, row.instrument_id, row.instrument_version)",
            "load_instrument(work, row.instrument_id)",
        ),
        _OWN,
    ),
)
