"""Proving who one is: with a code, a recovery code or a passkey. Signing in and stepping up both come here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from integration_api.access import throttle
from integration_api.access.actor import Actor
from integration_api.access.authenticate import ACCESS_TOKEN_LIFETIME
from integration_api.access.factors import FactorKind, FactorRow
from integration_api.access.totp import matching_step
from integration_api.access.work import Work
from integration_api.core.errors import ApiError, Forbidden, Invalid, Unauthenticated
from integration_api.ledger.events import Event
from integration_api.resources.accounts import factor_statements as sql
from integration_api.resources.accounts import passkeys
from integration_api.resources.accounts import sign_in_statements as sign_ins_sql
from integration_api.resources.accounts import statements as accounts_sql
from integration_api.resources.accounts.factor_schemas import AccessToken, StepUp
from integration_api.resources.accounts.rules import has_expired, normal_code
from integration_api.resources.accounts.sign_in_statements import SignInOfAccount

__all__ = [
    "WrongProof",
    "access_token",
    "code_digest",
    "confirmed",
    "is_over",
    "prove_sign_in",
    "step_up",
    "use_code",
    "use_totp",
]


class WrongProof(Forbidden):
    """The code, passkey or password is wrong, was used already, or is not what this account needs."""

    code = "wrong-proof"
    title = "Not proved"


async def step_up(work: Work, body: StepUp) -> AccessToken:
    """Prove again who one is; for five minutes the proof is fresh. Raises WrongProof, Invalid, TooManyRequests."""
    given = [proof for proof in (body.totp_code, body.credential, body.password) if proof is not None]
    if len(given) != 1:
        raise Invalid(errors=[{"field": "body", "code": "one_of", "message": "give exactly one proof"}])
    guess = await throttle.guess_of_actor(work)
    factors = confirmed(await work.all(sql.MY_FACTORS))
    if body.password is not None:
        is_proved = not factors and await _is_password(work, body.password)
    elif body.totp_code is not None:
        is_proved = use_totp(work, factors, body.totp_code, WrongProof)
    else:
        is_proved = await passkeys.use_passkey(work, body.credential or {}, WrongProof, work.actor) is not None
    if not is_proved:
        raise WrongProof
    await guess.was_right()
    actor = prove_sign_in(work, is_strong=work.actor.is_strong or body.password is None)
    work.record(Event.AUTH_STEPPED_UP, actor.sign_in_id)
    work.is_secret = True
    return await access_token(work, actor)


def prove_sign_in(work: Work, *, is_strong: bool) -> Actor:
    """Collect that the actor has proved now who they are, and what they are with that."""
    work.change(sign_ins_sql.PROVE_SIGN_IN, missed=Unauthenticated, is_strong=is_strong)
    return replace(work.actor, proved_at=work.now, is_strong=is_strong)


def is_over(found: SignInOfAccount, now: datetime) -> bool:
    """Whether a sign-in has lasted, or was left alone, for too long: by when it was made, and by today's policy."""
    return found.expires_at <= now or has_expired(
        found.policies,
        now,
        is_patient=found.patient_id is not None,
        created_at=found.created_at,
        refreshed_at=found.refreshed_at,
    )


async def access_token(work: Work, actor: Actor) -> AccessToken:
    """A new access token of a sign-in that goes on. Raises Unauthenticated where a refresh would be refused."""
    shown = {"clinic_id": actor.clinic_id, "id": actor.sign_in_id}
    found = await work.runtime.database.one(sign_ins_sql.SIGN_IN_OF_TOKEN, shown)
    if found is None or is_over(found, work.now):
        raise Unauthenticated("The sign-in was left alone, or has lasted, for too long; sign in again.")
    return AccessToken(
        access_token=work.runtime.tokens.issue(actor, work.now),
        token_type="Bearer",  # noqa: S106  the scheme's name
        expires_in=int(ACCESS_TOKEN_LIFETIME.total_seconds()),
    )


def confirmed(factors: Sequence[FactorRow]) -> list[FactorRow]:
    """Those that count."""
    return [factor for factor in factors if factor.confirmed_at is not None]


def use_totp(work: Work, factors: Sequence[FactorRow], code: str, wrong: Callable[[], ApiError]) -> bool:
    """Collect that this code is used up, and say whether it is right. `wrong` is raised where another was faster."""
    for factor in factors:
        if factor.kind is FactorKind.TOTP:
            step = matching_step(factor.secret or "", code, work.now, factor.last_step)
            if step is not None:
                work.change(sql.USE_TOTP, missed=wrong, clinic_id=factor.clinic_id, id=factor.id, last_step=step)
                return True
    return False


async def use_code(work: Work, clinic_id: UUID, account_id: UUID, code: str, wrong: Callable[[], ApiError]) -> bool:
    """Collect that this recovery code is used up, and say whether it is one. `wrong` is raised as in `use_totp`."""
    digest = code_digest(work, clinic_id, account_id, code)
    shown = {"clinic_id": clinic_id, "account_id": account_id, "code_digest": digest}
    if await work.runtime.database.one(sql.CODE_OF_ACCOUNT, shown) is None:
        return False
    work.change(sql.USE_CODE, missed=wrong, clinic_id=clinic_id, account_id=account_id, code_digest=digest)
    return True


def code_digest(work: Work, clinic_id: UUID, account_id: UUID, code: str) -> bytes:
    """What is kept of a recovery code."""
    return work.runtime.vault.blind_index("recovery-code", f"{account_id} {normal_code(code)}", clinic_id)


async def _is_password(work: Work, password: str) -> bool:
    row = await work.get(accounts_sql.READ_ACCOUNT, id=work.actor.id)
    return await work.runtime.passwords.is_right(row.password_hash, password)
