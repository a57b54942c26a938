"""Versions on the wire: `ETag: "<version>-<digest>"`, `If-Match`, `If-None-Match` (RFC 9110, section 13).

The version guards changes; `If-Match` is compared by version alone. The digest is of the response's bytes. It keeps a
304 correct if the response holds more than the row, such as the actions that the caller may take now.
"""

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Header

from integration_api.web.errors import VersionRequired

_TAG = re.compile(r'^(?:W/)?"(\d{1,9})(?:-[0-9a-f]{8})?"$')


def tag(version: int, body: bytes) -> str:
    """Return the entity tag of one representation."""
    return f'"{version}-{hashlib.blake2b(body, digest_size=4).hexdigest()}"'


def is_match(header: str, entity_tag: str) -> bool:
    """Return whether an `If-None-Match` header names this representation."""
    return header.strip() == "*" or entity_tag in (part.strip().removeprefix("W/") for part in header.split(","))


def named_version(header: str) -> str:
    """Return the version in an `If-Match` header; the header itself if it is no ETag of this API."""
    found = _TAG.match(header.strip())
    return found[1] if found else header


def _expected_version(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="The ETag you read; the change is made only to that version.",
            examples=['"3"'],
        ),
    ] = None,
) -> int:
    """Return the version in `If-Match`. Raises VersionRequired if it is missing or no ETag of this API."""
    if if_match is None:
        raise VersionRequired
    found = _TAG.match(if_match.strip())
    if found is None:
        raise VersionRequired("If-Match must be the ETag that you read, in its quotation marks.")
    return int(found[1])


IfMatch = Annotated[int, Depends(_expected_version)]
"""The version that a change expects, from `If-Match`."""


def version_of_whole(expected_version: IfMatch) -> int:
    """Return the version in `If-Match`, which is that of a larger thing."""
    return expected_version


IfMatchOfWhole = Annotated[int, Depends(version_of_whole)]
"""The version of the thing that the path's part belongs to, as of a plan if one of its strategies changes."""
