"""Changing what decides about the access of an account, its binding with it."""

from typing import TypeVar

from integration_api.access.tables import AccountRow
from integration_api.access.work import Work
from integration_api.resources.people.accounts import statements as sql

AnyAccount = TypeVar("AnyAccount", bound=AccountRow)


def revise_access(work: Work, row: AnyAccount, **values: object) -> AnyAccount:
    """Collect a change of an account, its binding with it. Whoever raises the epoch records the new binding."""
    return work.revise(sql.UPDATE_ACCOUNT, row, work.runtime.bindings.renewed("accounts", row, values))
