"""Protections of the administration: whose sign-ins an admin ends, and what is told of the ledger and of backups."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

SIGN_INS = "tests/resources/people/test_account_sign_ins.py"
HEADS, RECORDS = "tests/resources/oversight/test_ledger_heads.py", "tests/cli/test_backup_records.py"
ACCOUNTS = "resources/people/accounts/"

OVERSEEING = (
    mutant(
        "an admin sees a patient's devices",
        ACCOUNTS + "account_sign_ins.py",
        "list_account_sign_ins",
        Skip("load_staff"),
        SIGN_INS,
    ),
    mutant(
        "an admin ends a patient's sign-ins",
        ACCOUNTS + "account_sign_ins.py",
        "end_account_sign_ins",
        Skip("load_staff"),
        SIGN_INS,
    ),
    mutant(
        "a sign-in ends below an account that it is not of",
        ACCOUNTS + "account_sign_in_statements.py",
        "_theirs",
        Replace("_sign_ins.c.account_id == param('account_id', _sign_ins.c.account_id)", "sa.true()"),
        SIGN_INS,
    ),
    mutant(
        "whose sign-in an admin ended is not told",
        ACCOUNTS + "account_sign_ins.py",
        "_tell",
        Skip("tell_account"),
        SIGN_INS,
    ),
    mutant(
        "the first head of a ledger is told for the newest",
        "resources/oversight/ledger_heads/statements.py",
        "READ_LEDGER_HEAD",
        Replace("_seals.c.number.desc()", "_seals.c.number"),
        HEADS,
    ),
    mutant(
        "a backup that cannot be noted says nothing",
        "storage/run_records.py",
        "recorded",
        Replace("unwritten(error)", "None"),
        RECORDS,
    ),
)
