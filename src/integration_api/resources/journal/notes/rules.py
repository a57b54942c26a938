"""Rules of what a note holds, of who may do what with it when, and of what its signature is over."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from functools import lru_cache
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.operations import Operation
from integration_api.access.policy import grant
from integration_api.resources.care.sessions.tables import SessionState
from integration_api.resources.journal.notes import operations
from integration_api.resources.journal.notes.tables import NoteFormat, NoteState, SharingState

_OPERATIONS = {
    operation.action.partition(":")[2]: operation
    for operation in vars(operations).values()
    if isinstance(operation, Operation)
}
"""By the name of the step, such as `sign`."""

MAX_ADDENDA = 100
REVIEW_AHEAD = timedelta(days=14)
"""The time before its end at which withholding is put up for review. Source: clinical.md section 2.4, POLICY."""
ATTESTATION = "I wrote this note, and it is a true record of what I saw, heard and did."
SUCCESSOR_ATTESTATION = "I finish this note in the place of its author, who has left, and answer for it as it stands."
COSIGNER_ATTESTATION = "I have read this note as supervisor, and answer for it together with its author."


class SignedAs(StrEnum):
    """The capacity in which somebody signs a note."""

    AUTHOR = "author"
    COSIGNER = "cosigner"


class By(Enum):
    """Whose step it is, of those who see the note and whose role allows it."""

    AUTHOR = "who answers for it: the author, the signer, or the successor of an author who is gone"
    WRITER = "the author alone"
    AUTHOR_OR_LEFT = "who answers for it; if they are gone, a supervisor of the team"
    LEFT = "a supervisor of the team, if its author is gone"
    ANOTHER = "anybody but the author"
    ANYBODY = "the author or another"


class NoteStep(StrEnum):
    """The steps that a note can take; named after the Actions."""

    UPDATE = "update"
    DELETE = "delete"
    SIGN = "sign"
    COSIGN = "cosign"
    RETURN = "return"
    ADD_ADDENDUM = "add_addendum"
    AMEND = "amend"
    ENTER_IN_ERROR = "enter_in_error"
    SET_SHARING = "set_sharing"
    FILE_UNSIGNED = "file_unsigned"
    ADD_DISAGREEMENT = "add_disagreement"


@dataclass(frozen=True, slots=True)
class Step:
    """Whose it is, and from which states it can be taken."""

    by: By
    states: frozenset[NoteState]


_DRAFT = frozenset({NoteState.DRAFT})
_PENDING = frozenset({NoteState.PENDING_COSIGN})
_FINAL = frozenset({NoteState.SIGNED, NoteState.AMENDED})

STEPS: Mapping[NoteStep, Step] = {
    NoteStep.UPDATE: Step(By.AUTHOR, _DRAFT),
    NoteStep.DELETE: Step(By.WRITER, _DRAFT),
    NoteStep.SIGN: Step(By.AUTHOR, _DRAFT),
    NoteStep.COSIGN: Step(By.ANOTHER, _PENDING),
    NoteStep.RETURN: Step(By.ANOTHER, _PENDING),
    NoteStep.ADD_ADDENDUM: Step(By.ANYBODY, _FINAL),
    NoteStep.AMEND: Step(By.AUTHOR, _FINAL),
    NoteStep.ENTER_IN_ERROR: Step(By.AUTHOR_OR_LEFT, _FINAL | {NoteState.FILED_UNSIGNED}),
    # Before signing too: a note is shared the moment it is signed, so withholding cannot wait until then.
    NoteStep.SET_SHARING: Step(By.AUTHOR_OR_LEFT, _DRAFT | _PENDING | _FINAL),
    NoteStep.FILE_UNSIGNED: Step(By.LEFT, _DRAFT),
    NoteStep.ADD_DISAGREEMENT: Step(By.ANYBODY, _FINAL),
}
"""The life of a note. Source: clinical.md section 2.2."""


_LICENSED = frozenset({NoteStep.SIGN, NoteStep.COSIGN, NoteStep.ADD_ADDENDUM, NoteStep.AMEND})
"""The steps by which somebody answers for a content, so their licence must be valid."""
_ALONE = frozenset({NoteStep.ADD_ADDENDUM, NoteStep.AMEND})
"""The steps that no supervisor confirms, so whoever is supervised cannot take them."""


@lru_cache
def allowed_actions(
    state: NoteState,
    *,
    fits: frozenset[By],
    is_cosigned: bool,
    is_supervised: bool,
    is_licensed: bool,
    roles: tuple[Role, ...],
) -> tuple[NoteStep, ...]:
    """Return what somebody who sees the note, and is to it what `fits` says, may do with it now.

    `is_supervised` and `is_licensed` are of their account.
    """
    return tuple(
        name
        for name, step in STEPS.items()
        if state in step.states
        and step.by in fits
        and not (is_cosigned and name is NoteStep.AMEND)
        and not (is_supervised and name in _ALONE)
        and (is_licensed or name not in _LICENSED)
        and grant(_OPERATIONS[name], roles) is not None
    )


def fits_of(*, is_mine: bool, is_author: bool, is_left: bool) -> frozenset[By]:
    """Return what somebody is to a note: it is theirs, they began it, or it is left to them as a supervisor."""
    fits = {By.ANYBODY}
    if is_mine:
        fits |= {By.AUTHOR, By.AUTHOR_OR_LEFT}
    if is_author and is_mine:
        fits.add(By.WRITER)
    if is_left:
        fits |= {By.LEFT, By.AUTHOR_OR_LEFT}
    if not is_mine and not is_author:
        fits.add(By.ANOTHER)
    return frozenset(fits)


def content_sha256(
    *,
    note_id: UUID,
    note_format: NoteFormat,
    sections: Mapping[str, str],
    session_id: UUID,
    patient_id: UUID,
    author_id: UUID,
    template_id: UUID | None = None,
) -> str:
    """Return the SHA-256 over the canonical content of a note, as 64 lower-case hexadecimal digits.

    The recipe, so that anybody can check it: one JSON object with exactly the members `author_id`, `format`, `id`
    (the note's), `patient_id`, `sections`, `session_id`. Ids are lower-case UUIDs with hyphens. `sections` is an object
    of every section of the note, its text exactly as stored, without any normalisation. Members are sorted by
    key at both levels. No whitespace stands between tokens. Characters beyond ASCII are not escaped. `"`, `\\` and
    control characters are escaped, in JSON's short form if there is one. The digest is over its UTF-8 bytes. A note
    that follows a template of the clinic has the member `template_id` too.
    """
    canonical: dict[str, object] = {
        "author_id": str(author_id),
        "format": note_format.value,
        "id": str(note_id),
        "patient_id": str(patient_id),
        "sections": dict(sections),
        "session_id": str(session_id),
    }
    if template_id is not None:
        canonical["template_id"] = str(template_id)
    return text_sha256(_canonical(canonical))


def signature_sha256(
    *,
    content_sha256: str,
    signed_as: SignedAs,
    account_id: UUID,
    name: str | None,
    credential: str | None,
    attestation: str,
    signed_at: datetime,
) -> bytes:
    """Return the SHA-256 over what one signature says, and so over the content under it. It stands in the ledger.

    The recipe is that of `content_sha256`, with the members `account_id`, `attestation`, `content_sha256`,
    `credential`, `name`, `signed_as` (`author` or `cosigner`), `signed_at` (UTC, as `2026-11-21T16:05:00.000000Z`).
    """
    canonical = {
        "account_id": str(account_id),
        "attestation": attestation,
        "content_sha256": content_sha256,
        "credential": credential,
        "name": name,
        "signed_as": signed_as.value,
        "signed_at": signed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }
    return bytes.fromhex(text_sha256(_canonical(canonical)))


def _canonical(members: Mapping[str, object]) -> str:
    return json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def text_sha256(text: str) -> str:
    """Return the SHA-256 over the UTF-8 bytes of a text, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_final(state: NoteState) -> bool:
    """Return whether a note is signed, and co-signed if it has to be."""
    return state in _FINAL


def service_at(ended_at: datetime | None, planned_end_at: datetime | None, planned_start_at: datetime) -> datetime:
    """When the session ended, or was planned to: what lateness counts from."""
    return ended_at or planned_end_at or planned_start_at


def took_place(state: SessionState, planned_start_at: datetime, planned_end_at: datetime | None, now: datetime) -> bool:
    """Return whether a session is over: ended, called off, missed, or planned for a time that is past.

    Source: clinical.md section 2.2.
    """
    if state is SessionState.PLANNED:
        return (planned_end_at or planned_start_at) <= now
    return state is not SessionState.IN_PROGRESS


def is_late(served_at: datetime, now: datetime, late_entry_hours: int) -> bool:
    """Return whether signing now makes a late entry. Source: clinical.md section 2.2; the hours are POLICY."""
    return now - served_at > timedelta(hours=late_entry_hours)


def review_at(until: datetime, now: datetime) -> datetime:
    """When the end of withholding is put up for review: ahead of it, so that there is time to decide."""
    return max(now, until - REVIEW_AHEAD)


def is_withheld(sharing: SharingState, until: datetime | None, now: datetime) -> bool:
    """Return whether the note is kept from the patient now; that ends by itself."""
    return sharing is SharingState.WITHHELD and (until is None or until > now)
