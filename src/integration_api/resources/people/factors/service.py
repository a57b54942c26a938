"""One's own second factors and recovery codes."""

import base64
import secrets
from collections.abc import Sequence
from uuid import UUID

from integration_api.access import alarms
from integration_api.access.factor_tables import FactorKind, FactorRow, RecoveryCodeRow
from integration_api.access.notices import tell_account
from integration_api.access.reads import StartAgain
from integration_api.access.totp import enrolment_uri, matching_step, new_secret
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.factors import operations
from integration_api.resources.people.factors import statements as sql
from integration_api.resources.people.factors.rules import MAX_FACTORS, RECOVERY_CODES
from integration_api.resources.people.factors.schemas import (
    Factor,
    FactorAdded,
    Factors,
    PasskeyAdd,
    RecoveryCodes,
    TotpAdd,
    TotpBegun,
    TotpConfirm,
)
from integration_api.resources.people.sign_in import passkeys
from integration_api.resources.people.sign_in import second_factor_statements as second_factors_sql
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.resources.people.sign_in.access_tokens import access_token
from integration_api.resources.people.sign_in.codes import app_code
from integration_api.resources.people.sign_in.schemas import PasskeyOptions
from integration_api.resources.people.sign_in.second_factors import code_digest, confirmed
from integration_api.resources.people.sign_in.statements import READ_ACCOUNT
from integration_api.resources.people.sign_in.step_ups import WrongProof, prove_sign_in
from integration_api.web.errors import Conflict, IdTaken, NotFound, SecondFactorRequired

_CODE_BYTES = 10


class TooManyFactors(Conflict):
    """A person can have ten factors; remove one first."""

    code = "too-many-factors"
    title = "Too many factors"
    remedy = "Let the person remove a factor that they no longer use."


class LastFactor(Conflict):
    """Staff keep at least one factor; add the new one first."""

    code = "last-factor"
    title = "Last factor"
    remedy = "Add the new factor first, then remove this one."


class NoFactor(Conflict):
    """Recovery codes stand in for a factor; add one first."""

    code = "no-factor"
    title = "No factor yet"
    remedy = "Add an app or a passkey first."


class PasskeyTaken(Conflict):
    """This passkey is registered already; use it, or register another one."""

    code = "passkey-taken"
    title = "Passkey already registered"
    remedy = "Do nothing: this device can be used. Show the person their list of factors."


async def list_factors(work: Work) -> Factors:
    """List the actor's factors, and count the recovery codes that are left."""
    found = await work.all(second_factors_sql.MY_FACTORS)
    codes = await work.all(sql.UNUSED_CODES) if found else []
    work.record()
    return Factors(items=[_present(row) for row in found], recovery_codes_left=len(codes))


async def add_totp(work: Work, body: TotpAdd) -> TotpBegun:
    """Begin with an app for codes; one begun before and never confirmed is dropped. Raises TooManyFactors."""
    known = confirmed(await _factors_to_add_to(work))
    if len(known) >= MAX_FACTORS:
        raise TooManyFactors
    clinic, name = (await load_clinic(work)).name, await _name(work)
    secret = new_secret()
    row = _new_factor(work, FactorKind.TOTP, body.label)
    work.change(sql.DELETE_UNCONFIRMED, rows=None)
    row = work.runtime.bindings.bound("factors", row.model_copy(update={"secret": secret}))
    work.create(sql.INSERT_FACTOR, row)
    work.record(row.id)
    work.is_secret = True
    return TotpBegun(id=row.id, secret=secret, uri=enrolment_uri(secret, name, clinic))


async def confirm_totp(work: Work, factor_id: UUID, body: TotpConfirm) -> FactorAdded:
    """Use an app for the first time: it counts from now on. Raises NotACode, NotFound, WrongProof."""
    code = app_code(body.totp_code)
    known = await _factors_to_add_to(work)
    row = next((row for row in known if row.id == factor_id and row.confirmed_at is None), None)
    if row is None:
        raise NotFound
    is_bound = await alarms.is_bound(work, "factors", row)
    step = matching_step(row.secret or "", code, work.now, None)
    if step is None or not is_bound:
        raise WrongProof
    work.change(sql.CONFIRM_FACTOR, missed=WrongProof, id=row.id, last_step=step)
    return await _added(work, row)


async def offer_new_passkey(work: Work) -> PasskeyOptions:
    """Return what a browser is to ask for a new passkey. Nothing is stored. Raises TooManyFactors."""
    known = confirmed(await _factors_to_add_to(work))
    if len(known) >= MAX_FACTORS:
        raise TooManyFactors
    clinic, name = (await load_clinic(work)).name, await _name(work)
    return PasskeyOptions(public_key=passkeys.creation_options(work, clinic, name, known))


