"""Designating the safeguarding lead and the deputy."""

from uuid import UUID

from integration_api.access.references import not_found, referred_by
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.tables import AccountState
from integration_api.access.work import Work
from integration_api.ledger.changes import AT_ONCE
from integration_api.resources.attention.flags.tables import UNIQUE_DESIGNATION, DesignationRow
from integration_api.resources.people.accounts.service import load_account
from integration_api.resources.people.safeguarding_reports import statements as sql
from integration_api.resources.people.safeguarding_reports.schemas import (
    SafeguardingDesignation,
    SafeguardingDesignationGiven,
)
from integration_api.resources.people.safeguarding_reports.statements import SeenDesignation
from integration_api.web.errors import FieldError, Invalid, StaleVersion


async def load_designation(work: Work) -> SeenDesignation:
    """Return who receives reports now; a blank one, of version 0, if nobody was ever designated."""
    clinic_id = work.actor.clinic_id
    return await work.one(sql.READ_DESIGNATION) or SeenDesignation(
        clinic_id=clinic_id,
        id=clinic_id,
        created_at=AT_ONCE,
        updated_at=AT_ONCE,
        version=0,
        terms={"introduction": None, "outside_contact": None},
        created_by_id=clinic_id,
        lead_stands=False,
        deputy_stands=False,
    )


async def read_safeguarding(work: Work) -> SafeguardingDesignation:
    """Return who receives reports."""
    row = await load_designation(work)
    if row.version == 0:
        await work.confirm()  # no row proved that the sign-in stands
    work.record(row.clinic_id)
    return _present(row)


async def designate_safeguarding(
    work: Work, body: SafeguardingDesignationGiven, expected_version: int
) -> SafeguardingDesignation:
    """Write the next version, for reports that come from now on. Raises StaleVersion, NotFound, Invalid."""
    present = await load_designation(work)
    check_version(present, expected_version)
    await _check(work, body.lead_id, body.deputy_id)
    row = DesignationRow(
        **new_values(work, body),
        terms={"introduction": body.introduction, "outside_contact": body.outside_contact},
        version=expected_version + 1,
        created_by_id=work.actor.id,
    )
    work.create(sql.INSERT_DESIGNATION, row, {UNIQUE_DESIGNATION: StaleVersion})
    work.record(row.clinic_id)
    return _present(row)


async def _check(work: Work, lead_id: UUID | None, deputy_id: UUID | None) -> None:
    """Raise NotFound for an account of nobody on the staff, and Invalid for one that cannot receive reports."""
    errors: list[FieldError] = []
    if lead_id is not None:
        errors += await _problems(work, "lead_id", lead_id)
    if deputy_id is not None:
        errors += await _problems(work, "deputy_id", deputy_id)
        if deputy_id == lead_id:
            errors.append({"field": "body.deputy_id", "code": "same_account", "message": "must be another account"})
    if errors:
        raise Invalid(errors=errors)


async def _problems(work: Work, field: str, account_id: UUID) -> list[FieldError]:
    with referred_by(field):
        account = await load_account(work, account_id)
    if account.patient_id is not None or account.scopes is not None:
        raise not_found(field)
    if account.state is AccountState.ACTIVE:
        return []
    return [{"field": f"body.{field}", "code": "not_active", "message": "must be an active account"}]


def _present(row: DesignationRow) -> SafeguardingDesignation:
    return SafeguardingDesignation.of(
        row, id=row.clinic_id, created_by_id=row.created_by_id if row.version else None, **row.terms
    )
