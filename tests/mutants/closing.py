"""Protections of prose from prescribers, of check-ins that are about to close, and of files of monitors."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_OF_PROSE = "tests/resources/views/test_prescriber_prose.py"
_OF_WINDOWS = "tests/resources/care/test_closing_windows.py"
_OF_FILES = "tests/resources/care/test_monitor_files.py"
_UPLOADS = "resources/care/monitoring/uploads.py"
_ARCS, _FILES = "resources/care/arc_windows/arc_tasks.py", "resources/care/monitoring/monitor_files.py"

CLOSING = (
    mutant(
        "a prescriber reads notes whatever the clinic says",
        "resources/journal/notes/reader_statements.py",
        "_staff_rules",
        Drop("reads_prose"),
        _OF_PROSE,
    ),
    mutant(
        "a prescriber reads reflections whatever the clinic says",
        "resources/journal/reflections/reflection_reader_statements.py",
        "reader_rules",
        Drop("reads_prose"),
        _OF_PROSE,
    ),
    mutant(
        "a therapist who is a prescriber of the team reads prose",
        "access/prose.py",
        "reads_prose",
        Replace("_team.c.role != CareTeamRole.PRESCRIBER", "sa.true()"),
        _OF_PROSE,
    ),
    mutant(
        "an emergency opens no prose to a prescriber",
        "access/prose.py",
        "reads_prose",
        Replace("_team.c.basis == CareTeamBasis.EMERGENCY", "sa.false()"),
        _OF_PROSE,
    ),
    mutant(
        "a feed goes on when prose is closed",
        "resources/people/clinics/statements.py",
        "_between",
        Replace("policy(before.policies, POLICY) != policy(after.policies, POLICY)", "False"),
        _OF_PROSE,
    ),
    mutant(
        "the feed tells a prescriber that prose is gone",
        "resources/delivery/changes/statements.py",
        "_could_see",
        Drop("_may_be_prose"),
        _OF_PROSE,
    ),
    mutant(
        "a reflection waits for a prescriber who may not read it",
        "resources/attention/worklist/service.py",
        "open_for_team",
        Replace("takers_among(team, kind)", "team"),
        _OF_PROSE,
    ),
    mutant(
        "a check-in that closed is about to close for ever",
        "resources/attention/worklist/statements.py",
        "MINE",
        Drop("is_over"),
        _OF_WINDOWS,
    ),
    mutant(
        "an answered check-in is about to close",
        _ARCS,
        "settle_calls",
        Replace("row.kind is ArcKind.CHECK_IN", "False"),
        _OF_WINDOWS,
    ),
    mutant(
        "the feed does not tell that a check-in has closed",
        "resources/attention/worklist/task_audiences.py",
        "_audience",
        Replace("row.kind is TaskKind.CHECK_IN_CLOSING", "False"),
        _OF_WINDOWS,
    ),
    mutant(
        "two monitors are one",
        _FILES,
        "_id",
        Replace(
            'f"{session_id}\\n{device}\\n{field}\\n{at.isoformat()}"', 'f"{session_id}\\n{field}\\n{at.isoformat()}"'
        ),
        _OF_FILES,
    ),
    mutant(
        "a time without an offset is taken for one of Greenwich",
        _FILES,
        "_time",
        Skip("no_zone"),
        _OF_FILES,
    ),
    mutant(
        "a monitor's file may have any number of readings",
        _UPLOADS,
        "upload_vitals",
        Replace("1 <= len(found) <= MAX_FILE_READINGS", "True"),
        _OF_FILES,
    ),
    mutant(
        "a monitor's file may have any number of new readings",
        _UPLOADS,
        "upload_vitals",
        Replace("len(items) - len(stored) > MAX_NEW_READINGS", "False"),
        _OF_FILES,
    ),
    mutant(
        "which monitor a reading is of is not kept",
        "resources/care/monitoring/service.py",
        "_row",
        Drop("device"),
        _OF_FILES,
    ),
    mutant(
        "a problem of a file names another line",
        _UPLOADS,
        "_of_line",
        Replace("found[problem.at]", "found[0]"),
        _OF_FILES,
    ),
    mutant(
        "a monitor says again what a person withdrew",
        _UPLOADS,
        "upload_vitals",
        Replace("row.withdrawn_at is not None", "False"),
        _OF_FILES,
    ),
    mutant(
        "two lines of one time are one",
        _FILES,
        "_check_once",
        Skip("twice"),
        _OF_FILES,
    ),
    mutant(
        "an hour that a zone has twice is its first",
        _FILES,
        "_local",
        Skip("ambiguous_time"),
        _OF_FILES,
    ),
)
