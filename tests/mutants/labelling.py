"""Protections of drafts that begin with a tool or with another note: both stay told."""

from tests.mutants.changes import Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_NOTES, _TEST = "resources/journal/notes/", "tests/resources/journal/test_note_sources.py"

LABELLING = (
    mutant(
        "a tool listens without consent",
        _NOTES + "service.py",
        "_check_source",
        Skip("source_problems"),
        _TEST,
    ),
    mutant(
        "a plan is carried from a draft",
        _NOTES + "statements.py",
        "LAST_PLAN",
        Loosen("in_states"),
        _TEST,
    ),
    mutant(
        "a plan is read without a trace",
        _NOTES + "service.py",
        "_last_plan",
        Skip("record"),
        _TEST,
    ),
    mutant(
        "a change that comes too late loses its labels",
        _NOTES + "kept_drafts.py",
        "_KEPT",
        Replace(
            '("sections", "needs_cosign", "captured_at", "happened_at", "source", "carried_from_id", "template_id")',
            '("sections", "needs_cosign", "captured_at", "happened_at", "template_id")',
        ),
        _TEST,
    ),
    mutant(
        "a plan that is given gives way to the last",
        _NOTES + "service.py",
        "_last_plan",
        Skip("Invalid"),
        _TEST,
    ),
)
