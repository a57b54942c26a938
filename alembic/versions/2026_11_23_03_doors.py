"""Throttles, service accounts, external identities"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_03"
down_revision = "2026_11_23_02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "throttles",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("spent_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_throttles")),
    )
    op.create_index("ix_throttles_spent", "throttles", ["clinic_id", "spent_until"])
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.add_column(sa.Column("scopes", sa.Text(), nullable=True))
    op.create_table(
        "service_accounts",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("previous_digest", sa.LargeBinary(), nullable=True),
        sa.Column("previous_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_service_accounts_clinic_id_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_service_accounts")),
    )
    op.create_index("ix_service_accounts_created_at", "service_accounts", ["clinic_id", "created_at", "id"])
    op.create_table(
        "external_identities",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_index", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_external_identities_clinic_id_id")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "linked_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_external_identities_clinic_id_linked_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_external_identities")),
        sa.UniqueConstraint("clinic_id", "subject_index", name=op.f("uq_external_identities_clinic_id_subject_index")),
    )
    op.create_index("ix_external_identities_subject", "external_identities", ["subject_index", "linked_at"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("external_identities")
    op.drop_table("service_accounts")
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.drop_column("scopes")
    op.drop_table("throttles")
