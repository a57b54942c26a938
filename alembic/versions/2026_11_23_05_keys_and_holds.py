"""Keys are found by their master key; legal holds and erasure of charts"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_05"
down_revision = "2026_11_23_04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_vault_keys_wrapped_key", "vault_keys", ["wrapped_key"])
    op.drop_index("ix_answers_subject", "answers")
    op.create_index("ix_answers_subject", "answers", ["clinic_id", "owner_id", "subject_id"])
    with op.batch_alter_table("patients") as batch_op:
        batch_op.add_column(
            sa.Column(
                "hold_reason",
                sa.Enum(
                    "litigation",
                    "court_order",
                    "investigation",
                    "complaint",
                    "audit",
                    "other",
                    name="hold_reason",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("hold_reference", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("hold_note", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("held_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_patients_hold_is_whole"),
            "(held_at IS NULL) = (hold_reason IS NULL) AND (held_at IS NULL) = (held_by_id IS NULL)",
        )
        batch_op.create_check_constraint(op.f("ck_patients_held_is_not_erased"), "held_at IS NULL OR erased_at IS NULL")


def downgrade() -> None:
    """Undo. The root secret stays: the next upgrade needs it."""
    with op.batch_alter_table("patients") as batch_op:
        batch_op.drop_constraint(op.f("ck_patients_held_is_not_erased"), type_="check")
        batch_op.drop_constraint(op.f("ck_patients_hold_is_whole"), type_="check")
        batch_op.drop_column("erased_at")
        batch_op.drop_column("held_by_id")
        batch_op.drop_column("held_at")
        batch_op.drop_column("hold_note")
        batch_op.drop_column("hold_reference")
        batch_op.drop_constraint(op.f("ck_patients_hold_reason"), type_="check")
        batch_op.drop_column("hold_reason")
    op.drop_index("ix_answers_subject", "answers")
    op.create_index("ix_answers_subject", "answers", ["clinic_id", "subject_id"])
    op.drop_index("ix_vault_keys_wrapped_key", "vault_keys")
