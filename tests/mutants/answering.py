"""Protections of the record: the readers of drafts, the time of signing, and corrections."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

SUPERVISION = "tests/resources/journal/test_note_supervision.py"
TIMES = "tests/resources/journal/test_note_times.py"
CORRECTIONS = "tests/resources/care/test_session_corrections.py"
SESSIONS = "resources/care/sessions/"
LEAVERS = "tests/resources/journal/test_note_leavers.py"
SHARING = "tests/resources/journal/test_note_sharing.py"
NOTES = "resources/journal/notes/"

ANSWERING = (
    mutant(
        "every supervisor reads every draft",
        NOTES + "reader_statements.py",
        "_supervises_author",
        Drop("supervised_by", "_ACTOR_ID"),
        SUPERVISION,
    ),
    mutant(
        "who is no supervisor any more reads drafts on",
        NOTES + "reader_statements.py",
        "_supervises_author",
        Drop("_IS_SUPERVISOR"),
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
        "resources/people/accounts/colleagues.py",
        "check_colleagues",
        Skip("check_supervisor"),
        SUPERVISION,
    ),
    mutant(
        "an admin ends their own supervision",
        "resources/people/accounts/service.py",
        "update_account",
        Replace(
            "(body.roles, body.state, body.supervised_by, body.successor_id)",
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
        "keep_version",
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
    mutant(
        "a successor reads drafts while their author is there",
        NOTES + "reader_statements.py",
        "_succeeds",
        Drop("is_gone"),
        LEAVERS,
    ),
    mutant(
        "a colleague reads the drafts of any leaver",
        NOTES + "reader_statements.py",
        "_succeeds",
        Drop("successor_id", "_ACTOR_ID"),
        LEAVERS,
    ),
    mutant(
        "a supervisor sets right what somebody present signed",
        NOTES + "reader_statements.py",
        "is_left",
        Drop("is_gone"),
        LEAVERS,
    ),
    mutant(
        "a successor signs as the author",
        NOTES + "signatures.py",
        "author_signature",
        Replace("ATTESTATION if row.author_id == account.id else SUCCESSOR_ATTESTATION", "ATTESTATION"),
        LEAVERS,
    ),
    mutant(
        "a successor's note is not late",
        NOTES + "signatures.py",
        "sign_note",
        Replace("row.author_id != work.actor.id", "False"),
        LEAVERS,
    ),
    mutant(
        "a successor deletes a draft",
        NOTES + "rules.py",
        "STEPS",
        Replace("By.WRITER", "By.AUTHOR"),
        LEAVERS,
    ),
    mutant(
        "what a leaver has to sign waits for nobody",
        "resources/attention/worklist/service.py",
        "leave_team",
        Skip("_leave_drafts"),
        LEAVERS,
    ),
    mutant(
        "everybody sees what waits for somebody else",
        "resources/attention/worklist/operations.py",
        "READ_LEFT_WORKLIST",
        Replace("ADMINS", "ADMINS | TEAM"),
        LEAVERS,
    ),
    mutant(
        "anybody can be named as a successor",
        "resources/people/accounts/colleagues.py",
        "check_colleagues",
        Skip("check_successor"),
        LEAVERS,
    ),
    mutant(
        "withholding has no end that anybody would see",
        NOTES + "amendments.py",
        "_put_up_for_review",
        Skip("Invalid"),
        SHARING,
    ),
    mutant(
        "withholding is put up for review by nobody",
        NOTES + "amendments.py",
        "_put_up_for_review",
        Skip("open_for_team"),
        SHARING,
    ),
)
