"""Step-up: proving again who one is, with a code, a passkey or the password."""

from dataclasses import replace

from integration_api.access.actor import Actor
from integration_api.access.limits import attempts
from integration_api.access.password_hashes import holder
from integration_api.access.work import Work
from integration_api.resources.people.sign_in import passkeys
from integration_api.resources.people.sign_in import second_factor_statements as second_factors_sql
from integration_api.resources.people.sign_in import statements as sql
from integration_api.resources.people.sign_in.access_tokens import access_token
from integration_api.resources.people.sign_in.codes import app_code
from integration_api.resources.people.sign_in.schemas import AccessToken, StepUp
from integration_api.resources.people.sign_in.second_factors import confirmed, use_totp
from integration_api.web.errors import Forbidden, Invalid
from integration_api.web.token_errors import SignInEnded


class WrongProof(Forbidden):
    """The code, passkey or password is wrong, was used already, or is not what this account needs."""

    code = "wrong-proof"
    title = "Not proved"
    remedy = (
        "Ask for the code that the app shows next, for the passkey again, or for the password. Each code works once."
    )


async def step_up(work: Work, body: StepUp) -> AccessToken:
    """Prove again who one is; for five minutes the proof is fresh.

    Raises Invalid, NotACode, WrongProof, TooManyRequests.
    """
    given = [proof for proof in (body.totp_code, body.credential, body.password) if proof is not None]
    if len(given) != 1:
        raise Invalid(errors=[{"field": "body", "code": "one_of", "message": "give exactly one proof"}])
    code = None if body.totp_code is None else app_code(body.totp_code)
    attempt = await attempts.begin_of_actor(work)
    factors = confirmed(await work.all(second_factors_sql.MY_FACTORS))
    if body.password is not None:
        is_proved = not factors and await _is_password(work, body.password)
    elif code is not None:
        is_proved = await use_totp(work, factors, code, WrongProof)
    else:
        is_proved = await passkeys.use_passkey(work, body.credential or {}, WrongProof, work.actor) is not None
    if not is_proved:
        raise WrongProof
    await attempt.was_right()
    actor = prove_sign_in(work, is_strong=work.actor.is_strong or body.password is None)
    work.record(actor.sign_in_id)
    work.is_secret = True
    return await access_token(work, actor)


def prove_sign_in(work: Work, *, is_strong: bool) -> Actor:
    """Collect that the actor has proved now who they are, and what they are with that."""
    actor = replace(work.actor, proved_at=work.now, is_strong=is_strong)
    proved = {
        "clinic_id": actor.clinic_id,
        "id": actor.sign_in_id,
        "account_id": actor.id,
        "is_strong": is_strong,
        "proved_at": work.now,
    }
    binding = work.runtime.bindings.of("sign_ins", proved)
    work.change(sql.PROVE_SIGN_IN, missed=SignInEnded, is_strong=is_strong, binding=binding)
    return actor


async def _is_password(work: Work, password: str) -> bool:
    row = await work.get(sql.READ_ACCOUNT, id=work.actor.id)
    return await work.runtime.passwords.is_right(row.password_hash, password, holder(row.clinic_id, row.id))
