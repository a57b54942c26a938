"""Group sessions: nothing of one member's chart in another's, and no chart that the planner may not see."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_GROUPS, _NOTES = "resources/care/group_sessions/", "resources/journal/notes/"
_TEST = "tests/resources/care/test_group_sessions.py"

GROUPING = (
    mutant(
        "a group is seen by everybody of the clinic",
        _GROUPS + "statements.py",
        "READ_GROUP_SESSION",
        Drop("_is_seen"),
        _TEST,
    ),
    mutant(
        "groups are listed for everybody of the clinic",
        _GROUPS + "statements.py",
        "LIST_GROUP_SESSIONS",
        Drop("_is_seen"),
        _TEST,
    ),
    mutant(
        "a group has more members than it may",
        _GROUPS + "service.py",
        "add_group_member",
        Skip("GroupFull"),
        _TEST,
    ),
    mutant(
        "a cancelled session takes a place in its group",
        _GROUPS + "statements.py",
        "_group",
        Replace("_count(_stands)", "_count()"),
        _TEST,
    ),
    mutant(
        "members come and go without end",
        _GROUPS + "service.py",
        "add_group_member",
        Replace("row.standing_count >= MAX_MEMBERS or row.made_count >= MAX_MADE", "row.standing_count >= MAX_MEMBERS"),
        _TEST,
    ),
    mutant(
        "somebody is a member twice",
        _GROUPS + "service.py",
        "add_group_member",
        Skip("AlreadyMember"),
        _TEST,
    ),
    mutant(
        "a note names another member of the group",
        _GROUPS + "member_names.py",
        "check_names",
        Skip("NamesAnother"),
        _TEST,
    ),
    mutant(
        "a note of a group is signed without a look at names",
        _NOTES + "signatures.py",
        "sign_note",
        Skip("check_names"),
        _TEST,
    ),
    mutant(
        "a note of a group is amended without a look at names",
        _NOTES + "amendments.py",
        "amend_note",
        Skip("check_names"),
        _TEST,
    ),
    mutant(
        "an addendum names another member of the group",
        _NOTES + "amendments.py",
        "add_note_addendum",
        Skip("check_names"),
        _TEST,
    ),
    mutant(
        "a name of the own family is another's",
        _GROUPS + "rules.py",
        "naming",
        Replace("others - own", "others"),
        _TEST,
    ),
)
