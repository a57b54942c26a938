"""The sign-in of a program that has proved who it is, by its secret or by its signature."""

from collections.abc import Callable

from integration_api.access.actor import Actor, Role
from integration_api.access.bindings import BoundAccount
from integration_api.access.tables import SignInRow
from integration_api.access.tokens import ACCESS_TOKEN_LIFETIME
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.web.errors import ApiError


def sign_in_program(work: Work, account: BoundAccount, scopes: frozenset[str], missed: Callable[[], ApiError]) -> str:
    """Collect a sign-in of a program, and return its access token. Raises `missed`, when applied, if it has changed."""
    roles = tuple(Role(role) for role in account.roles)
    clinic_id, account_id = account.clinic_id, account.id
    actor = Actor(clinic_id, account_id, new_id(), account.epoch, roles, None, work.now, scopes=scopes)
    row = SignInRow(
        clinic_id=clinic_id,
        id=actor.sign_in_id,
        account_id=account_id,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + ACCESS_TOKEN_LIFETIME,
        proved_at=work.now,
    )
    row = work.runtime.bindings.bound("sign_ins", row)
    work.change(sign_in_sql.INSERT_SIGN_IN, row, missed=missed, epoch=account.epoch)
    work.record(actor.sign_in_id, clinic_id=clinic_id, actor_id=account_id)
    return work.runtime.tokens.issue(actor, work.now)
