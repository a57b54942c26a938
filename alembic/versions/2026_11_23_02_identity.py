"""Second factors, recovery codes, devices and password resets"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_02"
down_revision = "2026_11_23_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. Refresh tokens of before do not work any more: everybody signs in once."""
    op.create_table(
        "factors",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("totp", "passkey", name="factor_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("label", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.Column("credential_id", sa.LargeBinary(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("sign_count", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(kind = 'totp') = (secret IS NOT NULL)", name=op.f("ck_factors_totp_has_a_secret")),
        sa.CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL)",
            name=op.f("ck_factors_passkey_has_a_key"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_factors_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_factors")),
        sa.UniqueConstraint("clinic_id", "credential_id", name=op.f("uq_factors_clinic_id_credential_id")),
    )
    op.create_index("ix_factors_account", "factors", ["clinic_id", "account_id", "created_at", "id"])
    op.create_table(
        "recovery_codes",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_recovery_codes_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint(
            "clinic_id",
            "account_id",
            "code_digest",
            name=op.f("uq_recovery_codes_clinic_id_account_id_code_digest"),
        ),
    )
    op.create_table(
        "used_challenges",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_used_challenges")),
    )
    op.create_index("ix_used_challenges_expires", "used_challenges", ["clinic_id", "expires_at"])
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.add_column(sa.Column("is_reset", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("words", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE invitations SET is_reset = false")
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.alter_column("is_reset", nullable=False)
    op.drop_index("ix_sign_ins_account", "sign_ins")
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.add_column(sa.Column("rotation", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("label", sa.LargeBinary(), nullable=True))
        batch_op.drop_column("previous_digest")
        batch_op.drop_column("refresh_digest")
    op.execute("UPDATE sign_ins SET rotation = 0")
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.alter_column("rotation", nullable=False)
    op.create_index("ix_sign_ins_account", "sign_ins", ["clinic_id", "account_id", "created_at", "id"])


def downgrade() -> None:
    """Undo. A digest that no token has: everybody signs in once."""
    op.drop_index("ix_sign_ins_account", "sign_ins")
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.add_column(sa.Column("refresh_digest", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("previous_digest", sa.LargeBinary(), nullable=True))
        batch_op.drop_column("label")
        batch_op.drop_column("rotation")
    sign_ins = sa.table("sign_ins", sa.column("refresh_digest", sa.LargeBinary()))
    op.execute(sa.update(sign_ins).values(refresh_digest=bytes(32)))
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.alter_column("refresh_digest", nullable=False)
    op.create_index("ix_sign_ins_account", "sign_ins", ["clinic_id", "account_id"])
    op.execute("DELETE FROM invitations WHERE is_reset")
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.drop_column("words")
        batch_op.drop_column("is_reset")
    op.drop_table("used_challenges")
    op.drop_table("recovery_codes")
    op.drop_table("factors")
