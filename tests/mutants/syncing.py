"""Protections of offline work: batches, second drafts, ids that stay dead."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

SYNC, PHONES = "tests/resources/delivery/test_sync.py", "tests/resources/delivery/test_two_phones.py"
KEPT, DEAD = "tests/resources/journal/test_kept_drafts.py", "tests/resources/test_dead_ids.py"
REPLAYS = "tests/web/test_replays.py"
BATCH, NOTES = "resources/delivery/sync/", "resources/journal/notes/"
REFLECTIONS, TOMBSTONES = "resources/journal/reflections/", "access/tombstones.py"

SYNCING = (
    # ── batches ──
    mutant("an item goes on after one that failed", BATCH + "service.py", "_Done.blocks", Skip("after"), SYNC),
    mutant(
        "a foreseen version meets another's",
        BATCH + "service.py",
        "_Done._doubt",
        Skip("_unproven"),
        SYNC,
    ),
    mutant(
        "a foreseen version counts on what failed",
        BATCH + "service.py",
        "_Done.add",
        Replace('result.problem["code"] not in _NOT_THERE', 'result.problem["code"] in _CHANGED_ELSEWHERE'),
        SYNC,
    ),
    mutant(
        "a foreseen version counts on what was left out", BATCH + "service.py", "_Done.leave_out", Skip("_doubt"), SYNC
    ),
    mutant(
        "an id in capitals is another thing",
        BATCH + "dispatch.py",
        "thing_of",
        Replace("given[at].lower()", "given[at]"),
        SYNC,
    ),
    mutant("a batch has no end", BATCH + "service.py", "_obstacle", Skip("OUT_OF_TIME"), SYNC),
    mutant("results have no bound", BATCH + "service.py", "_obstacle", Replace("done.size", "0"), SYNC),
    mutant("a batch takes a key twice", BATCH + "service.py", "send_batch", Skip("Invalid"), SYNC),
    mutant("a batch of nobody is done", BATCH + "service.py", "send_batch", Skip("confirm"), SYNC),
    mutant("an item names any path", BATCH + "rules.py", "path_values", Replace("part != value", "False"), SYNC),
    mutant("whatever is asked keeps both", BATCH + "dispatch.py", "answer", Skip("not_taken"), SYNC),
    mutant(
        "an item takes the headers of its batch",
        BATCH + "dispatch.py",
        "_headers",
        Replace("name in _KEPT_HEADERS", "name != b'content-length'"),
        SYNC,
    ),
    mutant("an item has no key", BATCH + "dispatch.py", "_headers", Skip("key"), SYNC),
    # ── second drafts ──
    mutant(
        "a late text is told as kept and not stored",
        "access/exchange.py",
        "Exchange._run",
        Replace("not error.is_outcome", "True"),
        KEPT,
    ),
    mutant(
        "a late text is refused where another came between",
        REFLECTIONS + "kept_entries.py",
        "update_reflection",
        Drop("missed"),
        KEPT,
    ),
    mutant(
        "a late text is compared with a row of before",
        REFLECTIONS + "kept_entries.py",
        "update_reflection",
        Replace(
            "service.change_reflection(work, row, body, missed=StartAgain)",
            "service.update_reflection(work, reflection_id, body, expected_version)",
        ),
        KEPT,
    ),
    mutant(
        "a late note is compared with a row of before",
        NOTES + "kept_drafts.py",
        "update_note",
        Replace(
            "service.change_note(work, row, body, missed=StartAgain)",
            "service.update_note(work, note_id, body, expected_version)",
        ),
        KEPT,
    ),
    mutant(
        "a retry is told of a later version",
        "access/exchange.py",
        "Exchange._finish",
        Replace("work.has_changes or _VERSION in self.endpoint.header_names", "work.has_changes"),
        KEPT,
    ),
    mutant("an equal text is kept twice", REFLECTIONS + "kept_entries.py", "_says_the_same", Return("False"), KEPT),
    mutant(
        "an equal note is kept twice",
        NOTES + "kept_drafts.py",
        "update_note",
        Replace("row is not None and all((getattr(row, name) == value for name, value in given.items()))", "False"),
        KEPT,
    ),
    mutant("a reader keeps a note of another", NOTES + "kept_drafts.py", "update_note", Skip("check_fits"), KEPT),
    mutant(
        "a deleted note gives its text back",
        NOTES + "kept_drafts.py",
        "_deleted",
        Replace("{'sections': {}}", "{}"),
        KEPT,
    ),
    mutant(
        "a deleted note is for the whole team",
        NOTES + "statements.py",
        "READ_DELETED_NOTE",
        Replace("_notes.c.author_id == _ACTOR_ID", "_ACTOR_ID.is_not(None)"),
        KEPT,
    ),
    mutant(
        "two late texts have one draft",
        "access/rows.py",
        "kept_id",
        Replace("key", "0"),
        KEPT,
    ),
    mutant(
        "a dead id of any chart is told",
        TOMBSTONES,
        "READ_TOMBSTONE",
        Replace(
            "visible(_tombstones.c.patient_id)",
            "sa.or_(visible(_tombstones.c.patient_id), _tombstones.c.id.is_not(None))",
        ),
        DEAD,
    ),
    # ── dead ids ──
    mutant("a DELETE takes no key", "web/idempotency.py", "METHODS", Drop("DELETE"), REPLAYS),
    mutant("a dead reflection comes back", REFLECTIONS + "statements.py", "INSERT_REFLECTION", Drop("is_alive"), DEAD),
    mutant("a dead reply comes back", REFLECTIONS + "reply_statements.py", "INSERT_REPLY", Drop("is_alive"), DEAD),
    mutant(
        "a reply leaves no tombstone",
        REFLECTIONS + "service.py",
        "delete_reflection",
        Drop("BURY_REPLIES"),
        DEAD,
    ),
    *(
        mutant(f"{what} leaves no tombstone", path, inside, Skip("leave_tombstone"), DEAD)
        for what, path, inside in (
            ("a reflection", REFLECTIONS + "service.py", "delete_reflection"),
            ("a note", NOTES + "service.py", "delete_note"),
            ("a strategy", "resources/journal/plans/strategies.py", "remove_strategy"),
            ("a membership", "resources/people/patients/service.py", "end_care_team_member"),
        )
    ),
    mutant(
        "an id that is dead in one chart is told in another",
        TOMBSTONES,
        "is_alive",
        Replace("_tombstones.c.patient_id == sa.bindparam('patient_id', type_=sa.Uuid())", "sa.true()"),
        DEAD,
    ),
    mutant("a dead id is said to be taken", "access/work.py", "Work.apply", Skip("was_there", "Gone"), DEAD),
    mutant(
        "the migration forgets what was deleted",
        "../../alembic/versions/2026_11_29_03_sync.py",
        "upgrade",
        Skip("_GONE_REFLECTIONS"),
        DEAD,
    ),
)
