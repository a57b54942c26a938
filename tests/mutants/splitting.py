"""Protections of split care."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_ROOM, _OF = "resources/journal/split_care/", "tests/resources/journal/test_split_care.py"

SPLITTING = (
    *(
        mutant(f"split care shows {what}", _ROOM + "outside_statements.py", "shows_now", Drop(name), _OF)
        for what, name in {
            "another's agreement": "_ACTOR_ID",
            "what was ended": "ended_at",
            "what has not begun": "valid_from",
            "what has run out": "valid_until",
            "what was consented to before": "_consented",
            "a patient who permits no sharing": "permits",
            "the chart of a prescriber who left": "_has_prescriber",
        }.items()
    ),
    mutant(
        "split care shows a withheld note",
        _ROOM + "outside_statements.py",
        "_is_shown",
        Drop("sharing", "withheld_until"),
        _OF,
    ),
    mutant(
        "split care shows the notes of others",
        _ROOM + "outside_statements.py",
        "_is_shown",
        Drop("author_id"),
        _OF,
    ),
    mutant(
        "split care shows drafts",
        _ROOM + "outside_statements.py",
        "_is_shown",
        Drop("in_states"),
        _OF,
    ),
    mutant(
        "split care shows earlier visits",
        _ROOM + "outside_statements.py",
        "_is_shown",
        Drop("happened_at", "valid_from"),
        _OF,
    ),
    mutant(
        "split care plans by a withdrawn order",
        _ROOM + "outside_statements.py",
        "SHARED_ORDERS",
        Drop("withdrawn_at"),
        _OF,
    ),
    mutant(
        "split care shows notes that are not shared",
        _ROOM + "shared_care.py",
        "read_shared_care",
        Replace(
            "[_visit(one, addenda) for one in notes] if SharedPart.VISIT_NOTES in shared else None",
            "[_visit(one, addenda) for one in notes]",
        ),
        _OF,
    ),
    mutant(
        "a prescriber by emergency agrees to split care",
        _ROOM + "service.py",
        "create_split_care",
        Skip("check_prescriber"),
        _OF,
    ),
    mutant(
        "any consent will do for split care",
        _ROOM + "service.py",
        "create_split_care",
        Replace("consent.purpose is not ConsentPurpose.SHARING or consent.withdrawn_at is not None", "False"),
        _OF,
    ),
    mutant(
        "the consent of another patient will do for split care",
        _ROOM + "service.py",
        "create_split_care",
        Skip("not_found"),
        _OF,
    ),
    mutant(
        "split care begins before its consent",
        _ROOM + "service.py",
        "create_split_care",
        Replace("body.valid_from < consent.signed_at", "False"),
        _OF,
    ),
    mutant(
        "split care leaves out the statement of disagreement",
        _ROOM + "shared_care.py",
        "_visit",
        Replace("disagreements(note.disagreements)", "[]"),
        _OF,
    ),
    mutant(
        "split care gives a note the addenda of others",
        _ROOM + "shared_care.py",
        "_visit",
        Replace("one.note_id == note.id", "True"),
        _OF,
    ),
    *(
        mutant(
            f"an agreement with other {column} opens",
            _ROOM + "tables.py",
            "_BOUND",
            Drop(column),
            _OF,
        )
        for column in ("shares", "consent_id")
    ),
    mutant(
        "a prescriber learns which account is a patient's",
        "resources/people/accounts/service.py",
        "load_staff",
        Skip("NotFound"),
        _OF,
    ),
    mutant(
        "split care is shown to staff of the clinic",
        _ROOM + "service.py",
        "_check_outside",
        Skip("Invalid"),
        _OF,
    ),
    mutant(
        "an outside therapist has a second role",
        "resources/people/accounts/schemas.py",
        "_alone_if_outside",
        Skip("ValueError"),
        _OF,
    ),
    mutant(
        "an outside therapist counts as everybody",
        "access/operations.py",
        "_PEOPLE",
        Replace("role not in (Role.SERVICE, Role.OUTSIDE_THERAPIST)", "role is not Role.SERVICE"),
        _OF,
    ),
)
