"""Protections of restores, of upgrades and of files that others may read."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

AFTERMATH, RESTORES = "tests/operating/test_aftermath.py", "tests/cli/test_restores.py"
UPGRADES, ERASURES = "tests/storage/test_upgrades.py", "operating/erasures.py"

RESTORING = (
    mutant(
        "anybody can write that the database was restored",
        "ledger/restores.py",
        "is_genuine",
        Replace("hmac.compare_digest(found, _digest(vault, ids[0], ids[1], restored, head))", "True"),
        AFTERMATH,
    ),
    mutant(
        "a restore explains what came after it",
        "ledger/restores.py",
        "Restored.explains",
        Replace(
            "self.since - MAX_CLOCK_DIFFERENCE <= sealed_at <= self.at + MAX_CLOCK_DIFFERENCE",
            "self.since - MAX_CLOCK_DIFFERENCE <= sealed_at",
        ),
        AFTERMATH,
    ),
    mutant(
        "a restore explains what was cut off before the backup",
        "operating/aftermath.py",
        "settle",
        Replace("newest.at if newest else since", "since"),
        AFTERMATH,
    ),
    mutant(
        "a list of erased charts need not be signed",
        "ledger/heads.py",
        "read_heads",
        Replace("found.erased is not None", "False"),
        AFTERMATH,
    ),
    mutant(
        "heads of another installation are taken",
        "operating/aftermath.py",
        "read_exported",
        Replace("heads.public_key != _signer(database).public_key", "False"),
        AFTERMATH,
    ),
    mutant(
        "an erased chart keeps its key after a restore",
        ERASURES,
        "erase_again",
        Replace("(patient_id, domain_in(database.vault, clinic_id, patient_id))", "()"),
        AFTERMATH,
    ),
    mutant(
        "the patient of an erased chart signs in after a restore",
        ERASURES,
        "erase_again",
        Replace("await _end_account(database, clinic_id, patient_id, now)", "[]"),
        AFTERMATH,
    ),
    mutant(
        "a ledger that was cut off replaces the exported heads",
        "operating/heads_file.py",
        "_lost_heads",
        Replace("(await verify_clinic(database, clinic_id, heads.public_key, head)).gap", "True"),
        "tests/operating/test_heads_file.py",
    ),
    mutant(
        "an erased chart that is there again is forgotten",
        "operating/heads_file.py",
        "why_kept",
        Replace("await _unerased(database, heads)", "[]"),
        "tests/operating/test_heads_file.py",
    ),
    mutant(
        "the time of an export swallows erased charts",
        "ledger/heads.py",
        "_hash_of_erased",
        Replace(
            "canonical((heads.exported_at, *charts))",
            "'\\n'.join([heads.exported_at, *(' '.join(map(str, one)) for one in charts)]).encode()",
        ),
        "tests/operating/test_heads_file.py",
    ),
    mutant(
        "a server starts with files that others may read",
        "operating/file_modes.py",
        "check_modes",
        Skip("NotDone"),
        RESTORES,
    ),
    mutant(
        "an older server goes on whatever a migration says",
        "storage/migrations.py",
        "may_serve",
        Replace("serves_from <= latest_revision()", "True"),
        UPGRADES,
    ),
    mutant(
        "a migration says nothing of older servers",
        "storage/migrations.py",
        "serves_from",
        Replace("says_serves_with(script)", "False"),
        UPGRADES,
    ),
    mutant(
        "a killed migration leaves half a revision",
        "storage/migrations.py",
        "sqlite_engine.begin",
        Replace("connection.exec_driver_sql('BEGIN IMMEDIATE')", "None"),
        UPGRADES,
    ),
)
