"""Retries: the response to a request with an `Idempotency-Key` is stored in the same atomic step as its changes.

A second request with the key collides with that row when it is applied, or is refused because the first one changed the
state. In both cases the stored response is looked up and sent again. So the key costs a first request no round trip,
and a retry never makes a second copy, whichever process it reaches.
"""

import hashlib
import json
import re
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.statements import Change, Scope, insert_rows
from integration_api.storage.tables import ClinicRow, EncryptedText
from integration_api.web.errors import Invalid

METHODS = frozenset({"POST", "PATCH", "PUT", "DELETE"})
"""Methods that take an Idempotency-Key: every one that writes."""
_KEY = re.compile(r"^[\x21-\x7e]{1,255}$")
UNIQUE_KEY = "uq_stored_responses_key"


class StoredResponseRow(ClinicRow):
    """One stored response; its body is encrypted under the key of the owner that it is about, or the clinic's.

    The body is null once the created thing was deleted for good. It is always null if the response held a secret; then
    `status` is that of `ShownOnce`, which a retry gets.
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


class StoredResponse(StoredResponseRow):
    """A stored response with the key of its body."""

    wrapped_key: bytes


class StoredResponseTable(StoredResponseRow, table=True):
    """One row for each account and Idempotency-Key."""

    __tablename__ = "stored_responses"
    __table_args__ = (
        sa.UniqueConstraint("clinic_id", "account_id", "key_digest", name=UNIQUE_KEY),
        sa.Index("ix_stored_responses_subject", "clinic_id", "owner_id", "subject_id"),
        {"info": {"key_owner": "owner_id"}},
    )


INSERT_STORED_RESPONSE = Change(
    "insert_stored_response",
    insert_rows(StoredResponseTable),
    Scope.SYSTEM,
    "written by the unit of work beside guarded changes; a request chooses only the key",
)


def checked_key(header: str) -> str:
    """Return the Idempotency-Key if it is 1 to 255 visible ASCII characters. Raises Invalid."""
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
    """Return the digest of an Idempotency-Key; the key itself is not stored."""
    return hashlib.sha256(key.encode()).digest()[:16]


def fingerprint(key: bytes, method: str, path: str, query: str, version: str, body: object) -> bytes:
    """Return a digest that is equal for requests of equal meaning.

    `version` is that of `If-Match`, and `body` the parsed JSON: white space, the order of keys, escapes and `1.0` for
    `1` make no difference. The digest is keyed, as a body may hold a password or a short answer that can be guessed.
    """
    text = json.dumps([method, path, query, version, _plain(body)], sort_keys=True)
    return hashlib.blake2b(text.encode(), key=key, digest_size=32).digest()


def _plain(value: object) -> object:
    """Return a JSON value with whole numbers as integers."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
