"""Protections of psychotherapy notes."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

ROOM, TESTS = "resources/journal/psychotherapy_notes/", "tests/resources/journal/test_psychotherapy_"
NOTES, GRANTS, SWEEP = (f"{TESTS}{name}.py" for name in ("notes", "grants", "sweep"))

CONFIDING = (
    mutant(
        "the feed tells of a psychotherapy note that is no longer granted",
        ROOM + "statements.py",
        "readable",
        Replace("notes.c.author_id == _ACTOR_ID", "sa.true()"),
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
        "_check_supervisor",
        Replace("Role.SUPERVISOR not in account.roles", "False"),
        GRANTS,
    ),
    mutant(
        "a grant that was moved to another account in the database opens a note",
        ROOM + "service.py",
        "read_psychotherapy_note",
        Skip("check_terms"),
        GRANTS,
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
