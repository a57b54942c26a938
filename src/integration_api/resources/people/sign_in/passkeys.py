"""Passkeys (WebAuthn, level 2): challenges that need no memory, and what browsers answer to them.

A challenge carries its own time and proof (a keyed hash), so any process recognises ours and their age. The
step that takes the answer writes the row that lets it be answered once. The user handle of a passkey is the clinic and
the account, so signing in needs no name.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from pydantic import JsonValue
from pydantic_core import from_json

from integration_api.access import alarms
from integration_api.access.actor import Actor
from integration_api.access.factor_tables import FactorRow, UsedChallengeRow
from integration_api.access.work import Work
from integration_api.ledger.events import Outcome
from integration_api.resources.people.sign_in import operations
from integration_api.resources.people.sign_in import second_factor_statements as second_factors_sql
from integration_api.resources.people.sign_in.second_factor_statements import PasskeyHolder
from integration_api.web.errors import ApiError

CHALLENGE_LIFETIME = timedelta(minutes=5)
_TIMEOUT_MS = int(CHALLENGE_LIFETIME.total_seconds() * 1000)
_ID_BYTES, _TIME_BYTES, _PROOF_BYTES = 16, 8, 32
_HANDLE_BYTES = 32

Credential = dict[str, JsonValue]


class Challenge(NamedTuple):
    """A challenge of ours that has not expired."""

    raw: bytes
    id: UUID
    expires_at: datetime


class NewPasskey(NamedTuple):
    """The facts of a registration that was verified."""

    challenge: Challenge
    credential_id: bytes
    public_key: bytes
    sign_count: int


def request_options(work: Work) -> dict[str, JsonValue]:
    """Return what a browser asks any passkey of ours. No account is named; all get the same but the challenge."""
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415  only passkeys need it
    from webauthn.helpers.structs import UserVerificationRequirement  # noqa: PLC0415  as above

    options = generate_authentication_options(
        rp_id=work.runtime.relying_party.id,
        challenge=_new_challenge(work, None),
        timeout=_TIMEOUT_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _json(options_to_json(options))


def creation_options(work: Work, clinic: str, name: str, known: Sequence[FactorRow]) -> dict[str, JsonValue]:
    """Return what a browser asks for a new passkey of the actor, in an authenticator that has none of theirs yet."""
    from webauthn import generate_registration_options, options_to_json  # noqa: PLC0415  as above
    from webauthn.helpers.structs import (  # noqa: PLC0415  as above
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    actor = work.actor
    options = generate_registration_options(
        rp_id=work.runtime.relying_party.id,
        rp_name=clinic,
        user_id=actor.clinic_id.bytes + actor.id.bytes,
        user_name=name,
        challenge=_new_challenge(work, actor.id),
        timeout=_TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=factor.credential_id) for factor in known if factor.credential_id
        ],
    )
    return _json(options_to_json(options))


def checked_registration(work: Work, credential: Credential) -> NewPasskey | None:
    """Return the new passkey if the response is to this actor's challenge, of our domain, by a verified person."""
    from webauthn import verify_registration_response  # noqa: PLC0415  as above

    party = work.runtime.relying_party
    try:
        challenge = _challenge_in(work, credential, work.actor.id)
        if challenge is None:
            return None
        found = verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge.raw,
            expected_rp_id=party.id,
            expected_origin=list(party.origins),
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001  whatever else is wrong with what was sent: it proves nothing
        return None
    return NewPasskey(challenge, found.credential_id, found.credential_public_key, found.sign_count)


