"""Rows of orders."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.orders.limits import DoseRoute, DoseUnit
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class OrderRow(VersionedRow):
    """One order.

    `sessions_used` counts the sessions with a dose that stands and names it. `times_counted` guards that count.
    """

    patient_id: UUID
    course_id: UUID | None = None
    route: DoseRoute = Field(sa_type=enum_type(DoseRoute))
    amount_min: float = Field(sa_type=sa.Double)
    amount_max: float = Field(sa_type=sa.Double)
    unit: DoseUnit = Field(sa_type=enum_type(DoseUnit))
    sessions_authorised: int
    review_after_sessions: int
    valid_from: datetime
    valid_until: datetime
    sessions_used: int = 0
    times_counted: int = 0
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class OrderTable(OrderRow, table=True):
    """Listed by chart, newest first. An order never changes but for its withdrawal and the count of its sessions."""

    __tablename__ = "orders"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"],
            ["courses.clinic_id", "courses.patient_id", "courses.id"],
            name="fk_orders_course",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("amount_min > 0 AND amount_min <= amount_max", name="amounts"),
        sa.CheckConstraint("valid_from < valid_until", name="validity"),
        sa.CheckConstraint("sessions_authorised > 0 AND review_after_sessions > 0", name="sessions"),
        sa.CheckConstraint("sessions_used >= 0", name="used"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_orders_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_orders_clinic", "clinic_id", "created_at", "id"),
    )
