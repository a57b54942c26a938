"""Webhooks, and the log of their messages. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_21"
down_revision = "2026_11_29_03"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def _enum(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "webhooks",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret", sa.LargeBinary(), nullable=True),
        sa.Column("previous_secret_ends_at", _TIME, nullable=True),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("state", _enum("webhook_state", "active", "off"), nullable=False),
        sa.Column("off_reason", _enum("off_reason", "by_admin", "gone", "failing"), nullable=True),
        sa.Column("failing_since", _TIME, nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(state = 'off') = (off_reason IS NOT NULL)", name=op.f("ck_webhooks_off_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_webhooks_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_webhooks")),
    )
    op.create_index("ix_webhooks_list", "webhooks", ["clinic_id", "created_at", "id"])
    op.create_index("ix_webhooks_active", "webhooks", ["clinic_id", "state", "id"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("state", _enum("delivery_state", "pending", "delivered", "failed", "not_told"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column(
            "last_error",
            _enum("delivery_error", "address_refused", "unreachable", "timed_out", "status"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "webhook_id"],
            ["webhooks.clinic_id", "webhooks.id"],
            name=op.f("fk_webhook_deliveries_clinic_id_webhook_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index("ix_webhook_deliveries_list", "webhook_deliveries", ["clinic_id", "webhook_id", "created_at", "id"])
    due = ["clinic_id", "webhook_id", "state", "due_at", "id"]
    op.create_index("ix_webhook_deliveries_due", "webhook_deliveries", due)


def downgrade() -> None:
    """Undo."""
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