async def use_passkey(
    work: Work, credential: Credential, wrong: Callable[[], ApiError], actor: Actor | None = None
) -> PasskeyHolder | None:
    """Return whose passkey this is, and collect its use and its challenge's; None if it proves nothing.

    `actor` is the account that it must belong to, if somebody is signed in. `wrong` is raised if the same answer, or
    another one of the same authenticator, was faster.
    """
    named = _named_in(credential)
    if named is None or (actor is not None and named[:2] != (actor.clinic_id, actor.id)):
        return None
    clinic_id, account_id, credential_id = named
    holder = await work.one(
        second_factors_sql.PASSKEY_OF_CREDENTIAL,
        clinic_id=clinic_id,
        account_id=account_id,
        credential_id=credential_id,
    )
    if holder is None:
        return None
    if not (await alarms.is_bound(work, "factors", holder.factor) and await alarms.is_bound(work, "accounts", holder)):
        return None
    checked = _checked_assertion(work, credential, holder)
    if checked is None:
        if actor is None:
            work.record(
                holder.factor_id,
                event=operations.FACTOR_FAILED,
                outcome=Outcome.DENIED,
                clinic_id=clinic_id,
                actor_id=account_id,
            )
        return None
    challenge, sign_count = checked
    use_challenge(work, clinic_id, challenge, wrong)
    work.change(
        second_factors_sql.USE_PASSKEY,
        missed=wrong,
        clinic_id=clinic_id,
        id=holder.factor_id,
        known_count=holder.sign_count,
        sign_count=sign_count,
    )
    return holder


def use_challenge(work: Work, clinic_id: UUID, challenge: Challenge, wrong: Callable[[], ApiError]) -> None:
    """Collect that a challenge is answered. `wrong` is raised where it was already."""
    work.change(second_factors_sql.FORGET_CHALLENGES, rows=None, clinic_id=clinic_id)
    row = UsedChallengeRow(clinic_id=clinic_id, id=challenge.id, expires_at=challenge.expires_at)
    work.change(second_factors_sql.USE_CHALLENGE, row, conflicts={"pk_used_challenges": wrong})


def _checked_assertion(work: Work, credential: Credential, holder: PasskeyHolder) -> tuple[Challenge, int] | None:
    from webauthn import verify_authentication_response  # noqa: PLC0415  as above

    party = work.runtime.relying_party
    try:
        challenge = _challenge_in(work, credential, None)
        if challenge is None:
            return None
        found = verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge.raw,
            expected_rp_id=party.id,
            expected_origin=list(party.origins),
            credential_public_key=holder.public_key,
            credential_current_sign_count=holder.sign_count,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001  as above
        return None
    return challenge, found.new_sign_count


def _named_in(credential: Credential) -> tuple[UUID, UUID, bytes] | None:
    """Return the clinic, account and credential id that an answer claims."""
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415  as above

    try:
        parsed = parse_authentication_credential_json(dict(credential))
    except Exception:  # noqa: BLE001  as above
        return None
    handle = parsed.response.user_handle or b""
    if len(handle) != _HANDLE_BYTES:
        return None
    return UUID(bytes=handle[:16]), UUID(bytes=handle[16:]), parsed.raw_id


def _new_challenge(work: Work, account_id: UUID | None) -> bytes:
    """Return a random, dated and proved challenge. One for a new passkey is for that account alone."""
    expires = int((work.now + CHALLENGE_LIFETIME).timestamp()).to_bytes(_TIME_BYTES)
    body = secrets.token_bytes(_ID_BYTES) + expires
    return body + _proof(work, account_id, body)


def _challenge_in(work: Work, credential: Credential, account_id: UUID | None) -> Challenge | None:
    from webauthn.helpers import base64url_to_bytes, parse_client_data_json  # noqa: PLC0415  as above

    response = credential.get("response")
    data = response.get("clientDataJSON") if isinstance(response, dict) else None
    raw = parse_client_data_json(base64url_to_bytes(str(data))).challenge
    body, proof = raw[:-_PROOF_BYTES], raw[-_PROOF_BYTES:]
    if len(body) != _ID_BYTES + _TIME_BYTES or not hmac.compare_digest(proof, _proof(work, account_id, body)):
        return None
    expires_at = datetime.fromtimestamp(int.from_bytes(body[_ID_BYTES:]), UTC)
    return Challenge(raw, UUID(bytes=body[:_ID_BYTES]), expires_at) if expires_at > work.now else None


def _proof(work: Work, account_id: UUID | None, body: bytes) -> bytes:
    key = work.runtime.vault.derive("passkey-challenge")
    return hmac.new(key, (account_id.bytes if account_id else b"") + body, hashlib.sha256).digest()


def _json(text: str) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = from_json(text)
    return found
