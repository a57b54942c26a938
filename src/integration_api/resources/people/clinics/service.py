"""Reading and changing the clinic, and its crisis resources."""

from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from integration_api.access.revisions import check_version
from integration_api.access.tables import TenantRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.clinics import statements as sql
from integration_api.resources.people.clinics.rules import POLICY_DEFAULTS, policy
from integration_api.resources.people.clinics.schemas import Clinic, ClinicUpdate, CrisisResource, CrisisResources

_CRISIS_FILE = Path(__file__).parent / "crisis_resources.json"


async def load_clinic(work: Work) -> TenantRow:
    """The actor's clinic, for the rules of other slices."""
    return await work.get(sql.READ_CLINIC)


async def read_clinic(work: Work) -> Clinic:
    """The actor's clinic."""
    row = await load_clinic(work)
    work.record(row.id)
    return _present(row)


async def update_clinic(work: Work, body: ClinicUpdate, expected_version: int) -> Clinic:
    """Change what is given. Raises StaleVersion."""
    row = await load_clinic(work)
    check_version(row, expected_version)
    changed = work.revise(sql.UPDATE_CLINIC, row, body.model_dump(mode="json"))
    work.record(row.id)
    return _present(changed)


async def list_crisis_resources(work: Work) -> CrisisResources:
    """Return who answers now, in the clinic's country."""
    clinic = await load_clinic(work)
    return CrisisResources(country=clinic.country, items=list(crisis_resources(clinic.country)))


@lru_cache
def crisis_resources(country: str) -> tuple[CrisisResource, ...]:
    """The crisis resources of a country, emergency services first; those for any country where it has none."""
    known = TypeAdapter(dict[str, list[CrisisResource]]).validate_json(_CRISIS_FILE.read_bytes())
    return tuple(sorted(known.get(country) or known["*"], key=lambda item: item.kind != "emergency"))


def create_clinic(work: Work, *, slug: str, name: str, time_zone: str, country: str) -> TenantRow:
    """A new clinic with our default hours and policies, and its key. Only the command line makes clinics."""
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
    )
    work.new_vault_key(clinic_id, clinic_id)
    work.change(sql.INSERT_CLINIC, row)
    work.record(clinic_id, clinic_id=clinic_id)
    return row


def _present(row: TenantRow) -> Clinic:
    return Clinic.of(row, policies={name: policy(row.policies, name) for name in POLICY_DEFAULTS})
