"""Protections of rows that decide access: bound to their account, and accounted for by the ledger."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

MOVED, BINDINGS = "tests/access/test_moved_credentials.py", "tests/access/test_bindings.py"
CHECK, WINDOW = "tests/ledger/test_access_check.py", "tests/ledger/test_sealing_window.py"

BINDING = (
    mutant("a password is good for any account", "access/password_hashes.py", "Passwords._peppered", Drop("of"), MOVED),
    mutant("a moved row is taken", "access/bindings.py", "Bindings.holds", Return("True"), MOVED),
    mutant(
        "a binding covers no table", "access/bindings.py", "Bindings.of", Replace("(table, *facts)", "facts"), BINDINGS
    ),
    mutant("a binding covers no roles", "access/bindings.py", "COVERED", Drop("roles"), CHECK),
    mutant("a change makes good what was edited", "access/bindings.py", "Bindings._after", Skip("holds"), BINDINGS),
    mutant("a row made by hand is no finding", "access/binding_check.py", "fault_of", Return("None"), CHECK),
    mutant(
        "an older state is as good", "access/binding_check.py", "fault_of", Replace("newest == expected", "True"), CHECK
    ),
    mutant(
        "an address guess is not compared with the link",
        "access/federation.py",
        "_is_linked",
        Replace("_identities.c.id == _accounts.c.id", "sa.true()"),
        "tests/access/test_moved_identities.py",
    ),
    mutant("a Work is applied however late", "access/work.py", "Work.apply", Skip("MAX_AGE"), WINDOW),
    mutant(
        "a patient's account outlives the erasure",
        "resources/oversight/retention/service.py",
        "_end_account",
        Skip("END_ACCOUNT"),
        "tests/resources/oversight/test_retention.py",
    ),
)
