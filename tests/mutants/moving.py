"""Protections of continuity packages: what they carry, whom they are from, and that a chart comes whole."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

_ROOM, _OPERATING = "resources/oversight/exports/", "operating/chart_packages.py"
_TRIP, _REFUSALS = "tests/resources/oversight/test_packages.py", "tests/resources/oversight/test_package_refusals.py"

MOVING = (
    mutant(
        "a package is taken whoever signed it",
        _ROOM + "package_manifests.py",
        "check_signature",
        Skip("verify"),
        _REFUSALS,
    ),
    mutant(
        "a file of a package is not compared",
        _ROOM + "package_manifests.py",
        "check_file",
        Skip("PackageRefused"),
        _REFUSALS,
    ),
    mutant(
        "a package of another major version is read",
        _ROOM + "package_manifests.py",
        "read_manifest",
        Skip("KNOWN_MAJOR"),
        _REFUSALS,
    ),
    mutant("a package is applied without naming the sender", _OPERATING, "import_chart", Skip("NotDone"), _REFUSALS),
    mutant("the sender's key is not compared", _OPERATING, "_Check.take", Skip("sender"), _REFUSALS),
    mutant("a package may lack a file", _OPERATING, "verify_package", Drop("seen"), _REFUSALS),
    mutant(
        "a row of another chart is taken",
        _ROOM + "package_checks.py",
        "_taken",
        Replace("owner != plan.patient_id", "False"),
        _REFUSALS,
    ),
    mutant(
        "what is here with other content is passed over",
        _ROOM + "package_checks.py",
        "_is_new",
        Replace("here[row_id] == line", "True"),
        _REFUSALS,
    ),
    mutant("an erased chart comes back", _ROOM + "package_checks.py", "plan_import", Skip("is_erased"), _REFUSALS),
    mutant(
        "an unknown kind of rows is lost", _ROOM + "package_checks.py", "plan_import", Skip("_check_tables"), _REFUSALS
    ),
    mutant(
        "a chart is taken without the rows that are refused",
        _OPERATING,
        "import_chart",
        Skip("refused"),
        _REFUSALS,
    ),
    mutant(
        "a consent that was given elsewhere permits here",
        "resources/people/consent_documents/purpose_statements.py",
        "_last",
        Replace("_consents.c.imported_at.is_(None)", "sa.true()"),
        _TRIP,
    ),
    mutant(
        "a document of another clinic can be signed",
        "resources/care/consents/statements.py",
        "_in_force",
        Drop("imported_number"),
        _TRIP,
    ),
    mutant(
        "an author from elsewhere has an open account",
        _ROOM + "package_imports.py",
        "_account",
        Replace("AccountState.DISABLED", "AccountState.ACTIVE"),
        _TRIP,
    ),
    mutant(
        "a note from elsewhere looks like one from here",
        _ROOM + "package_imports.py",
        "_marks",
        Replace(
            "{'imported_at': work.now, 'imported_proof': plan.proofs.sound.get(values['id'])}",
            "{'imported_at': None, 'imported_proof': None}",
        ),
        _TRIP,
    ),
    mutant(
        "what the patient alone is shown travels as evidence",
        _ROOM + "package_statements.py",
        "CHART_LEDGER",
        Drop("is_private"),
        _TRIP,
    ),
    mutant("uploads that are not complete travel", _ROOM + "package_exports.py", "_is_ready", Return("True"), _TRIP),
)
