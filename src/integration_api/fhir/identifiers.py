"""Ids of FHIR: of 64 characters at most, so that two of ours fit into one only in a shorter spelling."""

import base64
import re
from collections.abc import Sequence
from uuid import UUID

from integration_api.core.ids import id_of

_SHORT = re.compile("[a-z2-7]{26}")


def joined(*ids: UUID) -> str:
    """Return several ids as one: each in base 32, with a hyphen between."""
    return "-".join(base64.b32encode(one.bytes).decode().rstrip("=").lower() for one in ids)


def parted(text: str, count: int) -> Sequence[UUID] | None:
    """Return the ids that a text stands for: one as a UUID, or several as `joined`; None if it is another text."""
    if count == 1:
        found = id_of(text)
        return None if found is None else (found,)
    parts = text.split("-")
    if len(parts) != count or not all(map(_SHORT.fullmatch, parts)):
        return None
    spelled = tuple(UUID(bytes=base64.b32decode(part.upper() + "======")) for part in parts)
    return spelled if joined(*spelled) == text else None
