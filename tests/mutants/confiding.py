"""Protections of psychotherapy notes."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

ROOM, TESTS = "resources/journal/psychotherapy_notes/", "tests/resources/journal/test_psychotherapy_"
NOTES, GRANTS, SWEEP, FORGERIES = (f"{TESTS}{name}.py" for name in ("notes", "grants", "sweep", "forgeries"))

CONFIDING = (
    mutant(
        "the feed tells of a psychotherapy note that is no longer granted",
        ROOM + "statements.py",
        "readable",
        Replace("notes.c.author_id == _ACTOR_ID", "sa.true()"),
        GRANTS,
    ),
    mutant(
        "who is a supervisor no more reads what was granted",
        ROOM + "statements.py",
        "granted",
        Replace("_IS_SUPERVISOR", "sa.true()"),
        GRANTS,
    ),
    mutant(
        "psychotherapy notes of others are listed",
        ROOM + "statements.py",
        "mine",
        Replace("table.c.author_id == _ACTOR_ID", "sa.true()"),
        SWEEP,
    ),
    mutant(
        "a psychotherapy note of another can be changed",
        ROOM + "statements.py",
        "READ_OWN",
        Replace("_notes.c.author_id == _ACTOR_ID", "sa.true()"),
        SWEEP,
    ),
    mutant("a grant that was revoked opens a note", ROOM + "statements.py", "stands", Drop("revoked_at"), GRANTS),
    mutant("a grant that has ended opens a note", ROOM + "statements.py", "stands", Drop("_NOW"), GRANTS),
    mutant(
        "what is granted to another is listed",
        ROOM + "statements.py",
        "LIST_GRANTED",
        Replace("_grants.c.account_id == _ACTOR_ID", "sa.true()"),
        SWEEP,
    ),
    mutant(
        "somebody with emergency access writes a psychotherapy note",
        ROOM + "service.py",
        "create_psychotherapy_note",
        Replace("not writer.is_member", "False"),
        NOTES,
    ),
    mutant(
        "somebody without a licence of mental health writes one",
        ROOM + "service.py",
        "_check_professional",
        Replace("not is_mental_health_credential(account.credential)", "False"),
        NOTES,
    ),
    mutant(
        "somebody whose licence has ended writes and signs one",
        ROOM + "service.py",
        "_check_professional",
        Skip("check_licence"),
        NOTES,
    ),
    mutant(
        "a psychotherapy note names a session of another patient",
        ROOM + "service.py",
        "create_psychotherapy_note",
        Replace("session.patient_id != patient_id", "False"),
        NOTES,
    ),
    mutant(
        "a signed psychotherapy note can be changed",
        ROOM + "service.py",
        "_load_draft",
        Replace("row.state is not PsychotherapyNoteState.DRAFT", "False"),
        NOTES,
    ),
    mutant(
        "a legal hold lets a psychotherapy note be deleted",
        ROOM + "service.py",
        "delete_psychotherapy_note",
        Replace("row.is_held", "False"),
        NOTES,
    ),
    mutant(
        "a legal hold lets a psychotherapy note be overwritten",
        ROOM + "service.py",
        "update_psychotherapy_note",
        Replace("row.is_held", "False"),
        NOTES,
    ),
    mutant(
        "a grant lasts as long as its author likes",
        ROOM + "permissions.py",
        "add_psychotherapy_note_grant",
        Replace("not is_possible_end(body.until, work.now)", "False"),
        GRANTS,
    ),
    mutant(
        "anybody of the staff can be granted a psychotherapy note",
        ROOM + "permissions.py",
        "_load_supervisor",
        Replace("Role.SUPERVISOR not in account.roles", "False"),
        GRANTS,
    ),
    *(
        mutant(f"{what} opens it", ROOM + "tables.py", inside, Drop(column), FORGERIES)
        for inside, column, what in (
            ("_NOTE_IS", "author_id", "a psychotherapy note moved to another author in the database"),
            ("_NOTE_IS", "patient_id", "a psychotherapy note moved to another patient in the database"),
            ("_NOTE_IS", "session_id", "a psychotherapy note moved to another session in the database"),
            ("_NOTE_IS", "signed_at", "a psychotherapy note whose signature was dated back in the database"),
            ("_GRANT_IS", "account_id", "a grant of a note moved to another account in the database"),
            ("_GRANT_IS", "ends_at", "a grant of a note prolonged in the database"),
            ("_GRANT_IS", "revoked_at", "a grant of a note reopened in the database"),
        )
    ),
    mutant("a forged grant is listed", ROOM + "statements.py", "_TERMS", Drop("terms"), FORGERIES),
    mutant(
        "what a disabled author granted is read", ROOM + "statements.py", "author_stands", Drop("is_active"), FORGERIES
    ),
    mutant(
        "what a disabled author granted is listed",
        ROOM + "statements.py",
        "LIST_GRANTED",
        Drop("author_stands"),
        FORGERIES,
    ),
    mutant(
        "who is a supervisor no more is granted a note",
        ROOM + "grant_statements.py",
        "_is_as_read",
        Drop("roles_before"),
        FORGERIES,
    ),
    mutant(
        "who is disabled meanwhile is granted a note",
        ROOM + "grant_statements.py",
        "_is_as_read",
        Drop("ACTIVE"),
        FORGERIES,
    ),
    mutant(
        "a note has more grants than twenty",
        ROOM + "grant_statements.py",
        "INSERT_GRANT",
        Drop("MAX_GRANTS"),
        FORGERIES,
    ),
    mutant(
        "who could read a note is not told of its erasure",
        "resources/oversight/retention/service.py",
        "erase_patient",
        Skip("tell_erased"),
        FORGERIES,
    ),
    mutant(
        "whose grant has ended is told of an erasure",
        ROOM + "grant_statements.py",
        "READERS_OF_CHART",
        Drop("stands"),
        FORGERIES,
    ),
    mutant(
        "who was granted a note is not told of its change",
        ROOM + "service.py",
        "_tell_grantees",
        Skip("tell"),
        GRANTS,
    ),
    mutant(
        "the key of a chart opens its psychotherapy notes",
        ROOM + "service.py",
        "create_psychotherapy_note",
        Replace("domain_of(work, patient_id)", "patient_id"),
        NOTES,
    ),
    mutant(
        "an erasure leaves the key of psychotherapy notes",
        "resources/oversight/retention/service.py",
        "_further_key_owners",
        Replace("(domain_of(work, row.id),)", "()"),
        NOTES,
    ),
    mutant(
        "psychotherapy notes outlast the chart's key",
        ROOM + "statements.py",
        "chart_stands",
        Replace("key_stands(_notes.c.patient_id)", "sa.true()"),
        NOTES,
    ),
    mutant(
        "the ledger shows that there is a psychotherapy note",
        "access/work.py",
        "Work.record",
        Replace("self.operation.is_confidential", "False"),
        SWEEP,
    ),
    mutant(
        "the ledger shows that a grant has ended",
        "ledger/due.py",
        "ledger_row",
        Replace("event in _PRIVATE", "False"),
        GRANTS,
    ),
    mutant(
        "a psychotherapy note is read without the chart's key",
        ROOM + "statements.py",
        "readable",
        Drop("key_stands"),
        NOTES,
    ),
)
