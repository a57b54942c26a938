"""Retries: the answer to a POST with an `Idempotency-Key` is stored in the same atomic step as what it did.

A second request with the key either collides with that row when it is applied, or is refused because the first
one has changed the state; both times the stored answer is looked up and given again. So the key costs a
first request no round trip, and a retry never makes a second copy, whichever process it reaches.
"""

import hashlib
import re
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.statements import Change, Scope, insert_rows
from integration_api.storage.tables import ClinicRow, EncryptedText
from integration_api.web.errors import Invalid

_KEY = re.compile(r"^[\x21-\x7e]{1,255}$")
UNIQUE_KEY = "uq_answers_clinic_id_account_id_key_digest"


class AnswerRow(ClinicRow):
    """One stored answer; its body is sealed under the key of the owner it speaks of, or the clinic's.

    The body is blank (null) once the thing that the request made was deleted for good, and always where the answer held
    a secret: then `status` is that of `ShownOnce`, which a retry is told.
    """

    account_id: UUID
    key_digest: bytes
    request_digest: bytes
    owner_id: UUID
    subject_id: UUID | None = None
    status: int
    etag: str | None = Field(default=None, max_length=40)
    location: str | None = Field(default=None, max_length=200)
    body: str | None = Field(default=None, sa_type=EncryptedText)
    created_at: datetime


class StoredAnswer(AnswerRow):
    """An answer with the key it is sealed under."""

    wrapped_key: bytes


class AnswerTable(AnswerRow, table=True):
    """One row a key and account."""

    __tablename__ = "answers"
    __table_args__ = (
        sa.UniqueConstraint("clinic_id", "account_id", "key_digest"),
        sa.Index("ix_answers_subject", "clinic_id", "owner_id", "subject_id"),
        {"info": {"key_owner": "owner_id"}},
    )


INSERT_ANSWER = Change(
    "insert_answer",
    insert_rows(AnswerTable),
    Scope.SYSTEM,
    "written by the unit of work beside guarded changes; a request chooses only the key",
)


def checked_key(header: str) -> str:
    """The key, if it is 1 to 255 visible ASCII characters. Raises Invalid."""
    if not _KEY.match(header):
        raise Invalid(
            errors=[
                {
                    "field": "header.Idempotency-Key",
                    "code": "invalid_key",
                    "message": "must be 1 to 255 visible ASCII characters",
                }
            ]
        )
    return header


def digest(key: str) -> bytes:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).digest()[:16]


def fingerprint(method: str, path: str, query: str, if_match: str, body: bytes) -> bytes:
    """What makes two requests the same."""
    head = "\x00".join((method, path, query, if_match))
    return hashlib.sha256(head.encode() + b"\x00" + body).digest()
