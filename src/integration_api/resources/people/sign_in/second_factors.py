"""Second factors that are shown: codes of an app, and recovery codes."""

from collections.abc import Callable, Sequence
from uuid import UUID

from integration_api.access import alarms
from integration_api.access.factor_tables import FactorKind, FactorRow
from integration_api.access.totp import matching_step
from integration_api.access.work import Work
from integration_api.resources.people.sign_in import second_factor_statements as second_factors_sql
from integration_api.resources.people.sign_in.rules import normal_code
from integration_api.web.errors import ApiError


def confirmed(factors: Sequence[FactorRow]) -> list[FactorRow]:
    """Return the factors that were confirmed."""
    return [factor for factor in factors if factor.confirmed_at is not None]


async def use_totp(work: Work, factors: Sequence[FactorRow], code: str, wrong: Callable[[], ApiError]) -> bool:
    """Collect that this code is used up, and say whether it is right. `wrong` is raised where another was faster.

    A factor that does not belong to the account counts for nothing, and raises the alarm.
    """
    bound = [factor for factor in factors if work.runtime.bindings.holds("factors", factor)]
    if moved := next((factor for factor in factors if factor not in bound), None):
        await alarms.is_bound(work, "factors", moved)
    for factor in bound:
        if factor.kind is FactorKind.TOTP:
            step = matching_step(factor.secret or "", code, work.now, factor.last_step)
            if step is not None:
                work.change(
                    second_factors_sql.USE_TOTP, missed=wrong, clinic_id=factor.clinic_id, id=factor.id, last_step=step
                )
                return True
    return False


async def use_code(work: Work, clinic_id: UUID, account_id: UUID, code: str, wrong: Callable[[], ApiError]) -> bool:
    """Collect that this recovery code is used up, and say whether it is one. `wrong` is raised as in `use_totp`."""
    digest = code_digest(work, clinic_id, account_id, code)
    found = await work.one(
        second_factors_sql.CODE_OF_ACCOUNT, clinic_id=clinic_id, account_id=account_id, code_digest=digest
    )
    if found is None:
        return False
    work.change(
        second_factors_sql.USE_CODE, missed=wrong, clinic_id=clinic_id, account_id=account_id, code_digest=digest
    )
    return True


def code_digest(work: Work, clinic_id: UUID, account_id: UUID, code: str) -> bytes:
    """Return what is kept of a recovery code."""
    return work.runtime.vault.blind_index("recovery-code", f"{account_id} {normal_code(code)}", clinic_id)
