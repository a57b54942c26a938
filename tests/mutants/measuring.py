"""Protections of answers to instruments, and of what they warn of."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_ROOM = "resources/measures/measure_responses/"
_OVER_HTTP = "tests/resources/measures/test_measure_responses.py"

MEASURING = (
    mutant(
        "drafts of answers show to everybody of the chart",
        _ROOM + "statements.py",
        "readable",
        Replace("table.c.state == ResponseState.COMPLETED", "table.c.version > 0"),
        _OVER_HTTP,
    ),
    mutant(
        "completed answers change",
        _ROOM + "service.py",
        "_load_draft",
        Skip("ResponseCompleted"),
        _OVER_HTTP,
    ),
    mutant(
        "staff correct what the patient answered",
        _ROOM + "answer_corrections.py",
        "load_corrected",
        Skip("NotYours"),
        _OVER_HTTP,
    ),
    mutant(
        "staff withdraw what the patient answered",
        _ROOM + "service.py",
        "withdraw_measure_response",
        Skip("NotYours"),
        _OVER_HTTP,
    ),
    mutant(
        "answers of a patient wait for nobody",
        _ROOM + "completion.py",
        "tell",
        Replace("not work.actor.is_patient", "True"),
        _OVER_HTTP,
    ),
    mutant(
        "an answer about suicide is routine",
        _ROOM + "rules.py",
        "hits_of",
        Drop("_of_answers"),
        _OVER_HTTP,
    ),
    mutant(
        "a screen raises nothing",
        _ROOM + "rules.py",
        "_of_scores",
        Replace("_SCREENS.get(instrument.id)", "None"),
        _OVER_HTTP,
    ),
    mutant(
        "a correction loses what it corrects",
        _ROOM + "service.py",
        "create_measure_response",
        Skip("withdraw"),
        _OVER_HTTP,
    ),
)
