"""Protections of the change feed: it tells nobody of a thing they could not see, and forgets none that they could."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

FEED = "tests/resources/delivery/test_changes.py"
TAKEN_BACK = "tests/resources/delivery/test_taken_back.py"
AUDIENCES = "tests/resources/delivery/test_feed_audiences.py"
CURSORS = "tests/resources/delivery/test_feed_cursors.py"
SEALS = "tests/ledger/test_seal.py"
_STATEMENTS = "resources/delivery/changes/statements.py"
_SERVICE = "resources/delivery/changes/service.py"
_OPENED_BY_ITSELF = ("_opening.c.id == _member.c.id", "_opening.c.thing_id == _member.c.patient_id")
_UNSHARE = 'work.revise(sql.UNSHARE_REFLECTION, changed, {"monitoring": told}, StartAgain'
_TOLD_AFTER_ALONE = (f"{_UNSHARE}, row)", f"{_UNSHARE})")

FEEDING = (
    mutant("who asks again waits", _SERVICE, "list_changes", Skip("ask"), FEED),
    mutant(
        "what stays hidden has news",
        "ledger/change_statements.py",
        "_stays",
        Replace("sa.or_(_is_early, sa.and_(_hides, _is_taken_back, _is_not_over))", "_is_early"),
        TAKEN_BACK,
    ),
    mutant(
        "what was seen by time alone is not told as gone",
        "ledger/change_statements.py",
        "_stays",
        Replace("sa.and_(_hides, _is_taken_back, _is_not_over)", "sa.and_(_hides, _is_taken_back)"),
        TAKEN_BACK,
    ),
    mutant(
        "time undoes what a step has put off",
        "ledger/change_statements.py",
        "_is_early",
        Replace("sa.and_(_IS_OF_TIME, _is_not_over)", "sa.and_(_IS_OF_TIME, sa.false())"),
        TAKEN_BACK,
    ),
    mutant(
        "what is put off in one batch is never due",
        "ledger/changes.py",
        "Told._kept",
        Replace("later.due_at", "None"),
        TAKEN_BACK,
    ),
    mutant(
        "a long pass of the sealer never rests",
        "ledger/sealer.py",
        "Sealer._seal",
        Replace("self.is_resting", "False"),
        "tests/ledger/test_sealing_window.py",
    ),
    mutant("what is private is told as changed", _STATEMENTS, "_change", Drop("_may_read"), FEED),
    mutant("a removal is told from before the chart opened", _STATEMENTS, "_could_see", Drop("opened"), AUDIENCES),
    mutant("a first answer tells of removals", _STATEMENTS, "_could_see", Drop("_SINCE"), AUDIENCES),
    mutant("what nobody could see yet is told as gone", _STATEMENTS, "_could_see", Drop("visible_from"), FEED),
    mutant("another's draft is told as gone", _STATEMENTS, "_could_see", Drop("DRAFTS"), AUDIENCES),
    mutant("a supervisor is told of drafts of answers", _STATEMENTS, "_of_others", Drop("NOTE"), AUDIENCES),
    mutant("a supervisor is told of drafts of plans", _STATEMENTS, "_of_others", Drop("is_left"), AUDIENCES),
    mutant("a chart's channels outlive the membership", _STATEMENTS, "_charts", Drop("is_granted_now"), FEED),
    mutant(
        "a chart is told of before it has opened",
        _STATEMENTS,
        "_charts",
        Replace(*_OPENED_BY_ITSELF),
        AUDIENCES,
    ),
    mutant("the clinic's admins are told to everybody", _STATEMENTS, "_channels", Drop("_IS_ADMIN"), AUDIENCES),
    mutant("a new supervisor goes on as before", _SERVICE, "list_changes", Skip("AUDIENCE"), AUDIENCES),
    mutant("a cursor of another history leads on", _SERVICE, "check_cursor", Drop("HEAD_BYTES"), CURSORS),
    mutant("a cursor of another access leads on", _SERVICE, "check_cursor", Drop("epoch"), CURSORS),
    mutant("a cursor is good for ever", _SERVICE, "check_cursor", Drop("MAX_CURSOR_AGE"), CURSORS),
    mutant("a cursor is not signed", "resources/delivery/changes/cursors.py", "read", Skip("compare_digest"), FEED),
    mutant("reading the feed leaves no trace", _SERVICE, "_record", Skip("CHANGES_LISTED", "items"), CURSORS),
    mutant("an empty answer leaves a row", _SERVICE, "_record", Replace("items", "True"), CURSORS),
    mutant("what was taken back is released", "ledger/due.py", "_changed", Replace("NEVER", "row.visible_from"), FEED),
    mutant("nobody is told what time has changed", "ledger/due.py", "record_due", Skip("apply"), FEED),
    mutant(
        "the team is not told that an entry was taken back",
        "resources/journal/reflections/submissions.py",
        "unshare_reflection",
        Replace(*_TOLD_AFTER_ALONE),
        FEED,
    ),
    mutant(
        "a draft is told to the team",
        "resources/journal/notes/reader_statements.py",
        "audience",
        Replace("Channel.DRAFTS", "Channel.TEAM"),
        AUDIENCES,
    ),
    mutant(
        "a change may be told to nobody",
        "access/audience.py",
        "Telling.write",
        Skip("_must_be_told"),
        "tests/access/test_audience.py",
    ),
    mutant("a column is filled in after it was sealed", "ledger/seal.py", "row_bytes", Skip("NotCanonical"), SEALS),
    mutant(
        "a poll begins at the head of another moment",
        _SERVICE,
        "list_changes",
        Replace("shown[-1].sequence if has_more else end", "end"),
        AUDIENCES,
    ),
)
