"""Identifiers: UUID version 7 (RFC 9562), made here or brought by a client."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator
from uuid_utils.compat import uuid7

from integration_api.core.written import UUID_TEXT

_VERSION = 7

Id = Annotated[UUID, UUID_TEXT]
"""An identifier in a request: the text of a UUID with its hyphens."""


def new_id() -> UUID:
    """Return a new identifier; later ones sort after earlier ones."""
    return uuid7()


def _must_be_version_7(value: UUID) -> UUID:
    if value.version != _VERSION:
        msg = "must be a UUID of version 7"
        raise ValueError(msg)
    return value


OwnId = Annotated[Id, AfterValidator(_must_be_version_7)]
"""An identifier that the client made, so that it can link things before it is online."""
