"""Tests that `make test` leaves to `make test-rest`: rooms on PostgreSQL, the widest sweeps, and tests of tools."""

ON_BOTH = frozenset({"access", "architecture", "costs", "ledger", "storage", "upgrades"})
"""Folders about what a database does itself: `make test` runs them on both, but for sweeps.

So it does with races, wherever they stand. The other folders' tests run there on SQLite: what they look at is decided
above the driver, and by the same Statements on both.
"""

SWEEPS = frozenset(
    {
        "tests.matrix.test_canaries",
        "tests.matrix.test_headers",
        "tests.matrix.test_matrix",
        "tests.matrix.test_traces",
        "tests.resources.journal.test_psychotherapy_sweep",
        "tests.resources.people.test_safeguarding_sweep",
    }
)
"""Modules that ask every operation and look at who may: on SQLite in `make test`."""

WIDE_SWEEPS = frozenset(
    {
        "tests.architecture.test_hostile",
        "tests.architecture.test_hostile_wire",
        "tests.fhir.test_fhir_demo",
        "tests.fhir.test_fhir_sets",
        "tests.fhir.test_fhir_validators",
        "tests.matrix.test_bodies",
        "tests.matrix.test_disagreements",
        "tests.matrix.test_protocol",
        "tests.matrix.test_sameness",
        "tests.test_fuzz",
        "tests.upgrades.test_previous_requests",
    }
)
"""Modules that ask every operation many times, or read every resource several times."""

TOOLS = frozenset({"tests.drills", "tests.scaffold", "tests.test_seed", "tests.test_the_end"})
"""Packages and modules about what the people of the project run: drills, scaffold, benchmarks, the run itself."""


def is_left(module: str, *, on_postgresql: bool) -> bool:
    """Whether `make test` leaves a test of this module to `make test-rest`."""
    parts = module.split(".")
    if module in WIDE_SWEEPS or ".".join(parts[:2]) in TOOLS:
        return True
    if not on_postgresql or parts[-1].endswith("_races"):
        return False
    return module in SWEEPS or parts[1] not in ON_BOTH
