"""Fresh proof of a sign-in, purpose and digest in the ledger, notices"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_01"
down_revision = "2026_11_22_07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "notices",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("to_role", sa.String(length=20), nullable=True),
        sa.Column("to_account_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(to_role IS NULL) <> (to_account_id IS NULL)", name=op.f("ck_notices_has_one_audience")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "actor_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notices_clinic_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "to_account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notices_clinic_id_to_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_at", "notices", ["clinic_id", "at", "id"])
    with op.batch_alter_table("ledger") as batch_op:
        batch_op.add_column(
            sa.Column(
                "purpose",
                sa.Enum(
                    "treatment",
                    "supervision",
                    "operations",
                    "oversight",
                    "own",
                    name="purpose",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("digest", sa.LargeBinary(length=32), nullable=True))
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.add_column(sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("is_strong", sa.Boolean(), nullable=True))
    op.execute("UPDATE sign_ins SET proved_at = created_at, is_strong = false")
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.alter_column("proved_at", nullable=False)
        batch_op.alter_column("is_strong", nullable=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.drop_column("is_strong")
        batch_op.drop_column("proved_at")
    with op.batch_alter_table("ledger") as batch_op:
        batch_op.drop_column("digest")
        batch_op.drop_constraint(op.f("ck_ledger_purpose"), type_="check")
        batch_op.drop_column("purpose")
    op.drop_table("notices")
