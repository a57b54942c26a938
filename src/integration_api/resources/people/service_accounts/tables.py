"""The secrets of service accounts."""

from datetime import datetime

import sqlalchemy as sa

from integration_api.storage.tables import ClinicRow


class ServiceSecretRow(ClinicRow):
    """The secret of a service account (`id` is the account's), as a digest; and the one before, while it still works.

    A secret has 256 random bits, so its plain digest cannot be guessed back.
    """

    created_at: datetime
    secret_digest: bytes
    previous_digest: bytes | None = None
    previous_ends_at: datetime | None = None
    binding: bytes = b""


class ServiceSecretTable(ServiceSecretRow, table=True):
    """One row a service account."""

    __tablename__ = "service_accounts"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_service_accounts_created_at", "clinic_id", "created_at", "id"),
    )
