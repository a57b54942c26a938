"""The scopes that a program asks for, as SMART writes them: read strictly, and never more than an admin granted."""

import re
from collections.abc import Collection
from typing import get_args

from integration_api.fhir.oauth_errors import InvalidScope
from integration_api.resources.people.service_accounts.schemas import FhirScope

SCOPES: tuple[str, ...] = get_args(FhirScope)
"""Every scope that can be granted, in one order."""
MAX_SCOPE_CHARACTERS = 2_000
_SCOPE = re.compile(r"system/(\*|[A-Za-z]{1,64})\.(?:rs|read)")
"""By version 2, or `read` of version 1. One that writes, or that names a part of a type, is refused and not ignored."""


def scopes_asked_for(text: str, of_account: Collection[str]) -> list[str]:
    """Return the scopes of a request, in one order; `*` stands for all of the account. Raises InvalidScope."""
    parts = text.split(" ") if len(text) <= MAX_SCOPE_CHARACTERS else []
    found = [_SCOPE.fullmatch(part) for part in parts]
    kinds = {one[1] for one in found if one is not None}
    held = [scope for scope in SCOPES if scope in of_account]
    asked = {f"system/{kind}.rs" for kind in kinds - {"*"}}
    if not held or None in found or not found or not asked <= {*held}:
        raise InvalidScope
    return held if "*" in kinds else [scope for scope in held if scope in asked]
