"""Choosing a password, and changing it."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from integration_api.access.actor import Role
from integration_api.access.limits import attempts
from integration_api.access.notices import tell_account, tell_role
from integration_api.access.password_hashes import holder
from integration_api.access.reads import StartAgain
from integration_api.access.tables import AccountRow, AccountState, InvitationRow, TenantRow
from integration_api.access.tokens import pack_mailed, pack_secret
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import tell
from integration_api.resources.people.accounts import operations
from integration_api.resources.people.accounts import statements as sql
from integration_api.resources.people.accounts.rules import password_fault
from integration_api.resources.people.accounts.schemas import Invitation, PasswordChange
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.resources.people.sign_in.access_tokens import access_token
from integration_api.resources.people.sign_in.schemas import AccessToken
from integration_api.resources.people.sign_in.step_ups import WrongProof
from integration_api.web.errors import Conflict, Forbidden, Invalid


class NotYourOwn(Forbidden):
    """You cannot reset your own password; change it at /me/password."""

    code = "not-your-own"
    title = "Not for yourself"
    remedy = "Send the old and the new password to `PUT /v1/me/password`."


class NothingToReset(Conflict):
    """This account is not open; invite it, or open it again."""

    code = "nothing-to-reset"
    title = "Account not open"
    remedy = "Invite the account if it was never opened. Set its `state` to `active` if it was disabled."


def check_password(password: str, context: Collection[str]) -> None:
    """Raises Invalid for a password that is too short or too easy to guess. `context` is names to avoid."""
    if fault := password_fault(password, context):
        raise Invalid(errors=[{"field": "body.password", "code": fault[0], "message": fault[1]}])


def words_about(clinic: TenantRow, *about: str | None) -> list[str]:
    """Return what a password may not be built on: the clinic's names, and the person's name and address."""
    return [clinic.name, clinic.slug, *(text for text in about if text)]


async def change(work: Work, row: AccountRow, body: PasswordChange, words: Collection[str]) -> AccessToken:
    """Replace a password; every other sign-in ends. Raises WrongProof, Invalid, TooManyRequests.

    The epoch moves on, so that access tokens of before are looked at again; the answer holds one of after.
    """
    attempt = await attempts.begin_of_actor(work)
    of, passwords = holder(row.clinic_id, row.id), work.runtime.passwords
    if row.password_hash is None or not await passwords.is_right(row.password_hash, body.old_password, of):
        raise WrongProof
    await attempt.was_right()
    check_password(body.password, words)
    new = {"password_hash": await passwords.hash(body.password, of), "epoch": row.epoch + 1}
    values = work.runtime.bindings.renewed("accounts", row, new)
    work.change(sign_in_sql.END_OTHER_SIGN_INS, rows=None)
    work.change(sql.END_INVITATIONS, rows=None, account_id=row.id)
    # Last: where changes are applied one by one, the actor is of the old epoch after it.
    changed = row.model_copy(update=values)
    work.change(
        sql.CHANGE_PASSWORD, changed, missed=StartAgain, old_hash=row.password_hash, expected_version=row.version
    )
    tell_account(work, row.id, operations.CHANGE_PASSWORD.recorded, row.id, clinic_id=row.clinic_id)
    work.record(row.id, digest=changed.binding)
    return await access_token(work, replace(work.actor, epoch=work.actor.epoch + 1))


def begin_reset(work: Work, row: AccountRow, hours: int, words: list[str], *, is_mailed: bool) -> Invitation:
    """Make a one-time code for a new password; earlier codes end. The old password works on.

    The person is told, and the privacy officers if it is a patient. A patient needs no second factor, so the code alone
    is enough to act as them. Raises NotYourOwn, NothingToReset.
    """
    if row.id == work.actor.id:
        raise NotYourOwn
    if row.state is not AccountState.ACTIVE:
        raise NothingToReset
    invitation = code_for(work, row, timedelta(hours=hours), words, is_reset=True, is_mailed=is_mailed)
    tell_account(work, row.id, operations.CREATE_PASSWORD_RESET.recorded, invitation.id)
    if row.patient_id is not None:
        tell_role(work, Role.PRIVACY_OFFICER, operations.CREATE_PASSWORD_RESET.recorded, row.id, row.patient_id)
    work.record(row.id, row.patient_id)
    return invitation


def code_for(
    work: Work, row: AccountRow, lifetime: timedelta, words: list[str], *, is_mailed: bool, is_reset: bool = False
) -> Invitation:
    """Collect a one-time code for an account; earlier ones end. If it `is_mailed`, it is sent by e-mail too."""
    work.change(sql.END_INVITATIONS, rows=None, account_id=row.id)
    invitation_id = new_id()
    is_sent = is_mailed and work.runtime.means.emails
    if is_sent:
        code, secret = pack_mailed(work.runtime.mail_key, row.clinic_id, invitation_id)
        tell(
            work, [row.id], NotificationKind.PASSWORD_RESET if is_reset else NotificationKind.INVITATION, invitation_id
        )
    else:
        code, secret = pack_secret(row.clinic_id, invitation_id)
    made = InvitationRow(
        clinic_id=row.clinic_id,
        id=invitation_id,
        account_id=row.id,
        is_reset=is_reset,
        words=words,
        code_digest=hashlib.sha256(secret).digest(),
        created_at=work.now,
        created_by_id=work.actor.id,
        expires_at=work.now + lifetime,
    )
    work.create(sql.INSERT_INVITATION, work.runtime.bindings.bound("invitations", made))
    work.is_secret = True
    return Invitation(id=invitation_id, account_id=row.id, code=code, expires_at=made.expires_at)
