"""Protections of a patient's rights about the record: disagreement, amendment requests, and the log of disclosures."""

from tests.mutants.changes import Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_NOTES, _REQUESTS = "resources/journal/notes/", "resources/journal/amendment_requests/"
_DISCLOSURES = "resources/journal/disclosures/"
_OF_NOTES = "tests/resources/journal/test_note_disagreements.py"
_OF_REQUESTS = "tests/resources/journal/test_amendment_requests.py"
_OF_DISCLOSURES = "tests/resources/journal/test_disclosures.py"

DISAGREEING = (
    mutant(
        "a statement takes the place of the one before",
        _NOTES + "disagreements.py",
        "add_note_disagreement",
        Replace("[*before, statement]", "[statement]"),
        _OF_NOTES,
    ),
    mutant(
        "a statement leaves the note's row of a list",
        _NOTES + "shown_notes.py",
        "disagreements",
        Replace("stored or ()", "()"),
        _OF_NOTES,
    ),
    mutant(
        "the versions of a note go without its statements",
        _NOTES + "amendments.py",
        "_present_version",
        Replace("said", "[]"),
        _OF_NOTES,
    ),
    mutant(
        "the diff of a note goes without its statements",
        _NOTES + "note_diffs.py",
        "read_note_diff",
        Replace("disagreements(note.disagreements)", "[]"),
        _OF_NOTES,
    ),
    mutant(
        "a note that is found goes without its statements",
        "resources/views/search/service.py",
        "_found",
        Replace("disagreements(row.disagreements)", "[]"),
        _OF_NOTES,
    ),
    mutant(
        "a timeline does not say that a note is disputed",
        "resources/views/timeline/service.py",
        "present",
        Replace("bool(row.note_disagreements)", "False"),
        _OF_NOTES,
    ),
    mutant(
        "statements grow without end",
        _NOTES + "disagreements.py",
        "add_note_disagreement",
        Skip("TooManyStatements"),
        _OF_NOTES,
    ),
    mutant(
        "nobody is told of a disagreement",
        _NOTES + "disagreements.py",
        "add_note_disagreement",
        Replace("await tell_of_write(work, row.patient_id, TaskKind.DISAGREEMENT_TO_READ, row.id)", "None"),
        _OF_NOTES,
    ),
    mutant(
        "a request waits for nobody",
        _REQUESTS + "service.py",
        "create_amendment_request",
        Replace("await _open_task(work, row, author_id=note.signed_by_id)", "None"),
        _OF_REQUESTS,
    ),
    mutant(
        "an extension leaves the task as it was",
        _REQUESTS + "service.py",
        "extend_amendment_request",
        Skip("_open_task"),
        _OF_REQUESTS,
    ),
    mutant(
        "the time is extended again",
        _REQUESTS + "service.py",
        "extend_amendment_request",
        Skip("AlreadyExtended"),
        _OF_REQUESTS,
    ),
    mutant(
        "an answer is written over",
        _REQUESTS + "service.py",
        "_load_open",
        Skip("RequestAnswered"),
        _OF_REQUESTS,
    ),
    mutant(
        "an answered request waits on",
        _REQUESTS + "service.py",
        "_answer",
        Skip("settle"),
        _OF_REQUESTS,
    ),
    mutant(
        "a patient is not told of the answer",
        _REQUESTS + "service.py",
        "_answer",
        Skip("tell_patient"),
        _OF_REQUESTS,
    ),
    mutant(
        "a denial hides the rights",
        _REQUESTS + "service.py",
        "present",
        Replace("RIGHTS if row.state is AmendmentState.DENIED else None", "None"),
        _OF_REQUESTS,
    ),
    mutant(
        "a draft is asked about",
        _REQUESTS + "service.py",
        "create_amendment_request",
        Skip("NoteNotSigned"),
        _OF_REQUESTS,
    ),
    mutant(
        "a disclosure is withdrawn again",
        _DISCLOSURES + "service.py",
        "withdraw_disclosure",
        Skip("Superseded"),
        _OF_DISCLOSURES,
    ),
    mutant(
        "a disclosure lies ahead",
        _DISCLOSURES + "service.py",
        "record_disclosure",
        Skip("check_not_in_future"),
        _OF_DISCLOSURES,
    ),
    mutant(
        "what was withdrawn is accounted for",
        _DISCLOSURES + "statements.py",
        "_filters",
        Loosen("withdrawn"),
        _OF_DISCLOSURES,
    ),
)
