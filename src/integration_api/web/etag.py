"""Versions on the wire: `ETag: "<version>-<digest>"`, `If-Match`, `If-None-Match` (RFC 9110, section 13).

The version guards changes; the digest of the answer's bytes makes a 304 true also where an answer holds more
than the row (what the caller may do now, for one). `If-Match` is compared by version alone.
"""

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Header

from integration_api.web.errors import VersionRequired

_TAG = re.compile(r'^(?:W/)?"(\d{1,9})(?:-[0-9a-f]{8})?"$')


def tag(version: int, body: bytes) -> str:
    """The entity tag of one representation."""
    return f'"{version}-{hashlib.blake2b(body, digest_size=4).hexdigest()}"'


def is_match(header: str, entity_tag: str) -> bool:
    """Whether an `If-None-Match` header names this representation."""
    return header.strip() == "*" or entity_tag in (part.strip().removeprefix("W/") for part in header.split(","))


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
    """The version the caller means. Raises VersionRequired where there is none, or what is no ETag of ours."""
    if if_match is None:
        raise VersionRequired
    found = _TAG.match(if_match.strip())
    if found is None:
        raise VersionRequired("If-Match must be the ETag that you read, in its quotation marks.")
    return int(found[1])


IfMatch = Annotated[int, Depends(_expected_version)]
"""The version that a change expects, from `If-Match`."""
