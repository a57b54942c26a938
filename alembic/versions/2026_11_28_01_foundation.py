"""Foundation: keys of the vault, stored answers, the ledger with its places and seals

The chain begins here, one revision for each area: no server was released before it.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_01"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "stored_responses",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=40), nullable=True),
        sa.Column("location", sa.String(length=200), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_stored_responses")),
        sa.UniqueConstraint("clinic_id", "account_id", "key_digest", name="uq_stored_responses_key"),
        info={"key_owner": "owner_id"},
    )
    op.create_index("ix_stored_responses_subject", "stored_responses", ["clinic_id", "owner_id", "subject_id"])
    op.create_table(
        "ledger",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("done", "denied", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_role", sa.String(length=20), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
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
        ),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_ledger")),
    )
    op.create_index("ix_ledger_at", "ledger", ["clinic_id", "at", "id"])
    op.create_index("ix_ledger_chart", "ledger", ["clinic_id", "patient_id", "at", "id"])
    op.create_index(
        "ix_ledger_digest",
        "ledger",
        ["clinic_id", "subject_id", "digest"],
        postgresql_where=sa.text("digest IS NOT NULL"),
        sqlite_where=sa.text("digest IS NOT NULL"),
    )
    op.create_table(
        "ledger_places",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seal_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_ledger_places")),
        sa.UniqueConstraint("clinic_id", "position", name=op.f("uq_ledger_places_clinic_id_position")),
    )
    op.create_table(
        "ledger_seals",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.Integer(), nullable=False),
        sa.Column("first_position", sa.BigInteger(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous_head", sa.LargeBinary(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_ledger_seals")),
        sa.UniqueConstraint("clinic_id", "number", name=op.f("uq_ledger_seals_clinic_id_number")),
    )
    op.create_table(
        "vault_keys",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_vault_keys")),
    )
    op.create_index("ix_vault_keys_wrapped_key", "vault_keys", ["wrapped_key"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("vault_keys")
    op.drop_table("ledger_seals")
    op.drop_table("ledger_places")
    op.drop_table("ledger")
    op.drop_table("stored_responses")
