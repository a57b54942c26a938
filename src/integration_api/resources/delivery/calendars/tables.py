"""The secret addresses of calendars."""

import sqlalchemy as sa

from integration_api.storage.tables import VersionedRow


class CalendarRow(VersionedRow):
    """One person's address (`id` is the account's): the digest of its secret, and the epoch of the account it is for.

    A secret has 256 random bits, so its plain digest cannot be guessed back.
    """

    epoch: int
    secret_digest: bytes
    binding: bytes = b""


class CalendarTable(CalendarRow, table=True):
    """At most one row an account."""

    __tablename__ = "calendars"
    __table_args__ = (sa.ForeignKeyConstraint(["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"]),)
