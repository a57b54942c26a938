"""What keeps entries of phones: by a wrong clock, corrected, and changed in part."""

from tests.mutants.changes import Replace, Return
from tests.mutants.mutant import mutant

CLAIMED = "tests/resources/test_claimed_times.py"
PRACTICES = "resources/journal/practices/"

FORGIVING = (
    mutant(
        "a claim to come counts", "web/instants.py", "happened_at", Replace("now + MAX_CLOCK_SKEW", "claimed"), CLAIMED
    ),
    mutant(
        "a claim of years ago counts",
        "web/instants.py",
        "happened_at",
        Replace("(since or now) - MAX_CLAIM_AGE", "claimed"),
        CLAIMED,
    ),
    mutant("a wrong clock is not marked", "web/instants.py", "is_skewed", Return("False"), CLAIMED),
    mutant(
        "practices are listed by the device's clock",
        PRACTICES + "service.py",
        "log_practice",
        Replace("happened_at(body.used_at, work.now)", "body.used_at"),
        CLAIMED,
    ),
)
