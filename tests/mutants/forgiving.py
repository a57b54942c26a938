"""Protections of entries from phones: wrong clocks, corrections, and partial changes."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

CLAIMED = "tests/resources/test_claimed_times.py"
PRACTICES = "resources/journal/practices/"

CORRECTIONS = "tests/resources/journal/test_practice_corrections.py"
MEDICINES = "tests/resources/care/test_medicines.py"
MERGING = "tests/web/test_merge_patch.py"

FORGIVING = (
    mutant(
        "a claim to come counts",
        "web/instants.py",
        "credible_time",
        Replace("now + MAX_CLOCK_SKEW", "claimed"),
        CLAIMED,
    ),
    mutant(
        "a claim of years ago counts",
        "web/instants.py",
        "credible_time",
        Replace("(since or now) - MAX_CLAIM_AGE", "claimed"),
        CLAIMED,
    ),
    mutant("a wrong clock is not marked", "web/instants.py", "is_skewed", Return("False"), CLAIMED),
    mutant(
        "practices are listed by the device's clock",
        PRACTICES + "service.py",
        "log_practice",
        Replace("credible_time(body.used_at, work.now)", "body.used_at"),
        CLAIMED,
    ),
    mutant("a corrected practice counts", PRACTICES + "service.py", "_end", Skip("END_PRACTICE"), CORRECTIONS),
    mutant("an entry is corrected twice", PRACTICES + "service.py", "_end", Skip("Superseded"), CORRECTIONS),
    mutant(
        "a correction leaves no trace",
        PRACTICES + "service.py",
        "log_practice",
        Skip("PRACTICE_CORRECTED"),
        CORRECTIONS,
    ),
    mutant("a withdrawn practice tells nobody", PRACTICES + "service.py", "_tell", Return("None"), CORRECTIONS),
    mutant(
        "a timeline shows what was withdrawn",
        "resources/views/timeline/statements.py",
        "ARMS",
        Drop("practices", "counts"),
        CORRECTIONS,
    ),
    mutant(
        "an object in a PATCH is replaced",
        "access/rows.py",
        "changed_values",
        Replace("present.get(name)", "None"),
        MERGING,
    ),
    mutant("a null in a map stays", "access/rows.py", "_merged", Replace("part is not None", "True"), MERGING),
    mutant(
        "an absent member is cleared",
        "access/rows.py",
        "_merged",
        Replace("name in given.model_fields_set", "True"),
        MERGING,
    ),
    mutant(
        "a withdrawn medicine is listed",
        "resources/care/medicines/statements.py",
        "_filters",
        Drop("withdrawn_at"),
        MEDICINES,
    ),
    mutant(
        "a withdrawn medicine is changed",
        "resources/care/medicines/service.py",
        "_load_current",
        Skip("withdrawn_at", "Superseded"),
        MEDICINES,
    ),
)
