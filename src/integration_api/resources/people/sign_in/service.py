"""Signing in, staying signed in, signing out."""

from collections.abc import Sequence
from datetime import datetime

from integration_api.access import alarms, refresh_cookie
from integration_api.access.actor import Actor, Role
from integration_api.access.factor_tables import FactorRow
from integration_api.access.limits import attempts
from integration_api.access.notices import tell_account
from integration_api.access.password_hashes import holder
from integration_api.access.reads import StartAgain
from integration_api.access.tables import SignInRow
from integration_api.access.tokens import ACCESS_TOKEN_LIFETIME, pack_refresh, unpack_refresh
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.events import SIGN_IN_FAILED, Event, Outcome
from integration_api.resources.people.sign_in import operations, passkeys
from integration_api.resources.people.sign_in import second_factor_statements as second_factors_sql
from integration_api.resources.people.sign_in import statements as sql
from integration_api.resources.people.sign_in.access_tokens import is_over
from integration_api.resources.people.sign_in.codes import app_code, recovery_code
from integration_api.resources.people.sign_in.rules import (
    FactorProof,
    is_of_another_window,
    normal_email,
    sign_in_lifetime,
)
from integration_api.resources.people.sign_in.schemas import (
    Me,
    PasskeyOptions,
    PasskeySignIn,
    Refresh,
    SignIn,
    TokenPair,
)
from integration_api.resources.people.sign_in.second_factors import use_code, use_totp
from integration_api.resources.people.sign_in.statements import Holder, SignInOfAccount
from integration_api.web.errors import Member, Unauthenticated
from integration_api.web.token_errors import RefreshTokenSpent, SignInEnded, TokenInvalid


class WrongSignIn(Unauthenticated):
    """The address or the password is wrong, or the passkey is not known here."""

    code = "wrong-sign-in"
    title = "Sign-in failed"
    remedy = (
        "Let the person try again, and do not guess which of the two was wrong. If the password is forgotten, the "
        "clinic hands out a reset code."
    )


class SecondFactorNeeded(Unauthenticated):
    """The password is right; send it again with a second factor. `factors` names the kinds that the account has."""

    code = "second-factor-needed"
    title = "Second factor needed"
    remedy = "Ask the person for one of `factors`. Send the address, the password and that proof together."
    members = {
        "factors": Member(
            list[FactorProof],
            "The factors of the account: send `totp_code`, use `POST /v1/auth/passkey`, or send `recovery_code`.",
            [FactorProof.TOTP, FactorProof.RECOVERY_CODE],
        )
    }

    def __init__(self, kinds: Sequence[FactorProof]) -> None:
        """`kinds` is shown to who has given the right password."""
        super().__init__()
        self.extra["factors"] = list(kinds)


class SecondFactorWrong(Unauthenticated):
    """The password is right, but not the code; a code works once, and for about a minute."""

    code = "second-factor-wrong"
    title = "Wrong second factor"
    remedy = (
        "Ask for the code that the app shows next, or for another recovery code. If codes stay wrong, the phone's "
        "clock is off."
    )


def email_index(work: Work, email: str) -> bytes:
    """Return the keyed index by which an address is found."""
    return work.runtime.vault.blind_index("email", normal_email(email))


async def sign_in(work: Work, body: SignIn) -> TokenPair:
    """Check password and second factor, and begin a sign-in.

    Raises WrongSignIn, alike and as slow for an unknown address; SecondFactorNeeded, SecondFactorWrong;
    NotACode and TooManyRequests, alike for an unknown address too.
    """
    body = _with_plain_codes(body)
    index = email_index(work, body.email)
    attempt = await attempts.begin(work, index, body.device_token)
    candidates = await work.all(sql.CANDIDATES, email_index=index, slug=body.clinic)
    if not candidates:
        await work.runtime.passwords.is_right(None, body.password, b"")
        await attempt.was_at_no_account()
    for account in candidates:
        is_bound = await alarms.is_bound(work, "accounts", account)
        password_hash = account.password_hash if is_bound else None
        if await work.runtime.passwords.is_right(password_hash, body.password, holder(account.clinic_id, account.id)):
            return await _with_factor(work, account, body, attempt)
    for account in candidates:
        _record_for(work, SIGN_IN_FAILED, account, outcome=Outcome.DENIED)
    raise WrongSignIn().leaving_trace()


