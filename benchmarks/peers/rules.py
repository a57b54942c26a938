"""What the Python peers decide alike, without a framework: roles, steps, seals and cursors."""

import base64
import binascii
import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import jwt

from integration_api.storage.vault import Vault, associated_data

PAGE = 25
TEAM = ("therapist", "prescriber", "supervisor")
_MAY: Mapping[str, tuple[str, ...]] = {
    "reflection:create": ("patient",),
    "reflection:read": ("patient", *TEAM),
    "reflection:list": ("patient", *TEAM),
    "worklist:read": TEAM,
}
_ISSUER = "integration-api"
_TOKEN_KEY = bytes.fromhex(os.environ["BENCH_TOKEN_KEY"])
_vault = Vault(base64.b64decode(os.environ["BENCH_MASTER_KEY"]))


def claims_of(token: str) -> dict[str, Any]:
    """The claims of an access token whose signature, end, issuer and audience hold. Raises jwt.PyJWTError."""
    claims: dict[str, Any] = jwt.decode(
        token,
        _TOKEN_KEY,
        algorithms=["HS256"],
        audience=_ISSUER,
        issuer=_ISSUER,
        options={"require": ["exp", "sub", "clinic", "sid", "epoch"]},
    )
    return claims


def acting_role(action: str, roles: Sequence[str]) -> str | None:
    """The role by which an account may do this, if any."""
    return next((role for role in roles if role in _MAY[action]), None)


def allowed_actions(state: str, sharing: str, role: str, *, is_read: bool) -> list[str]:
    """What somebody in this role, who sees the reflection, may do with it now."""
    if role != "patient":
        return ["reply", "review"] if role != "supervisor" and sharing == "shared" else []
    if state == "draft":
        return ["update", "delete", "submit"]
    if sharing == "private":
        return ["update", "delete", "share"]
    return ["update", "reply"] if is_read else ["update", "unshare", "reply"]


def sealed(wrapped_key: bytes, clinic_id: UUID, patient_id: UUID, row_id: UUID, content: Mapping[str, Any]) -> bytes:
    """The content of a new reflection as it is stored."""
    plain = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    key = _vault.unwrap(bytes(wrapped_key), clinic_id, patient_id)
    return key.encrypt(plain, associated_data("reflections", row_id, "content", 1))


def opened(
    wrapped_key: bytes,
    clinic_id: UUID,
    patient_id: UUID,
    row_id: UUID,
    version: int,
    column: str,
    stored: bytes | None,
) -> Any:  # noqa: ANN401  any JSON
    """What was sealed in a column of a reflection; None where there is nothing."""
    if stored is None:
        return None
    key = _vault.unwrap(bytes(wrapped_key), clinic_id, patient_id)
    return json.loads(key.decrypt(bytes(stored), associated_data("reflections", row_id, column, version)))


def cursor_of(at: datetime, row_id: UUID) -> str:
    """Where the next page begins."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{row_id}".encode()).decode()


def position_of(cursor: str) -> tuple[datetime, UUID]:
    """What `cursor_of` was made from. Raises ValueError."""
    try:
        at, _, row_id = base64.urlsafe_b64decode(cursor).decode().partition("|")
    except binascii.Error as error:
        raise ValueError(cursor) from error
    return datetime.fromisoformat(at), UUID(row_id)
