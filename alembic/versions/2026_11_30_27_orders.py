"""Orders, and the order of a dose. Servers of the version before may go on: they name none."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_27"
down_revision = "2026_11_30_26"
branch_labels = None
depends_on = None

_ROUTES = (
    "iv_infusion",
    "im",
    "sc",
    "intranasal_racemic",
    "intranasal_esketamine",
    "sublingual",
    "buccal",
    "oral",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "orders",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column(
            "route",
            sa.Enum(*_ROUTES, name="dose_route", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("amount_min", sa.Double(), nullable=False),
        sa.Column("amount_max", sa.Double(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("mg", "mg/kg", name="dose_unit", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("sessions_authorised", sa.Integer(), nullable=False),
        sa.Column("review_after_sessions", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sessions_used", sa.Integer(), nullable=False),
        sa.Column("times_counted", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("amount_min > 0 AND amount_min <= amount_max", name=op.f("ck_orders_amounts")),
        sa.CheckConstraint("valid_from < valid_until", name=op.f("ck_orders_validity")),
        sa.CheckConstraint("sessions_authorised > 0 AND review_after_sessions > 0", name=op.f("ck_orders_sessions")),
        sa.CheckConstraint("sessions_used >= 0", name=op.f("ck_orders_used")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_orders_withdrawn_by")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_orders_withdrawn_reason")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"],
            ["courses.clinic_id", "courses.patient_id", "courses.id"],
            name="fk_orders_course",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_orders_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_orders_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_orders")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_orders_clinic_id_patient_id_id")),
    )
    op.create_index("ix_orders_chart", "orders", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_orders_clinic", "orders", ["clinic_id", "created_at", "id"])
    op.add_column("doses", sa.Column("order_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("doses", "order_id")
    op.drop_table("orders")
