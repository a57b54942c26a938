"""Protections of the exchange of a chart's key, and of long fills of migrations."""

from tests.mutants.changes import Replace, Return
from tests.mutants.mutant import mutant

CHART_KEYS, KEYS = "tests/operating/test_chart_keys.py", "operating/chart_keys.py"
FILLS, FILL = "tests/storage/test_long_fills.py", "storage/long_fills.py"

EXCHANGING = (
    mutant(
        "a server remembers a chart's key for good",
        "storage/remembered_keys.py",
        "RememberedKeys.get",
        Replace("monotonic() >= self._until", "self._until == 0.0"),
        CHART_KEYS,
    ),
    mutant(
        "the exchange of a key waits for no server",
        KEYS,
        "exchange_chart_key",
        Replace("await settle(SETTLE_SECONDS)", "None"),
        CHART_KEYS,
    ),
    mutant(
        "the old key is gone while texts are under it",
        "storage/vault.py",
        "DataKey.decrypt",
        Replace("self.older is None", "True"),
        CHART_KEYS,
    ),
    mutant(
        "one exchange of a key ends another",
        KEYS,
        "_Chart._same",
        Replace(
            "not self.keys[owner_id].is_same(self.vault.unwrap(wrapped, self.clinic_id, owner_id))",
            "False",
        ),
        CHART_KEYS,
    ),
    mutant("tags are not found after an exchange", "operating/chart_tags.py", "renew_tags", Return("None"), CHART_KEYS),
    mutant(
        "an exchange of a key writes over what a server wrote",
        KEYS,
        "_Page.run",
        Replace("self.table.c[name] == row[name]", "sa.true()"),
        CHART_KEYS,
        needs_postgresql=True,
    ),
    mutant(
        "a fill that is repeated fills twice",
        FILL,
        "fill",
        Replace("sa.update(table).where(where)", "sa.update(table)"),
        FILLS,
    ),
    mutant(
        "a page of a fill holds its rows for as long as it takes",
        FILL,
        "fill",
        Replace("PAGE_SECONDS", "600"),
        FILLS,
        needs_postgresql=True,
    ),
    mutant(
        "a plan knows no newer database that lets this program go on",
        "storage/migration_plans.py",
        "_plan",
        Replace("migrations.newer_but_served(connection, present)", "False"),
        "tests/cli/test_refusals.py",
    ),
)
