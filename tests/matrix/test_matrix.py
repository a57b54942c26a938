"""Every operation x everybody x every relation: what was told is what was decided, and never more than the policy."""

import pytest

from integration_api.access.actor import Role
from integration_api.access.operations import Relation
from tests.matrix.asking import CASES, Case
from tests.matrix.cast import AUTHOR, Cell
from tests.matrix.conftest import Asked
from tests.matrix.table import PATH, parse, render

pytestmark = pytest.mark.thorough

STRANGERS = {"other", "ended", "elsewhere"}
REFUSED_TO_SOME = {
    ("create_invitation", "therapist"): "invites patients, not staff",
    ("create_invitation", "prescriber"): "invites patients, not staff",
    ("create_invitation", "author"): "invites patients, not staff",
    ("create_invitation", "service"): "invites patients, not staff",
    ("create_password_reset", "therapist"): "lets patients set a new password, not staff",
    ("create_password_reset", "prescriber"): "lets patients set a new password, not staff",
    ("create_password_reset", "author"): "lets patients set a new password, not staff",
}
"""Where a role is in the policy and yet refused with 403: (case, identity), and why."""

ON_THE_TEAM_ALONE = {
    "create_invitation (patient)",
    "update_patient",
    "update_patient (name)",
    "add_care_team_member",
    "end_care_team_member",
    "create_psychotherapy_note",
    "create_order",
    "create_split_care",
    "release_dose_hold",
    "decide_refill",
    "record_consent",
    "create_capture_link",
    "deny_record_request",
    "extend_record_request",
    "create_record_copy",
    "fulfil_record_request",
    *(f"{step}_shared_summary" for step in ("create", "update", "endorse", "unendorse", "withdraw")),
    "create_shared_summary (by the patient)",
}
"""An emergency opens none: memberships, the patient's sign-in, notes of their author alone, orders and releases.

Nor does it decide on refills, record what a patient signed on paper, or issue a link that writes as the patient. It
answers no request for a copy of the record, and is no side of a shared summary.
"""

DECIDED_BY_A_PRESCRIBER = {"update_readiness_check"}
"""Its body has answers that are a prescriber's to give, which they may not by emergency access."""

OF_ITS_AUTHOR = {
    "read_psychotherapy_note",
    "sign_psychotherapy_note",
    "list_psychotherapy_note_grants",
    "add_psychotherapy_note_grant",
    "revoke_psychotherapy_note_grant",
    "delete_notification_channel",
}
"""Operations that are asked of a thing that this author made; `update` and `delete` of notes are of another's."""

OF_ITS_PATIENT = {"read_safeguarding_report", "read_safeguarding_report (as the lead)"}
"""Things of the account of the chart's patient, who sent them: nobody else finds one by a role or a care team."""

OF_THE_CLINIC = {"sign_consent"}
"""Patients do these to their own chart, whichever it is, with a thing that is their whole clinic's."""

OF_THEIR_OWN_CLINIC = {"designate_safeguarding"}
"""Done to the clinic of whoever asks, whose version is compared before anybody who is named is looked for."""

WITHOUT_A_LICENCE = {("create_psychotherapy_note", "prescriber")}
"""The role allows these, and the credential of this identity does not: (case, identity)."""

MADE_BY_SOME = {"read_calendar"}
"""Some people have one; the others are told that they have none."""

OF_ONE_ACCOUNT = {"complete_task"}
"""Each of a care team has a task of their own: nobody finds that of another, whatever their role is granted."""


async def test_the_answers_are_the_committed_ones(everybody_asked: Asked) -> None:
    """An operation or role that nobody has decided on is as wrong as an answer that has changed: `make matrix`."""
    decided, told = parse(PATH.read_text("utf-8")), everybody_asked.told
    assert [str(cell) for cell in told if cell not in decided] == [], "undecided"
    assert [str(cell) for cell in decided if cell not in told] == [], "not asked for any more"
    changed = {str(cell): f"{decided[cell]} -> {answer}" for cell, answer in told.items() if decided[cell] != answer}
    assert changed == {}
    assert render(told) == PATH.read_text("utf-8")


