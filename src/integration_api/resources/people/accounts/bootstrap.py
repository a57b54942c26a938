"""The first people of a clinic, before anybody can sign in. Only the command line comes here."""

from integration_api.access.actor import Role
from integration_api.access.factor_tables import FactorKind, FactorRow
from integration_api.access.tables import AccountRow, TenantRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.accounts import statements as sql
from integration_api.resources.people.accounts.passwords import words_about
from integration_api.resources.people.accounts.rules import password_fault
from integration_api.resources.people.accounts.service import new_account
from integration_api.resources.people.factors.statements import INSERT_FIRST_FACTOR
from integration_api.web.errors import Invalid


async def create_first_admin(work: Work, clinic: TenantRow, name: str, email: str, password: str) -> AccountRow:
    """The clinic's first admin. Raises Invalid for a refused password."""
    if password_fault(password, words_about(clinic, name, email)):
        raise Invalid("The password is too short or too easy to guess.")
    return await create_member(work, clinic, name, email, password, (Role.CLINIC_ADMIN,))


async def create_member(
    work: Work, clinic: TenantRow, name: str, email: str, password: str, roles: tuple[Role, ...], credential: str = ""
) -> AccountRow:
    """An active account with a password, in the same step as its clinic."""
    row = new_account(
        work,
        clinic.clinic_id,
        email,
        roles,
        name=name,
        credential=credential or None,
        password_hash=await work.runtime.passwords.hash(password),
    )
    work.change(sql.INSERT_FIRST_ACCOUNT, row)
    return row


def give_totp(work: Work, account: AccountRow, secret: str) -> None:
    """A factor that everybody may know the secret of: for the demo, in the same step as the account."""
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
    work.change(INSERT_FIRST_FACTOR, row)
