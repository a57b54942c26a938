"""Colleagues whom an account names: its supervisor, and its successor if it leaves."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from pydantic import MISSING

from integration_api.access.actor import Role
from integration_api.access.references import referred_by
from integration_api.access.tables import AccountRow, AccountState
from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.people.accounts.schemas import AccountUpdate
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.web.errors import Invalid

_CLINICIANS = frozenset({Role.THERAPIST, Role.PRESCRIBER})
"""The roles that may write notes."""


async def check_supervisor(work: Work, account_id: UUID | None, of_id: UUID | None) -> None:
    """Raise NotFound, or Invalid unless it is another active account with the role of a supervisor."""
    if not await _is_colleague(work, account_id, of_id, {Role.SUPERVISOR}):
        message = "must be another active account with the role of a supervisor"
        raise Invalid(errors=[{"field": "body.supervised_by", "code": "not_a_supervisor", "message": message}])


async def check_successor(work: Work, account_id: UUID | None, of_id: UUID) -> None:
    """Raise NotFound, or Invalid unless it is another active account of the clinic that may write notes."""
    if not await _is_colleague(work, account_id, of_id, _CLINICIANS):
        message = "must be another active account with the role of a therapist or prescriber"
        raise Invalid(errors=[{"field": "body.successor_id", "code": "not_a_clinician", "message": message}])


async def check_colleagues(work: Work, body: AccountUpdate, account_id: UUID) -> None:
    """Raise Invalid for a supervisor or successor who can be neither."""
    if body.supervised_by is not MISSING:
        with referred_by("supervised_by"):
            await check_supervisor(work, body.supervised_by, account_id)
    if body.successor_id is not MISSING:
        with referred_by("successor_id"):
            await check_successor(work, body.successor_id, account_id)


async def hand_over(work: Work, before: AccountRow, after: AccountRow) -> None:
    """Collect what an account leaves open, for its successor and for those to whom it falls.

    It leaves if it is disabled, goes outside, or loses the last role that may write notes. A successor who is
    named later gets what was left before.
    """
    is_disabled = after.state is AccountState.DISABLED
    goes_outside = Role.OUTSIDE_THERAPIST in after.roles and Role.OUTSIDE_THERAPIST not in before.roles
    is_leaving = is_disabled or goes_outside or (_is_clinician(before) and not _is_clinician(after))
    if after.successor_id is not None and (is_leaving or after.successor_id != before.successor_id):
        has_left = is_disabled or not _is_clinician(after)
        await worklist.hand_over(work, after.id, after.successor_id, is_disabled=has_left)
    if is_leaving:
        await worklist.leave_clinic(work, after.id, after.successor_id)


def _is_clinician(row: AccountRow) -> bool:
    return not _CLINICIANS.isdisjoint(row.roles)


async def _is_colleague(work: Work, account_id: UUID | None, of_id: UUID | None, roles: AbstractSet[Role]) -> bool:
    if account_id is None:
        return True
    row = await work.get(sign_in_sql.READ_ACCOUNT, id=account_id)
    return account_id != of_id and row.state is AccountState.ACTIVE and not roles.isdisjoint(row.roles)
