"""Protections of records that come from other systems: nothing twice, nothing overwritten, nothing told to others."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_FOREIGN, _ROOM = "operating/foreign/", "resources/oversight/imported_records/"
_IMPORTS, _CSV, _BUNDLES = (
    f"tests/operating/test_{name}.py" for name in ("record_imports", "foreign_csv", "foreign_bundles")
)

IMPORTING = (
    mutant(
        "an imported record with other content is passed over",
        _FOREIGN + "import_plans.py",
        "_compared",
        Replace("row.content_sha256 != digest", "False"),
        _IMPORTS,
    ),
    mutant(
        "records are imported without those that are refused",
        "operating/record_imports.py",
        "import_records",
        Replace("apply and (not read.refused.count)", "apply"),
        _IMPORTS,
    ),
    mutant(
        "records are imported without saying who does it",
        "operating/record_imports.py",
        "import_records",
        Replace("apply and by is None", "False"),
        _IMPORTS,
    ),
    mutant(
        "an imported note is shown as from here",
        _FOREIGN + "journal_rows.py",
        "note_rows",
        Drop("imported_at"),
        _IMPORTS,
    ),
    mutant(
        "the author of an imported note has an open account",
        _FOREIGN + "chart_rows.py",
        "_collect_accounts",
        Replace("AccountState.DISABLED", "AccountState.ACTIVE"),
        _IMPORTS,
    ),
    mutant(
        "an imported entry is shared",
        _FOREIGN + "chart_rows.py",
        "SHOWN_TO",
        Replace("ImportedFor.PATIENT", "ImportedFor.CHART"),
        _IMPORTS,
    ),
    mutant(
        "the patient is told of a note that they are not shown",
        _FOREIGN + "chart_rows.py",
        "SHOWN_TO",
        Replace("ImportedFor.TEAM", "ImportedFor.CHART"),
        _IMPORTS,
    ),
    mutant(
        "staff are told of private imported entries",
        _ROOM + "statements.py",
        "readable",
        Replace("table.c.patient_id == _SCOPE_PATIENT_ID", "sa.true()"),
        _IMPORTS,
    ),
    mutant(
        "a formula of a spreadsheet is imported", _FOREIGN + "csv_tables.py", "_fault", Skip("_BEGINS_FORMULA"), _CSV
    ),
    mutant(
        "an imported total may differ from that of the answers",
        _FOREIGN + "answers.py",
        "response_values",
        Skip("told"),
        _CSV,
    ),
    mutant(
        "a modifying extension is passed over",
        _FOREIGN + "bundle_files.py",
        "_check",
        Skip("changed"),
        _BUNDLES,
    ),
    mutant(
        "psychotherapy notes are imported",
        _FOREIGN + "bundle_files.py",
        "_check",
        Skip("_KEPT_APART"),
        _BUNDLES,
    ),
    mutant(
        "the label of a document does not keep it apart",
        _FOREIGN + "bundle_files.py",
        "_labels",
        Replace("listed(resource, 'securityLabel')", "[]"),
        _BUNDLES,
    ),
    mutant(
        "a document of the patient becomes a note of staff",
        _FOREIGN + "note_authors.py",
        "author_of",
        Skip("_THEIRS"),
        _BUNDLES,
    ),
    mutant(
        "a reference to an author whom no file has is taken",
        _FOREIGN + "note_authors.py",
        "person_of",
        Skip("check_named"),
        "tests/operating/test_foreign_authors.py",
    ),
    mutant(
        "the words of somebody else are an entry of the patient",
        _FOREIGN + "questionnaire_answers.py",
        "read_answers",
        Skip("check_is_own"),
        "tests/operating/test_foreign_authors.py",
    ),
    mutant(
        "a note by another author is passed over as the same",
        _FOREIGN + "import_plans.py",
        "_compared",
        Replace("(found.author.key,)", "()"),
        _IMPORTS,
    ),
    mutant("a run takes any number of records", _FOREIGN + "csv_records.py", "take", Skip("MAX_RECORDS"), _CSV),
)
