"""Linking accounts to people of the external issuer. Who may sign in as whom is an admin's to say, freshly proven."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.federation import subject_index
from integration_api.access.notices import tell_account, tell_role
from integration_api.access.revisions import check_version
from integration_api.access.tables import AccountRow, ExternalIdentityRow
from integration_api.access.work import Work
from integration_api.resources.people.accounts import external_identity_statements as sql
from integration_api.resources.people.accounts import service
from integration_api.resources.people.accounts.access_changes import revise_access
from integration_api.resources.people.accounts.schemas import Account, ExternalIdentitySet
from integration_api.resources.people.sign_in.statements import END_SIGN_INS
from integration_api.web.errors import Conflict, NotFound


class NoIssuer(Conflict):
    """No external issuer is configured; the operator sets INTEGRATION_API_OIDC_ISSUER."""

    code = "no-external-issuer"
    title = "No external issuer"
    remedy = (
        "Ask the operator to set `INTEGRATION_API_OIDC_ISSUER`. Until then people sign in with passwords and passkeys."
    )


class SubjectTaken(Conflict):
    """Another account of this clinic is linked to this person; unlink that one first."""

    code = "subject-taken"
    title = "Already linked"
    remedy = "Find the account that is linked, and unlink it first."


async def set_external_identity(
    work: Work, account_id: UUID, body: ExternalIdentitySet, expected_version: int
) -> Account:
    """Link a member of staff, in place of whom they were linked to. Raises NoIssuer, SubjectTaken, StaleVersion."""
    external = work.runtime.external
    row = await _load(work, account_id, expected_version)
    if external is None:
        raise NoIssuer
    link = ExternalIdentityRow(
        clinic_id=row.clinic_id,
        id=row.id,
        subject_index=subject_index(work.runtime.vault, external.issuer.trust.issuer, body.subject),
        linked_at=work.now,
        linked_by_id=work.actor.id,
    )
    link = work.runtime.bindings.bound("external_identities", link)
    is_linked = await work.one(sql.READ_IDENTITY, id=row.id) is not None
    change = sql.MOVE_IDENTITY if is_linked else sql.INSERT_IDENTITY
    work.change(change, link, conflicts={"uq_external_identities_clinic_id_subject_index": SubjectTaken})
    return _changed(work, row)


async def remove_external_identity(work: Work, account_id: UUID, expected_version: int) -> None:
    """Unlink a member of staff. Raises NotFound if there is no link, StaleVersion."""
    row = await _load(work, account_id, expected_version)
    work.change(sql.REMOVE_IDENTITY, missed=NotFound, id=row.id)
    _changed(work, row)


async def _load(work: Work, account_id: UUID, expected_version: int) -> AccountRow:
    row = await service.load_staff(work, account_id)
    check_version(row, expected_version)
    if account_id == work.actor.id:
        raise service.NotYourOwnRoles
    return row


def _changed(work: Work, row: AccountRow) -> Account:
    """End every sign-in of the account: none may go on by the former link."""
    changed = revise_access(work, row, epoch=row.epoch + 1)
    work.change(END_SIGN_INS, rows=None, account_id=row.id)
    event = work.operation.recorded
    work.record(row.id, digest=changed.binding)
    tell_role(work, Role.CLINIC_ADMIN, event, row.id)
    tell_account(work, row.id, event, row.id)
    return service.present(changed)