def _with_plain_codes(body: SignIn) -> SignIn:
    """Return the body with its codes as they are compared. Raises NotACode."""
    codes = {"totp_code": (body.totp_code, app_code), "recovery_code": (body.recovery_code, recovery_code)}
    return body.model_copy(update={name: read(text) for name, (text, read) in codes.items() if text is not None})


async def _with_factor(work: Work, account: Holder, body: SignIn, attempt: attempts.Attempt) -> TokenPair:
    """Ask for a factor if the account has one; a wrong one is a wrong guess. Raises SecondFactorNeeded, -Wrong."""
    factors = await work.all(second_factors_sql.FACTORS_OF_ACCOUNT, clinic_id=account.clinic_id, account_id=account.id)
    if not factors:
        return _begin(work, account, body, await attempt.was_right(), is_strong=False)
    if body.totp_code is None and body.recovery_code is None:
        _record_for(work, operations.FACTOR_NEEDED, account, outcome=Outcome.DENIED)
        await attempt.was_right()
        raise SecondFactorNeeded(_kinds(factors)).leaving_trace()
    if body.totp_code is not None:
        is_right = await use_totp(work, factors, body.totp_code, SecondFactorWrong)
    elif is_right := await use_code(work, account.clinic_id, account.id, body.recovery_code or "", SecondFactorWrong):
        _record_for(work, operations.RECOVERY_CODE_USED, account)
        tell_account(work, account.id, operations.RECOVERY_CODE_USED, clinic_id=account.clinic_id)
    if not is_right:
        _record_for(work, operations.FACTOR_FAILED, account, outcome=Outcome.DENIED)
        raise SecondFactorWrong().leaving_trace()
    return _begin(work, account, body, await attempt.was_right(), is_strong=True)


async def offer_passkey(work: Work) -> PasskeyOptions:
    """Return what a browser is to ask for, to sign in or to step up: the same for everybody but the challenge."""
    return PasskeyOptions(public_key=passkeys.request_options(work))


@attempts.counted(WrongSignIn)
async def sign_in_with_passkey(work: Work, body: PasskeySignIn) -> TokenPair:
    """Begin a sign-in for whom the passkey names. Raises WrongSignIn, alike whatever is wrong."""
    account = await passkeys.use_passkey(work, body.credential, WrongSignIn)
    if account is None:
        raise WrongSignIn
    return _begin(work, account, body, None, is_strong=True)


def _begin(
    work: Work, account: Holder, body: SignIn | PasskeySignIn, device_token: str | None, *, is_strong: bool
) -> TokenPair:
    """Begin a sign-in; every sign-in begins here."""
    sign_in_id, is_patient = new_id(), account.patient_id is not None
    row = SignInRow(
        clinic_id=account.clinic_id,
        id=sign_in_id,
        account_id=account.id,
        label=body.device,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + sign_in_lifetime(account.policies, is_patient=is_patient),
        proved_at=work.now,
        is_strong=is_strong,
    )
    row = work.runtime.bindings.bound("sign_ins", row)
    work.change(sql.INSERT_SIGN_IN, row, missed=WrongSignIn, epoch=account.epoch)
    work.record(sign_in_id, clinic_id=account.clinic_id, actor_id=account.id)
    roles = tuple(Role(role) for role in account.roles)
    actor = Actor(
        account.clinic_id,
        account.id,
        sign_in_id,
        account.epoch,
        roles,
        account.patient_id,
        work.now,
        is_strong=is_strong,
    )
    pair = _pair(work, actor, row.rotation, device_token)
    return _in_cookie(work, pair, row.expires_at) if body.cookie else pair


