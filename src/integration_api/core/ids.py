"""Identifiers: UUID version 7 (RFC 9562), made here or brought by a client."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator
from uuid_utils.compat import uuid7

from integration_api.core.written import UUID_TEXT

_VERSION = 7
_RANDOM_BITS, _VERSION_AT, _VARIANT_AT = 80, 76, 62
"""The bits below the time; the places of the version and of the variant. Source: RFC 9562, 5.7."""

Id = Annotated[UUID, UUID_TEXT]
"""An identifier in a request: the text of a UUID with its hyphens."""
ID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""An identifier as this API writes it: in small letters."""
_WRITTEN = re.compile(ID_PATTERN)


def id_of(text: str | None) -> UUID | None:
    """Return the identifier that a text is, as this API writes it; None if it is another text."""
    return UUID(text) if text is not None and _WRITTEN.fullmatch(text) else None


def new_id() -> UUID:
    """Return a new identifier; later ones sort after earlier ones."""
    return uuid7()


def _must_be_version_7(value: UUID) -> UUID:
    if value.version != _VERSION:
        msg = "must be a UUID of version 7"
        raise ValueError(msg)
    return value


def derived_id(beside: UUID, digest: bytes) -> UUID:
    """Return the identifier that has the time of another one, and ten bytes of a digest.

    Nothing else of the other one is in it. So the digest has to be of all that makes the thing another one than its
    neighbours of the same millisecond, the other id too.
    """
    random = int.from_bytes(digest[:10])
    number = (beside.int >> _RANDOM_BITS << _RANDOM_BITS) | random
    number = number & ~(0xF << _VERSION_AT) | (_VERSION << _VERSION_AT)
    return UUID(int=number & ~(0b11 << _VARIANT_AT) | (0b10 << _VARIANT_AT))


OwnId = Annotated[Id, AfterValidator(_must_be_version_7)]
"""An identifier that the client made, so that it can link things before it is online."""
