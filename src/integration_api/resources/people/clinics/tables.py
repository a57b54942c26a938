"""The clinic's row."""

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.tables import JsonText, VersionedRow


class TenantRow(VersionedRow):
    """One clinic; `id` and `clinic_id` are the same. Nothing here is personal."""

    slug: str = Field(max_length=63)
    name: str = Field(max_length=200)
    time_zone: str = Field(max_length=64)
    country: str = Field(max_length=2)
    hours: dict[str, list[list[str]]] = Field(sa_type=JsonText)
    policies: dict[str, int] = Field(sa_type=JsonText)


class ClinicTable(TenantRow, table=True):
    """One row a clinic."""

    __tablename__ = "clinics"
    __table_args__ = (
        sa.UniqueConstraint("clinic_id"),
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint("id = clinic_id", name="is_its_own_tenant"),
    )
