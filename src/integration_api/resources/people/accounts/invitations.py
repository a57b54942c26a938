"""Accepting an invitation, or a reset: setting the password that a one-time code is for."""

import hashlib
import hmac

from integration_api.access import alarms
from integration_api.access.limits import attempts
from integration_api.access.notices import tell_account
from integration_api.access.password_hashes import holder
from integration_api.access.tables import AccountState
from integration_api.access.tokens import unpack_secret
from integration_api.access.work import Work
from integration_api.ledger.changes import Changed, Channel
from integration_api.ledger.events import REQUEST_REPLAYED
from integration_api.resources.people.accounts import operations
from integration_api.resources.people.accounts import statements as sql
from integration_api.resources.people.accounts.passwords import check_password
from integration_api.resources.people.accounts.schemas import InvitationAccept
from integration_api.resources.people.accounts.statements import InvitationOfAccount
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.resources.people.sign_in.codes import copied_code, no_invitation
from integration_api.web.errors import Conflict, Unavailable


class InvitationSpent(Conflict):
    """This invitation was used or has expired; ask for a new one."""

    code = "invitation-spent"
    title = "Invitation no longer valid"
    remedy = "Ask the clinic for a new code. If the person has set a password, let them sign in."


@attempts.counted(InvitationSpent)
async def accept_invitation(work: Work, body: InvitationAccept) -> None:
    """Set the password that a code is for; again with the same password it is done already.

    A reset ends every sign-in, and leaves second factors as they are. Raises NotACode; InvitationSpent; Invalid for a
    refused password.
    """
    try:
        clinic_id, invitation_id, secret = unpack_secret(copied_code(body.code))
    except ValueError as error:
        raise no_invitation() from error
    found = await work.one(sql.INVITATION_OF_CODE, clinic_id=clinic_id, id=invitation_id)
    digest = hashlib.sha256(secret).digest()
    if found is None or not hmac.compare_digest(found.code_digest, digest) or found.expires_at <= work.now:
        raise InvitationSpent
    account = found.account
    if not (await alarms.is_bound(work, "invitations", found) and await alarms.is_bound(work, "accounts", account)):
        raise InvitationSpent
    of = holder(clinic_id, found.account_id)
    if found.accepted_at is not None:
        attempt = await attempts.begin(work, found.account_id.bytes)
        if not await work.runtime.passwords.is_right(found.password_hash, body.password, of):
            raise InvitationSpent
        await attempt.was_right()
        work.record(  # the answer was lost on the way: what was asked is done
            invitation_id, found.patient_id, event=REQUEST_REPLAYED, clinic_id=clinic_id, actor_id=found.account_id
        )
        return
    if found.state is not (AccountState.ACTIVE if found.is_reset else AccountState.INVITED):
        raise InvitationSpent
    check_password(body.password, found.words or ())
    _set_password(work, found, await work.runtime.passwords.hash(body.password, of))


def _set_password(work: Work, found: InvitationOfAccount, password_hash: str) -> None:
    clinic_id, account_id = found.clinic_id, found.account_id
    opened = {"state": AccountState.ACTIVE, "epoch": found.epoch + 1, "password_hash": password_hash}
    renewed = work.runtime.bindings.renewed("accounts", found.account, opened)
    work.change(sql.ACCEPT_INVITATION, missed=InvitationSpent, clinic_id=clinic_id, id=found.id)
    work.change(
        sql.OPEN_ACCOUNT,
        missed=Unavailable,  # an admin changed the account meanwhile: asked again, the code is good still
        clinic_id=clinic_id,
        id=account_id,
        expected_version=found.version,
        expected_state=found.state,
        password_hash=password_hash,
        epoch=found.epoch + 1,
        binding=renewed["binding"],
        name=found.name,
        credential=found.credential,
        licence_region=found.licence_region,
        email=found.email,
    )
    work.telling.tell(Changed("account", account_id, Channel.ACCOUNT, None, account_id))
    if found.patient_id is None:
        work.telling.tell(Changed("account", account_id, Channel.STAFF))
    event = operations.PASSWORD_RESET if found.is_reset else operations.ACCEPT_INVITATION.recorded
    if found.is_reset:
        work.change(sign_in_sql.END_ALL_SIGN_INS, rows=None, clinic_id=clinic_id, account_id=account_id)
        tell_account(work, account_id, event, clinic_id=clinic_id)
    work.record(found.id, found.patient_id, clinic_id=clinic_id, actor_id=account_id, event=event)
    work.record(
        account_id,
        found.patient_id,
        clinic_id=clinic_id,
        actor_id=account_id,
        event=operations.PASSWORD_SET,
        digest=renewed["binding"],
    )
