"""Protections of prose beside notes and reflections, of tasks that are over, and from accounts of other clinics."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_OF_PROSE, _OF_TASKS = (f"tests/resources/views/test_prescriber_{name}.py" for name in ("prose", "tasks"))
_OF_WINDOWS = "tests/resources/care/test_closing_windows.py"
_OF_OUTSIDE = "tests/resources/people/test_outside_accounts.py"
_COPIES, _EXPORTS = "resources/oversight/record_copies/", "resources/oversight/exports/"
_WORKLIST, _REQUESTS = "resources/attention/worklist/", "resources/journal/amendment_requests/"

SHIELDING = (
    mutant(
        "a prescriber reads notes and reflections in a copy of the record",
        _COPIES + "statements.py",
        "_shown",
        Drop("reads_prose"),
        _OF_PROSE,
    ),
    mutant(
        "a prescriber hands over a copy that has gaps",
        _COPIES + "service.py",
        "_load_whole",
        Skip("ProseNotRead"),
        _OF_PROSE,
    ),
    mutant(
        "a copy with gaps is made when prose is closed meanwhile",
        _EXPORTS + "chart_exports.py",
        "write_export",
        Skip("check_reads_whole"),
        _OF_PROSE,
    ),
    mutant(
        "a prescriber is told that a reflection waits",
        _WORKLIST + "statements.py",
        "MINE",
        Drop("may_be_known"),
        _OF_TASKS,
    ),
    mutant(
        "what waits for a prescriber alone waits for nobody once prose is closed",
        _WORKLIST + "open_task_statements.py",
        "may_be_known",
        Drop("_waits_for_reader"),
        _OF_TASKS,
    ),
    mutant(
        "a reflection waits for a team on which nobody reads it",
        _WORKLIST + "rules.py",
        "readers_among",
        Replace("[member for member in team if member.reads_prose]", "team"),
        _OF_TASKS,
    ),
    mutant(
        "a reflection is left to a team on which nobody reads it",
        _WORKLIST + "service.py",
        "leave_team",
        Replace("takers_among(team, row.kind)", "team"),
        _OF_TASKS,
    ),
    mutant(
        "a prescriber reads requests about notes whatever the clinic says",
        _REQUESTS + "statements.py",
        "readable",
        Replace("notes.of_readable(table)", "sa.true()"),
        _OF_TASKS,
    ),
    mutant(
        "a patient loses a request with the note that it is about",
        _REQUESTS + "statements.py",
        "readable",
        Drop("_SCOPE_PATIENT_ID"),
        _OF_TASKS,
    ),
    mutant(
        "a prescriber is not told of requests about their own notes",
        _REQUESTS + "service.py",
        "_open_task",
        Drop("author_id"),
        _OF_TASKS,
    ),
    mutant(
        "the feed tells a prescriber of requests about notes",
        "resources/delivery/changes/thing_statements.py",
        "readable_things",
        Replace(
            "_thing(page, AmendmentRequestTable, amendment_requests.readable)", "_thing(page, AmendmentRequestTable)"
        ),
        _OF_TASKS,
    ),
    mutant(
        "a prescriber is told where notes and reflections came from",
        "resources/oversight/imported_records/statements.py",
        "readable",
        Drop("reads_prose"),
        _OF_TASKS,
    ),
    mutant(
        "a feed of one chart goes on when prose is closed",
        "resources/delivery/changes/statements.py",
        "_channels",
        Replace("_channel(_CLINIC_ID, Channel.STAFF)", "_channel(_CLINIC_ID, Channel.STAFF).where(_ONLY.is_(None))"),
        _OF_TASKS,
    ),
    mutant(
        "a feed of one chart tells of the clinic",
        "resources/delivery/changes/statements.py",
        "_after_cursor",
        Drop("AUDIENCE"),
        _OF_TASKS,
    ),
    mutant(
        "tasks that are over stay for ever",
        "resources/attention/flags/flag_clock.py",
        "FlagClock._watch",
        Skip("_delete_over"),
        _OF_WINDOWS,
    ),
    mutant(
        "the clock deletes what is not over",
        "resources/attention/worklist/open_task_statements.py",
        "is_over",
        Drop("due_at"),
        _OF_WINDOWS,
    ),
    mutant(
        "tasks that are over stay where nothing is to be raised",
        "resources/attention/flags/clock_statements.py",
        "NEXT_WATCHED_CLINIC",
        Drop("any_for_row", "_is_over"),
        _OF_WINDOWS,
    ),
    mutant(
        "a therapist of another clinic counts as staff",
        "access/viewers.py",
        "is_of_staff",
        Drop("OUTSIDE_THERAPIST"),
        _OF_OUTSIDE,
    ),
    mutant(
        "somebody goes outside and stays on care teams",
        "resources/people/accounts/outside_roles.py",
        "revise_roles",
        Skip("OnCareTeams"),
        _OF_OUTSIDE,
    ),
)
