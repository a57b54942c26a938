"""Signing in, staying signed in, signing out, and accepting an invitation."""

import hashlib
import hmac
from datetime import timedelta

from integration_api.access import throttle
from integration_api.access.actor import Actor, Role
from integration_api.access.authenticate import ACCESS_TOKEN_LIFETIME, pack_secret, unpack_secret
from integration_api.access.tables import SignInRow
from integration_api.access.work import Work
from integration_api.core.errors import Conflict, Invalid, Unauthenticated
from integration_api.core.ids import new_id
from integration_api.ledger.events import Event, Outcome
from integration_api.resources.accounts import statements as sql
from integration_api.resources.accounts.rules import is_refused_password, normal_email
from integration_api.resources.accounts.schemas import InvitationAccept, Refresh, SignIn, TokenPair

__all__ = ["accept_invitation", "email_index", "refresh_tokens", "sign_in", "sign_out"]

SIGN_IN_LIFETIME = timedelta(days=30)
LOST_ANSWER_GRACE = timedelta(seconds=10)
"""How long after a refresh the token before may be shown again, by a client that did not get the answer."""


class WrongSignIn(Unauthenticated):
    """The address or the password is wrong."""

    code = "wrong-sign-in"
    title = "Sign-in failed"


class InvitationSpent(Conflict):
    """This invitation was used or has expired; ask for a new one."""

    code = "invitation-spent"
    title = "Invitation no longer valid"


def email_index(work: Work, email: str) -> bytes:
    """The keyed index by which an address is found."""
    return work.runtime.vault.blind_index("email", normal_email(email))


async def sign_in(work: Work, body: SignIn) -> TokenPair:
    """Check the password and begin a sign-in. Raises WrongSignIn, alike and as slow for an unknown address.

    Raises TooManyRequests, alike for both too.
    """
    index = email_index(work, body.email)
    guess = await throttle.guess(work, index, body.device_token)
    candidates = await work.runtime.database.all(sql.CANDIDATES, {"email_index": index, "slug": body.clinic})
    if not candidates:
        await work.runtime.passwords.is_right(None, body.password)
    for account in candidates:
        if await work.runtime.passwords.is_right(account.password_hash, body.password):
            break
        work.record(
            Event.AUTH_SIGN_IN_FAILED,
            account.id,
            outcome=Outcome.DENIED,
            clinic_id=account.clinic_id,
            actor_id=account.id,
        )
    else:
        await work.apply()
        raise WrongSignIn
    sign_in_id = new_id()
    token, secret = pack_secret(account.clinic_id, sign_in_id)
    work.change(
        sql.INSERT_SIGN_IN,
        SignInRow(
            clinic_id=account.clinic_id,
            id=sign_in_id,
            account_id=account.id,
            refresh_digest=_digest(secret),
            created_at=work.now,
            refreshed_at=work.now,
            expires_at=work.now + SIGN_IN_LIFETIME,
            proved_at=work.now,
        ),
    )
    work.record(Event.AUTH_SIGNED_IN, sign_in_id, clinic_id=account.clinic_id, actor_id=account.id)
    roles = tuple(Role(role) for role in account.roles)
    actor = Actor(account.clinic_id, account.id, sign_in_id, account.epoch, roles, account.patient_id, work.now)
    return _pair(work, actor, token, await guess.was_right())


