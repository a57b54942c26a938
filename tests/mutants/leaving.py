"""Protections of what outlasts a person: licences, drafts that a leaver began, and charts under a legal hold."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

LICENCES = "tests/resources/journal/test_licences.py"
NOTE_LEAVERS = "tests/resources/journal/test_note_leavers.py"
PLAN_LEAVERS = "tests/resources/journal/test_plan_leavers.py"
NOTES, PLANS = "resources/journal/notes/", "resources/journal/plans/"

LEAVING = (
    mutant("an ended licence signs", NOTES + "signatures.py", "sign_note", Skip("check_licence"), LICENCES),
    mutant("an ended licence co-signs", NOTES + "signatures.py", "cosign_note", Skip("check_licence"), LICENCES),
    mutant("an ended licence amends", NOTES + "amendments.py", "amend_note", Skip("check_licence"), LICENCES),
    mutant("an ended licence adds", NOTES + "amendments.py", "add_note_addendum", Skip("check_licence"), LICENCES),
    mutant(
        "a supervisee adds to the record alone",
        NOTES + "amendments.py",
        "add_note_addendum",
        Skip("CosignedNote"),
        "tests/resources/journal/test_note_supervision.py",
    ),
    mutant(
        "a licence ends with the day in UTC",
        "resources/people/accounts/licences.py",
        "check_licence",
        Replace("work.now.astimezone(zone).date()", "work.now.date()"),
        LICENCES,
    ),
    mutant(
        "a successor reads plan drafts while their author is there",
        PLANS + "statements.py",
        "_is_left",
        Drop("is_gone"),
        PLAN_LEAVERS,
    ),
    mutant(
        "a colleague reads the plan drafts of any leaver",
        PLANS + "statements.py",
        "_is_successor",
        Replace("_staff_author(table).where(_authors.c.successor_id == _ACTOR_ID)", "_staff_author(table)"),
        PLAN_LEAVERS,
    ),
    mutant(
        "a supervisor of no chart reads the plan drafts of any leaver",
        PLANS + "statements.py",
        "readable",
        Drop("supervises"),
        PLAN_LEAVERS,
    ),
    mutant(
        "a supervisor reads the plan drafts of patients",
        PLANS + "statements.py",
        "_staff_author",
        Drop("is_", "patient_id"),
        PLAN_LEAVERS,
    ),
    mutant(
        "a supervisor changes the plan drafts of any leaver",
        PLANS + "steps.py",
        "check_step",
        Skip("NotYourDraft"),
        PLAN_LEAVERS,
    ),
    mutant(
        "a supervisor is offered to change the plan drafts of any leaver",
        PLANS + "steps.py",
        "allowed_actions",
        Replace("not row.is_writable", "False"),
        PLAN_LEAVERS,
    ),
    mutant(
        "a plan draft is changed by whoever reads it",
        PLANS + "statements.py",
        "writable",
        Replace("_is_left(table, _is_successor(table))", "readable(table)"),
        PLAN_LEAVERS,
    ),
    mutant(
        "a supervisor in an emergency reads the drafts of leavers",
        NOTES + "reader_statements.py",
        "supervises",
        Drop("basis"),
        PLAN_LEAVERS,
    ),
    mutant(
        "an author without a role that writes notes counts as there",
        NOTES + "reader_statements.py",
        "is_gone",
        Replace("_leavers.c.roles != roles", "sa.true()"),
        NOTE_LEAVERS,
    ),
    mutant(
        "what waits for somebody who loses a role stays with them",
        "resources/people/accounts/colleagues.py",
        "hand_over",
        Replace("is_disabled or (_is_clinician(before) and not _is_clinician(after))", "is_disabled"),
        NOTE_LEAVERS,
    ),
    mutant(
        "a successor who is named after a loss of roles gets nothing",
        "resources/people/accounts/colleagues.py",
        "hand_over",
        Replace("is_disabled or not _is_clinician(after)", "is_disabled"),
        NOTE_LEAVERS,
    ),
    mutant(
        "a patient deletes from a chart under a legal hold",
        "resources/journal/reflections/service.py",
        "delete_reflection",
        Skip("OnHold"),
        "tests/resources/journal/test_reflections.py",
    ),
    mutant(
        "a hold that comes while a patient deletes is too late",
        "resources/journal/reflections/statements.py",
        "DELETE_REFLECTION",
        Drop("_is_not_held"),
        "tests/resources/journal/test_reflections.py",
    ),
)
