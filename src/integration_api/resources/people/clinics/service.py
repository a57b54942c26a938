"""Reading and changing the clinic, and its crisis resources."""

from pydantic import MISSING

from integration_api.access.actor import Role
from integration_api.access.references import not_found
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values
from integration_api.access.tables import AccountState, TenantRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.clinics import statements as sql
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.resources.people.clinics.rules import all_policies, shown_hours, stored_hours
from integration_api.resources.people.clinics.schemas import Clinic, ClinicUpdate, CrisisResources
from integration_api.storage.database import DatabaseDown
from integration_api.web.errors import Invalid


async def load_clinic(work: Work) -> TenantRow:
    """Return the row of the actor's clinic, for the rules of other resources."""
    clinic = await work.get(sql.READ_CLINIC)
    work.runtime.remember_country(clinic.id, clinic.country)
    return clinic


async def read_clinic(work: Work) -> Clinic:
    """Return the actor's clinic."""
    row = await load_clinic(work)
    work.record(row.id)
    return _present(row)


async def update_clinic(work: Work, body: ClinicUpdate, expected_version: int) -> Clinic:
    """Change what is given. Raises StaleVersion, NotFound, Invalid."""
    row = await load_clinic(work)
    check_version(row, expected_version)
    given = changed_values(body, {**vars(row), "hours": shown_hours(row.hours)}, mode="json")
    if "hours" in given:
        given["hours"] = stored_hours(given["hours"])
    if body.owner_id is not MISSING:
        given["owner_id"] = body.owner_id
        owner = await work.one(sql.READ_OWNER, id=body.owner_id)
        if owner is None:
            raise not_found("owner_id")
        if owner.state is not AccountState.ACTIVE or Role.CLINIC_ADMIN not in owner.roles:
            raise Invalid(errors=[{"field": "body.owner_id", "code": "no_admin", "message": "not an active admin"}])
    changed = work.revise(sql.UPDATE_CLINIC, row, given)
    work.record(row.id)
    return _present(changed)


async def list_crisis_resources(work: Work, country: str | None) -> CrisisResources:
    """Return who answers now: in this country, or else in that of the clinic whose access token is sent."""
    country = country or await _country_of_token(work)
    return CrisisResources(country=country, items=list(crisis_resources(country or "*")))


async def _country_of_token(work: Work) -> str | None:
    claimed = work.claimed_actor()
    if claimed is None:
        return None
    try:
        found = await work.one(sql.READ_COUNTRY, clinic_id=claimed.clinic_id)
    except DatabaseDown:
        return work.runtime.countries.get(claimed.clinic_id)
    return found.country if found else None


def create_clinic(work: Work, *, slug: str, name: str, time_zone: str, country: str) -> TenantRow:
    """Create a clinic with default hours and policies, and its key. Only the command line makes clinics."""
    clinic_id = new_id()
    row = TenantRow(
        clinic_id=clinic_id,
        id=clinic_id,
        created_at=work.now,
        updated_at=work.now,
        slug=slug,
        name=name,
        time_zone=time_zone,
        country=country,
        hours={day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        policies={},
        owner_id=new_id(),
    )
    work.new_vault_key(clinic_id, clinic_id)
    work.change(sql.INSERT_CLINIC, row)
    work.record(clinic_id, clinic_id=clinic_id)
    return row


def _present(row: TenantRow) -> Clinic:
    return Clinic.of(row, policies=all_policies(row.policies), hours=shown_hours(row.hours))
