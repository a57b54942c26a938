"""What makes people answer for the record: who reads a draft, who signs it when, who may set it right."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

SUPERVISION = "tests/resources/journal/test_note_supervision.py"
TIMES = "tests/resources/journal/test_note_times.py"
CORRECTIONS = "tests/resources/care/test_session_corrections.py"
SESSIONS = "resources/care/sessions/"
NOTES = "resources/journal/notes/"

ANSWERING = (
    mutant(
        "every supervisor reads every draft",
        NOTES + "statements.py",
        "_supervises_author",
        Drop("supervised_by", "_ACTOR_ID"),
        SUPERVISION,
    ),
    mutant(
        "who is no supervisor any more reads drafts on",
        NOTES + "statements.py",
        "_supervises_author",
        Drop("bindparam"),
        SUPERVISION,
    ),
    mutant(
        "an author says whether they are supervised",
        NOTES + "signatures.py",
        "sign_note",
        Replace("asked or account.supervised_by is not None", "asked"),
        SUPERVISION,
    ),
    mutant(
        "an amendment goes past the supervisor",
        NOTES + "amendments.py",
        "amend_note",
        Replace("row.cosigned_at is not None or account.supervised_by is not None", "row.cosigned_at is not None"),
        SUPERVISION,
    ),
    mutant(
        "anybody can be named as a supervisor",
        "resources/people/accounts/service.py",
        "update_account",
        Skip("_check_supervisor"),
        SUPERVISION,
    ),
    mutant(
        "an admin ends their own supervision",
        "resources/people/accounts/service.py",
        "update_account",
        Replace(
            "(body.roles, body.state, body.supervised_by)",
            "(body.roles, body.state)",
        ),
        SUPERVISION,
    ),
    mutant(
        "a note is signed before its session",
        NOTES + "signatures.py",
        "sign_note",
        Skip("took_place"),
        TIMES,
    ),
    mutant(
        "a note is signed in the middle of its session",
        NOTES + "rules.py",
        "took_place",
        Replace("state is not SessionState.IN_PROGRESS", "True"),
        TIMES,
    ),
    mutant(
        "a session that is over changes without a reason",
        SESSIONS + "corrections.py",
        "of_correction",
        Skip("SessionClosed"),
        CORRECTIONS,
    ),
    mutant(
        "the version before a change is not kept",
        SESSIONS + "service.py",
        "revise_session",
        Skip("INSERT_VERSION"),
        CORRECTIONS,
    ),
    mutant(
        "a correction completes what completing would refuse",
        SESSIONS + "corrections.py",
        "of_correction",
        Skip("check_complete"),
        CORRECTIONS,
    ),
    mutant(
        "a correction is told as any change",
        SESSIONS + "service.py",
        "update_session",
        Replace("operations.CORRECTED if is_correction else None", "None"),
        CORRECTIONS,
    ),
    mutant(
        "the times of a session are set while it is open",
        SESSIONS + "service.py",
        "update_session",
        Skip("check_is_no_correction"),
        CORRECTIONS,
    ),
)