@attempts.counted(TokenInvalid, SignInEnded, RefreshTokenSpent)
async def refresh_tokens(work: Work, body: Refresh) -> TokenPair:
    """Return the next pair of tokens. Raises TokenInvalid, SignInEnded, RefreshTokenSpent.

    The token that was used last is answered again with the same successor, as its first answer may have been lost.
    An earlier one ends the sign-in, unless another window of the same sign-in may have it (ADR 30).
    """
    in_cookie = refresh_cookie.token_of(work.scope["headers"]) if body.refresh_token is None else None
    try:
        clinic_id, sign_in_id, rotation = unpack_refresh(
            work.runtime.refresh_key, body.refresh_token or in_cookie or ""
        )
    except ValueError as error:
        raise TokenInvalid from error
    found = await work.one(sql.SIGN_IN_OF_TOKEN, clinic_id=clinic_id, id=sign_in_id)
    if found is None or found.revoked_at is not None or rotation > found.rotation:
        raise SignInEnded
    if not (await alarms.is_bound(work, "sign_ins", found.sign_in) and await alarms.is_bound(work, "accounts", found)):
        raise SignInEnded
    if is_over(found, work.now):
        raise _ended(work, found, operations.SIGN_IN_EXPIRED)
    behind = found.rotation - rotation
    if behind == 0:
        work.change(
            sql.ROTATE_REFRESH,
            missed=StartAgain,
            clinic_id=clinic_id,
            id=sign_in_id,
            shown_rotation=rotation,
        )
    elif behind > 1:
        if is_of_another_window(behind, work.now - found.refreshed_at):
            event = operations.REFRESH_TOKEN_SPENT
            work.record(sign_in_id, outcome=Outcome.DENIED, clinic_id=clinic_id, actor_id=found.id, event=event)
            raise RefreshTokenSpent
        tell_account(work, found.id, operations.REFRESH_TOKEN_REUSED, sign_in_id, clinic_id=clinic_id)
        raise _ended(work, found, operations.REFRESH_TOKEN_REUSED, RefreshTokenSpent())
    work.record(sign_in_id, clinic_id=clinic_id, actor_id=found.id)
    actor = Actor(
        clinic_id,
        found.id,
        sign_in_id,
        found.epoch,
        tuple(Role(role) for role in found.roles),
        found.patient_id,
        found.proved_at,
        is_strong=found.is_strong,
    )
    pair = _pair(work, actor, rotation + 1)
    return _in_cookie(work, pair, found.expires_at) if in_cookie else pair


def _ended(work: Work, found: SignInOfAccount, event: Event, refusal: Unauthenticated | None = None) -> Unauthenticated:
    """Collect the end of a sign-in, and return the refusal that leaves it."""
    work.change(sql.REVOKE_SIGN_IN, missed=SignInEnded, clinic_id=found.clinic_id, id=found.sign_in_id)
    work.record(found.sign_in_id, outcome=Outcome.DENIED, clinic_id=found.clinic_id, actor_id=found.id, event=event)
    return (refusal or SignInEnded()).leaving_trace()


async def sign_out(work: Work) -> None:
    """Sign out: access and refresh token of this sign-in stop working at once."""
    work.change(sql.REVOKE_SIGN_IN, missed=SignInEnded, clinic_id=work.actor.clinic_id, id=work.actor.sign_in_id)
    work.record(work.actor.sign_in_id)
    if refresh_cookie.token_of(work.scope["headers"]) is not None:
        work.cookie = refresh_cookie.dropped()


def _record_for(work: Work, event: Event, account: Holder, outcome: Outcome = Outcome.DONE) -> None:
    """Return a ledger row about somebody who is not signed in."""
    work.record(account.id, outcome=outcome, clinic_id=account.clinic_id, actor_id=account.id, event=event)


def _kinds(factors: Sequence[FactorRow]) -> list[FactorProof]:
    kinds = dict.fromkeys(sorted(factor.kind.value for factor in factors))
    return [*map(FactorProof, kinds), FactorProof.RECOVERY_CODE]


def _pair(work: Work, actor: Actor, rotation: int, device_token: str | None = None) -> TokenPair:
    return TokenPair(
        access_token=work.runtime.tokens.issue(actor, work.now),
        token_type="Bearer",  # noqa: S106  the scheme's name
        expires_in=int(ACCESS_TOKEN_LIFETIME.total_seconds()),
        refresh_token=pack_refresh(work.runtime.refresh_key, actor.clinic_id, actor.sign_in_id, rotation),
        account_id=actor.id,
        device_token=device_token,
    )


def _in_cookie(work: Work, pair: TokenPair, expires_at: datetime) -> TokenPair:
    """Return the pair without its refresh token, which goes into the cookie."""
    work.cookie = refresh_cookie.kept(pair.refresh_token or "", int((expires_at - work.now).total_seconds()))
    return pair.model_copy(update={"refresh_token": None})


async def read_me(work: Work) -> Me:
    """Return the signed-in account."""
    row = await work.get(sql.READ_ACCOUNT, id=work.actor.id)
    return Me(
        id=row.id,
        clinic_id=row.clinic_id,
        roles=[Role(role) for role in row.roles],
        patient_id=row.patient_id,
        name=row.name,
        credential=row.credential,
    )
