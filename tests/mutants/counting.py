"""Protections of what is told of the running product: whom it is about, where it goes, and that it says what is so."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

_TELEMETRY, _DOCTOR = "telemetry/", "operating/doctor/"
_METRICS, _TRACES = "tests/telemetry/test_metrics.py", "tests/telemetry/test_traces.py"
_DOCTOR_TESTS = "tests/operating/test_doctor.py"

COUNTING = (
    mutant(
        "a span has any attribute",
        _TELEMETRY + "spans.py",
        "_allowed",
        Replace("name in ALLOWED", "True"),
        _TRACES,
    ),
    mutant(
        "a client's own words about its trace go on",
        _TELEMETRY + "spans.py",
        "Tracing._parent",
        Replace("{'traceparent': given} if given else {}", "dict(request.headers)"),
        _TRACES,
    ),
    mutant(
        "a client decides that its spans are sent",
        _TELEMETRY + "spans.py",
        "Tracing.__init__",
        Replace("drawn_here(ratio, draw)", "None"),
        _TRACES,
    ),
    mutant(
        "a client decides by its trace id that its spans are sent",
        _TELEMETRY + "sampler.py",
        "_Drawn.should_sample",
        Replace("self._draw()", "trace_id % 2**64 / 2**64"),
        _TRACES,
    ),
    mutant(
        "spans are sent in the open",
        "server/telemetry_settings.py",
        "TelemetrySettings._collector_is_safe",
        Skip("is_safe_address"),
        _TRACES,
    ),
    mutant(
        "metrics are served to everybody",
        "server/telemetry_settings.py",
        "TelemetrySettings.metrics_host",
        Replace("'127.0.0.1'", "'0.0.0.0'"),
        _METRICS,
    ),
    mutant(
        "a method of a client's own makes a series",
        _TELEMETRY + "meters.py",
        "Meters.answered",
        Replace("method if template else ''", "method"),
        _METRICS,
    ),
    mutant(
        "workers count in a folder of somebody else",
        _TELEMETRY + "preparation.py",
        "empty_folder",
        Skip("FolderUnfit"),
        _METRICS,
    ),
    mutant(
        "workers add to what others have counted",
        _TELEMETRY + "preparation.py",
        "empty_folder",
        Skip("unlink"),
        _METRICS,
    ),
    mutant(
        "a command that failed counts as done",
        "storage/run_records.py",
        "recorded",
        Replace("False", "True"),
        _METRICS,
    ),
    mutant(
        "doctor sees no file that others can read",
        _DOCTOR + "file_checks.py",
        "file_findings",
        Replace("openness != Openness.CLOSED", "False"),
        _DOCTOR_TESTS,
    ),
    mutant(
        "doctor takes a broken ledger for checked",
        _DOCTOR + "state_checks.py",
        "_run_findings",
        Skip("-found"),
        _DOCTOR_TESTS,
    ),
    mutant(
        "doctor repeats a setting that it refuses",
        _DOCTOR + "examination.py",
        "read_settings",
        Replace("one['msg']", "str(one)"),
        _DOCTOR_TESTS,
    ),
    mutant(
        "a worker that died is counted as it was",
        "cli/metrics_process.py",
        "EndedWorkers.ended",
        Skip("mark_process_dead", "process"),
        "tests/telemetry/test_worker_metrics.py",
        needs_postgresql=True,
    ),
)