async def add_passkey(work: Work, body: PasskeyAdd) -> FactorAdded:
    """Add a passkey. Making it was its first use: the authenticator has verified the person.

    Raises WrongProof, PasskeyTaken, TooManyFactors.
    """
    known = confirmed(await _factors_to_add_to(work))
    if len(known) >= MAX_FACTORS:
        raise TooManyFactors
    made = passkeys.checked_registration(work, body.credential)
    if made is None:
        raise WrongProof
    row = _new_factor(work, FactorKind.PASSKEY, body.label).model_copy(
        update={
            "confirmed_at": work.now,
            "credential_id": made.credential_id,
            "public_key": made.public_key,
            "sign_count": made.sign_count,
        }
    )
    row = work.runtime.bindings.bound("factors", row)
    passkeys.use_challenge(work, row.clinic_id, made.challenge, WrongProof)
    work.create(sql.INSERT_FACTOR, row, {"uq_factors_clinic_id_credential_id": PasskeyTaken, "pk_factors": IdTaken})
    return await _added(work, row)


async def remove_factor(work: Work, factor_id: UUID) -> None:
    """Remove one; a patient's last one takes the recovery codes with it. Raises NotFound, LastFactor."""
    account = await work.get(READ_ACCOUNT, id=work.actor.id)  # before the factors: what goes later moves it on
    known = await work.all(second_factors_sql.MY_FACTORS)
    row = next((row for row in known if row.id == factor_id), None)
    if row is None:
        raise NotFound
    others = [factor for factor in confirmed(known) if factor.id != factor_id]
    if row.confirmed_at is not None:
        if not work.actor.may_do_all:
            raise SecondFactorRequired
        if not others and not work.actor.is_patient:
            raise LastFactor
        if not others:
            work.change(sql.DELETE_CODES, rows=None)
        work.change(sql.FACTOR_WENT, account, missed=StartAgain, expected_version=account.version)
        tell_account(work, work.actor.id, operations.REMOVE_FACTOR.recorded, row.id)
    work.change(sql.DELETE_FACTOR, missed=StartAgain, id=factor_id, may_be_last=work.actor.is_patient)
    work.record(factor_id)


async def make_recovery_codes(work: Work) -> RecoveryCodes:
    """Ten new ones in the place of those there were. Raises NoFactor."""
    if not confirmed(await work.all(second_factors_sql.MY_FACTORS)):
        raise NoFactor
    actor, codes = work.actor, [_new_code() for _ in range(RECOVERY_CODES)]
    work.change(sql.DELETE_CODES, rows=None)
    for code in codes:
        row = RecoveryCodeRow(
            clinic_id=actor.clinic_id,
            id=new_id(),
            account_id=actor.id,
            code_digest=code_digest(work, actor.clinic_id, actor.id, code),
            created_at=work.now,
        )
        work.create(sql.INSERT_CODE, row)
    tell_account(work, actor.id, operations.MAKE_RECOVERY_CODES.recorded)
    work.record()
    work.is_secret = True
    return RecoveryCodes(codes=codes)


async def _factors_to_add_to(work: Work) -> Sequence[FactorRow]:
    """Return the actor's factors. A person who has one shows it before adding another. Raises SecondFactorRequired."""
    known = await work.all(second_factors_sql.MY_FACTORS)
    if confirmed(known) and not work.actor.is_strong:
        raise SecondFactorRequired
    return known


async def _added(work: Work, row: FactorRow) -> FactorAdded:
    """Collect what follows from a factor that counts from now on."""
    work.change(sign_in_sql.END_WEAK_SIGN_INS, rows=None)
    actor = prove_sign_in(work, is_strong=True)
    tell_account(work, actor.id, operations.CONFIRM_TOTP.recorded, row.id)
    work.record(row.id)
    work.is_secret = True
    used = row.model_copy(update={"confirmed_at": work.now, "last_used_at": work.now})
    return FactorAdded(factor=_present(used), access=await access_token(work, actor))


def _new_factor(work: Work, kind: FactorKind, label: str | None) -> FactorRow:
    return FactorRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        account_id=work.actor.id,
        kind=kind,
        label=label,
        created_at=work.now,
    )


async def _name(work: Work) -> str:
    """Return what the actor's app or authenticator shows beside the clinic. A patient's name stays in the chart."""
    row = await work.get(READ_ACCOUNT, id=work.actor.id)
    return row.email or "patient"


def _new_code() -> str:
    """Return 80 random bits in four groups."""
    text = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _present(row: FactorRow) -> Factor:
    return Factor.of(row, is_confirmed=row.confirmed_at is not None)