async def test_nobody_is_told_nothing(everybody_asked: Asked) -> None:
    told = {name: answer for (name, cell), answer in everybody_asked.told.items() if cell is None}
    assert set(told) == {case.name for case in CASES if case.name in everybody_asked.names_a_thing}
    assert {name: answer for name, answer in told.items() if answer != ("ok" if Case(name).is_public else "401")} == {}


async def test_no_answer_allows_more_or_less_than_the_policy(everybody_asked: Asked) -> None:
    """What the committed table can never decide: it is worked out from the policy alone."""
    wrong = [
        f"{name} as {cell.identity.name}, {cell.relation}: {answer}, and may be {' or '.join(sorted(allowed))}"
        for (name, cell), answer in everybody_asked.told.items()
        if cell is not None
        for allowed in [expected(everybody_asked, name, cell)]
        if answer not in allowed
    ]
    assert wrong == []


def expected(everybody_asked: Asked, name: str, cell: Cell) -> set[str]:
    """The answers that the policy leaves open."""
    identity, relation = cell
    row = Case(name).route.operation.who
    granted = {row[role] for role in identity.roles if role in row}
    if relation == "ended" and identity.team_role is None:
        return {"401"}
    if not granted or (name, identity.name) in REFUSED_TO_SOME:
        return {"403", "404"} if relation == "elsewhere" and (name, identity.name) in REFUSED_TO_SOME else {"403"}
    if not everybody_asked.names_a_thing[name]:
        return {"ok", "404"} if name in MADE_BY_SOME else {"ok"}
    is_theirs = identity is AUTHOR and Case(name).route.name in OF_ITS_AUTHOR
    is_sender = name in OF_ITS_PATIENT and Role.PATIENT in identity.roles and relation == "own"
    is_in_clinic = name in OF_THE_CLINIC and relation != "elsewhere"
    if is_theirs or is_sender or is_in_clinic or name in OF_THEIR_OWN_CLINIC:
        return {"ok"}
    is_of_one_account = name in OF_ONE_ACCOUNT and identity is not AUTHOR
    if Relation.SELF in granted or is_of_one_account:  # a thing of somebody else's own account
        return {"404"}
    return of_a_chart(name, cell, granted)


def of_a_chart(name: str, cell: Cell, granted: set[Relation]) -> set[str]:
    relation = cell.relation
    if relation == "elsewhere" or (relation in STRANGERS and Relation.CLINIC not in granted):
        return {"404"}
    return to_own_chart(name, cell, granted)


OF_WHO_HAS_LEFT = {"enter_note_in_error", "set_note_sharing"}
"""Operations of a supervisor on a note whose signer has left. The signer of this note has not."""
BEGUN_ALONE = {
    "update_plan (private)",
    *("add_attachment_part", "complete_attachment", "delete_attachment"),
    *("update_measure_response", "complete_measure_response", "delete_measure_response"),
}
"""Drafts that nobody sees but who began them, however close they are to the chart."""
SENT_BY_THE_PATIENT = {f"{name} (by the patient)" for name in BEGUN_ALONE if "plan" not in name}
"""The same of the patient's own entries."""


def to_own_chart(name: str, cell: Cell, granted: set[Relation]) -> set[str]:
    if (name, cell.identity.name) in WITHOUT_A_LICENCE:
        return {"403"}
    if name in BEGUN_ALONE | SENT_BY_THE_PATIENT:
        is_by_patient = name in SENT_BY_THE_PATIENT
        is_theirs = Role.PATIENT in cell.identity.roles if is_by_patient else cell.identity is AUTHOR
        return {"ok"} if is_theirs else {"404"}
    if name in OF_WHO_HAS_LEFT and Role.SUPERVISOR in cell.identity.roles:
        return {"403"}
    if Relation.AUTHOR in granted and cell.identity is not AUTHOR:
        return {"403", "404"}
    if name in DECIDED_BY_A_PRESCRIBER and cell.relation == "emergency" and Role.PRESCRIBER in cell.identity.roles:
        return {"403"}
    is_managing = cell.relation == "emergency" and name in ON_THE_TEAM_ALONE and Relation.CLINIC not in granted
    return {"403"} if is_managing else {"ok"}


async def test_every_explanation_is_needed(everybody_asked: Asked) -> None:
    for name, who in REFUSED_TO_SOME:
        answers = {a for (n, c), a in everybody_asked.told.items() if c and (n, c.identity.name) == (name, who)}
        assert "403" in answers, (name, who)
