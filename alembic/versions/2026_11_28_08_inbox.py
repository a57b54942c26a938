"""Inbox and insights: what patients are told, what plans point to. Servers of the version before must not go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_08"
down_revision = "2026_11_28_06"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "inbox_items",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "plan_to_answer",
                "plan_shared",
                "plan_accepted",
                "plan_declined",
                "plan_paused",
                "plan_resumed",
                "plan_ended",
                "reply_to_read",
                name="inbox_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_inbox_items_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_inbox_items")),
        sa.UniqueConstraint("clinic_id", "patient_id", "subject_id", "kind", name=op.f("uq_inbox_items_subject")),
    )
    op.create_table(
        "insights",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("insight_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_insights_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name=op.f("fk_insights_reflection"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_insights")),
        sa.UniqueConstraint(
            "clinic_id", "patient_id", "reflection_id", "insight_id", name=op.f("uq_insights_reflection")
        ),
    )
    op.create_index("ix_insights_insight", "insights", ["clinic_id", "patient_id", "insight_id"])
    op.create_index("ix_inbox_items_chart", "inbox_items", ["clinic_id", "patient_id", "opened_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("insights")
    op.drop_table("inbox_items")
