"""Protections of exports: who asks, as whom it is read, what is in it, and that it is made once and whole."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_ROOM = "resources/oversight/exports/"
_OVER_HTTP = "tests/resources/oversight/test_exports.py"
_CONTENTS = "tests/resources/oversight/test_export_contents.py"
_JOBS = "tests/resources/oversight/test_export_jobs.py"

EXPORTING = (
    mutant(
        "an export is asked for without a fresh proof",
        _ROOM + "operations.py",
        "CREATE_EXPORT",
        Drop("needs_step_up"),
        _OVER_HTTP,
    ),
    mutant(
        "an export is downloaded without a fresh proof",
        _ROOM + "operations.py",
        "READ_EXPORT_CONTENT",
        Drop("needs_step_up"),
        _OVER_HTTP,
    ),
    mutant(
        "exports are asked for without end",
        _ROOM + "service.py",
        "create_export",
        Skip("check_how_often"),
        _OVER_HTTP,
    ),
    mutant(
        "an export whose time is over is still sent",
        _ROOM + "service.py",
        "_state",
        Replace("row.expires_at <= work.now", "False"),
        _OVER_HTTP,
    ),
    mutant(
        "a new export leaves the one before",
        _ROOM + "exporter.py",
        "_finish",
        Skip("end", "one"),
        _OVER_HTTP,
    ),
    mutant(
        "an export is made although its sign-in ended in the middle",
        _ROOM + "chart_exports.py",
        "write_export",
        Skip("load_patient", "id"),
        _JOBS,
    ),
    mutant(
        "a long export is taken over while it is written",
        "access/queues.py",
        "QueueJob._saying",
        Skip("_say"),
        _JOBS,
    ),
    mutant(
        "the sweep takes the parts of exports",
        _ROOM + "export_job_statements.py",
        "LIVE_EXPORT_OBJECTS",
        Replace("_exports.c.objects != sa.literal(b'', sa.LargeBinary())", "sa.false()"),
        _JOBS,
    ),
    mutant(
        "what people wrote is markup",
        _ROOM + "chart_texts.py",
        "escaped",
        Replace(
            "escape(_CONTROLS.sub('\ufffd', text.replace('\\r\\n', '\\n').replace('\\r', '\\n')), quote=True)", "text"
        ),
        _CONTENTS,
    ),
    mutant(
        "the spool is plain",
        _ROOM + "spools.py",
        "Spool.add",
        Replace("self._key.encrypt(piece, self._end.to_bytes(8, 'big'))", "piece"),
        _CONTENTS,
    ),
    mutant(
        "a file that does not open stops the export",
        _ROOM + "chart_exports.py",
        "_Export.write_files",
        Replace("DecryptionFailed", "LookupError"),
        _JOBS,
    ),
)