@throttle.counted(WrongSignIn)
async def refresh_tokens(work: Work, body: Refresh) -> TokenPair:
    """The next pair of tokens. Raises WrongSignIn.

    Showing an old refresh token ends the sign-in, unless its answer may just have been lost.
    """
    try:
        clinic_id, sign_in_id, secret = unpack_secret(body.refresh_token)
    except ValueError as error:
        raise WrongSignIn from error
    found = await work.runtime.database.one(sql.SIGN_IN_OF_TOKEN, {"clinic_id": clinic_id, "id": sign_in_id})
    if found is None or found.revoked_at is not None or found.expires_at <= work.now:
        raise WrongSignIn
    shown = _digest(secret)
    is_retry = (
        found.previous_digest is not None
        and hmac.compare_digest(found.previous_digest, shown)
        and work.now - found.refreshed_at <= LOST_ANSWER_GRACE
    )
    if not is_retry and not hmac.compare_digest(found.refresh_digest, shown):
        if found.previous_digest is None or not hmac.compare_digest(found.previous_digest, shown):
            raise WrongSignIn
        work.change(sql.REVOKE_SIGN_IN, missed=WrongSignIn, clinic_id=clinic_id, id=sign_in_id)
        work.record(
            Event.AUTH_REFRESH_REUSED,
            sign_in_id,
            outcome=Outcome.DENIED,
            clinic_id=clinic_id,
            actor_id=found.account_id,
        )
        await work.apply()
        raise WrongSignIn
    token, fresh = pack_secret(clinic_id, sign_in_id)
    work.change(
        sql.ROTATE_REFRESH,
        missed=WrongSignIn,
        clinic_id=clinic_id,
        id=sign_in_id,
        old_digest=found.refresh_digest,
        refresh_digest=_digest(fresh),
        previous_digest=shown,
        refreshed_at=found.refreshed_at if is_retry else work.now,
    )
    work.record(Event.AUTH_REFRESHED, sign_in_id, clinic_id=clinic_id, actor_id=found.account_id)
    roles = tuple(Role(role) for role in found.roles)
    actor = Actor(
        clinic_id,
        found.account_id,
        sign_in_id,
        found.epoch,
        roles,
        found.patient_id,
        found.proved_at,
        is_strong=found.is_strong,
    )
    return _pair(work, actor, token)


async def sign_out(work: Work) -> None:
    """Sign out: access and refresh token of this sign-in stop working at once."""
    work.change(sql.REVOKE_SIGN_IN, missed=Unauthenticated, clinic_id=work.actor.clinic_id, id=work.actor.sign_in_id)
    work.record(Event.AUTH_SIGNED_OUT, work.actor.sign_in_id)


@throttle.counted(InvitationSpent)
async def accept_invitation(work: Work, body: InvitationAccept) -> None:
    """Set the password of an invited account; again with the same password it is done already.

    Raises InvitationSpent, Invalid for a refused password.
    """
    try:
        clinic_id, invitation_id, secret = unpack_secret(body.code)
    except ValueError as error:
        raise InvitationSpent from error
    found = await work.runtime.database.one(sql.INVITATION_OF_CODE, {"clinic_id": clinic_id, "id": invitation_id})
    if found is None or not hmac.compare_digest(found.code_digest, _digest(secret)) or found.expires_at <= work.now:
        raise InvitationSpent
    if found.accepted_at is not None:
        guess = await throttle.guess(work, found.account_id.bytes)
        if not await work.runtime.passwords.is_right(found.password_hash, body.password):
            raise InvitationSpent
        await guess.was_right()
        work.record(  # the answer was lost on the way: what was asked is done
            Event.REQUEST_REPLAYED, invitation_id, found.patient_id, clinic_id=clinic_id, actor_id=found.account_id
        )
        return
    if is_refused_password(body.password, ()):
        raise Invalid(errors=[{"field": "body.password", "code": "too_common", "message": "too easy to guess"}])
    password_hash = await work.runtime.passwords.hash(body.password)
    work.change(sql.ACCEPT_INVITATION, missed=InvitationSpent, clinic_id=clinic_id, id=invitation_id)
    work.change(
        sql.OPEN_ACCOUNT,
        missed=InvitationSpent,
        clinic_id=clinic_id,
        id=found.account_id,
        password_hash=password_hash,
    )
    work.record(
        Event.INVITATION_ACCEPTED,
        invitation_id,
        found.patient_id,
        clinic_id=clinic_id,
        actor_id=found.account_id,
    )


def _pair(work: Work, actor: Actor, refresh_token: str, device_token: str | None = None) -> TokenPair:
    return TokenPair(
        access_token=work.runtime.tokens.issue(actor, work.now),
        token_type="Bearer",  # noqa: S106  the scheme's name
        expires_in=int(ACCESS_TOKEN_LIFETIME.total_seconds()),
        refresh_token=refresh_token,
        account_id=actor.id,
        device_token=device_token,
    )


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
