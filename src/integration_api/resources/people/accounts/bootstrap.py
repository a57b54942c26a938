"""A factor for the people of the demo, who cannot set one up themselves. Only the command line comes here."""

from integration_api.access.factor_tables import FactorKind, FactorRow
from integration_api.access.tables import AccountRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.factors.statements import INSERT_FIRST_FACTOR


def give_totp(work: Work, account: AccountRow, secret: str) -> None:
    """Add a factor with a public secret, for the demo, in the same step as the account."""
    row = FactorRow(
        clinic_id=account.clinic_id,
        id=new_id(),
        account_id=account.id,
        kind=FactorKind.TOTP,
        label="Demo",
        created_at=work.now,
        confirmed_at=work.now,
        secret=secret,
    )
    work.change(INSERT_FIRST_FACTOR, work.runtime.bindings.bound("factors", row))
