"""Rules of notes, without a database."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.resources.journal.notes.layouts import LAYOUTS, SECTIONS, missing_sections
from integration_api.resources.journal.notes.rules import (
    STEPS,
    NoteStep,
    allowed_actions,
    content_sha256,
    fits_of,
    is_late,
    is_withheld,
    service_at,
    text_sha256,
)
from integration_api.resources.journal.notes.tables import NoteFormat, NoteState, SharingState

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DRAFT, PENDING, SIGNED, AMENDED, IN_ERROR, _FILED = NoteState
UPDATE, DELETE, SIGN, COSIGN, RETURN, ADD_ADDENDUM, AMEND, ENTER_IN_ERROR, SET_SHARING, _FILE, DISAGREE = NoteStep
IDS = {
    "note_id": UUID("019ab0de-0000-7000-8000-000000000001"),
    "session_id": UUID("019ab0de-0000-7000-8000-000000000002"),
    "patient_id": UUID("019ab0de-0000-7000-8000-000000000003"),
    "author_id": UUID("019ab0de-0000-7000-8000-000000000004"),
}


def test_every_format_has_sections_and_most_a_plan() -> None:
    assert {*SECTIONS, NoteFormat.TEMPLATE} == set(NoteFormat)
    assert all(len(keys) == len(set(keys)) >= 1 for keys in SECTIONS.values())
    assert [note_format for note_format, keys in SECTIONS.items() if "plan" not in keys] == [NoteFormat.NARRATIVE]


def test_missing_sections_are_named_in_the_order_of_the_format() -> None:
    assert missing_sections(LAYOUTS[NoteFormat.SOAP], {}) == ["subjective", "objective", "assessment", "plan"]
    assert missing_sections(LAYOUTS[NoteFormat.SOAP], {"plan": " \n\t", "objective": "x"}) == [
        "subjective",
        "assessment",
        "plan",
    ]
    assert missing_sections(LAYOUTS[NoteFormat.NARRATIVE], {"narrative": "x"}) == []


def test_the_hash_is_over_the_bytes_that_its_recipe_says() -> None:
    canonical = (
        '{"author_id":"019ab0de-0000-7000-8000-000000000004","format":"dap",'
        '"id":"019ab0de-0000-7000-8000-000000000001","patient_id":"019ab0de-0000-7000-8000-000000000003",'
        '"sections":{"assessment":"ruhig, \u201eklar\u201c","data":"a\\n\\"b\\"","plan":"\U0001f331"},'
        '"session_id":"019ab0de-0000-7000-8000-000000000002"}'
    )
    found = content_sha256(
        **IDS,
        note_format=NoteFormat.DAP,
        sections={"plan": "\U0001f331", "data": 'a\n"b"', "assessment": "ruhig, \u201eklar\u201c"},
    )
    assert found == hashlib.sha256(canonical.encode("utf-8")).hexdigest()
    assert text_sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("changed", [*IDS, "format", "section", "space", "composition"])
def test_the_hash_changes_with_each_part(changed: str) -> None:
    sections = {"data": "caf\u00e9", "plan": "x"}
    other = {
        "section": {"data": "x", "plan": "caf\u00e9"},
        "space": {"data": "caf\u00e9", "plan": "x "},
        "composition": {"data": "cafe\u0301", "plan": "x"},
    }
    ids = IDS | ({changed: UUID(int=7)} if changed in IDS else {})
    note_format = NoteFormat.SOAP if changed == "format" else NoteFormat.DAP
    one = content_sha256(**IDS, note_format=NoteFormat.DAP, sections=sections)
    assert content_sha256(**ids, note_format=note_format, sections=other.get(changed, sections)) != one
    assert content_sha256(**IDS, note_format=NoteFormat.DAP, sections=dict(reversed(sections.items()))) == one


def test_lateness_counts_from_the_end_as_far_as_it_is_known() -> None:
    start, planned_end, end = NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    assert service_at(end, planned_end, start) == end
    assert service_at(None, planned_end, start) == planned_end
    assert service_at(None, None, start) == start


def test_late_begins_after_the_last_hour() -> None:
    assert not is_late(NOON, NOON + timedelta(hours=72), 72)
    assert is_late(NOON, NOON + timedelta(hours=72, microseconds=1), 72)
    assert not is_late(NOON, NOON - timedelta(days=1), 0)


def test_withholding_ends_by_itself() -> None:
    assert is_withheld(SharingState.WITHHELD, NOON, NOON - timedelta(microseconds=1))
    assert not is_withheld(SharingState.WITHHELD, NOON, NOON)
    assert not is_withheld(SharingState.SHARED, None, NOON)


@pytest.mark.parametrize(
    ("state", "is_author", "roles", "allowed"),
    [
        (DRAFT, True, (Role.THERAPIST,), [UPDATE, DELETE, SIGN, SET_SHARING]),
        (DRAFT, False, (Role.SUPERVISOR,), []),
        (PENDING, True, (Role.PRESCRIBER,), [SET_SHARING]),
        (PENDING, False, (Role.SUPERVISOR,), [COSIGN, RETURN]),
        (PENDING, True, (Role.THERAPIST, Role.SUPERVISOR), [SET_SHARING]),
        (SIGNED, True, (Role.THERAPIST,), [ADD_ADDENDUM, AMEND, ENTER_IN_ERROR, SET_SHARING]),
        (AMENDED, True, (Role.THERAPIST,), [ADD_ADDENDUM, AMEND, ENTER_IN_ERROR, SET_SHARING]),
        (SIGNED, False, (Role.THERAPIST,), [ADD_ADDENDUM]),
        (SIGNED, False, (Role.SUPERVISOR,), [ADD_ADDENDUM]),
        (SIGNED, False, (Role.PATIENT,), [DISAGREE]),
        (SIGNED, True, (Role.AUDITOR,), []),
        (IN_ERROR, True, (Role.THERAPIST,), []),
        (IN_ERROR, False, (Role.SUPERVISOR,), []),
    ],
)
def test_what_may_be_done(
    state: NoteState, *, is_author: bool, roles: tuple[Role, ...], allowed: list[NoteStep]
) -> None:
    fits = fits_of(is_mine=is_author, is_author=is_author, is_left=False)
    assert (
        list(allowed_actions(state, fits=fits, is_cosigned=False, is_supervised=False, is_licensed=True, roles=roles))
        == allowed
    )


def test_nothing_changes_content_after_signing_but_an_amendment() -> None:
    signed = set(NoteState) - {DRAFT}
    assert not any(STEPS[step].states & signed for step in (UPDATE, DELETE, SIGN))
