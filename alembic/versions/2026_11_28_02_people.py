"""People: clinics, patients, accounts and how they sign in, care teams"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_02"
down_revision = "2026_11_28_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "clinics",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("policies", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("emergency_instruction", sa.String(length=500), nullable=True),
        sa.CheckConstraint("id = clinic_id", name=op.f("ck_clinics_is_its_own_tenant")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_clinics")),
        sa.UniqueConstraint("clinic_id", name=op.f("uq_clinics_clinic_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_clinics_slug")),
    )
    op.create_table(
        "throttles",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("spent_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_throttles")),
    )
    op.create_index("ix_throttles_spent", "throttles", ["clinic_id", "spent_until"])
    op.create_table(
        "used_challenges",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_used_challenges")),
    )
    op.create_index("ix_used_challenges_expires", "used_challenges", ["clinic_id", "expires_at"])
    op.create_table(
        "patients",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("preferred_name", sa.LargeBinary(), nullable=True),
        sa.Column("birth_on", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("emergency_contact", sa.LargeBinary(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
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
        ),
        sa.Column("hold_reference", sa.LargeBinary(), nullable=True),
        sa.Column("hold_note", sa.LargeBinary(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_by_id", sa.Uuid(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(held_at IS NULL) = (hold_reason IS NULL) AND (held_at IS NULL) = (held_by_id IS NULL)",
            name=op.f("ck_patients_hold_is_whole"),
        ),
        sa.CheckConstraint("held_at IS NULL OR erased_at IS NULL", name=op.f("ck_patients_held_is_not_erased")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_patients_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_patients")),
        info={"key_owner": "id"},
    )
    op.create_index("ix_patients_list", "patients", ["clinic_id", "created_at", "id"])
    op.create_table(
        "accounts",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "active",
                "disabled",
                name="account_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("credential", sa.LargeBinary(), nullable=True),
        sa.Column("licence_region", sa.LargeBinary(), nullable=True),
        sa.Column("licence_ends_on", sa.Date(), nullable=True),
        sa.Column("supervised_by", sa.Uuid(), nullable=True),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_index", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("scopes", sa.Text(), nullable=True),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_accounts_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "supervised_by"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_accounts_clinic_id_supervised_by"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "successor_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_accounts_clinic_id_successor_id"),
        ),
        sa.CheckConstraint("supervised_by <> id", name=op.f("ck_accounts_supervisor")),
        sa.CheckConstraint("successor_id <> id", name=op.f("ck_accounts_successor")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_accounts_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("clinic_id", "email_index", name=op.f("uq_accounts_clinic_id_email_index")),
        sa.UniqueConstraint("clinic_id", "patient_id", name=op.f("uq_accounts_clinic_id_patient_id")),
    )
    op.create_index("ix_accounts_supervised_by", "accounts", ["clinic_id", "supervised_by"])
    op.create_index("ix_accounts_successor", "accounts", ["clinic_id", "successor_id"])
    op.create_index("ix_accounts_address", "accounts", ["email_index", "id"])
    op.create_index(
        "ix_accounts_staff",
        "accounts",
        ["clinic_id", "created_at", "id"],
        postgresql_where=sa.text("patient_id IS NULL"),
        sqlite_where=sa.text("patient_id IS NULL"),
    )
    op.create_table(
        "patient_name_parts",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("part_index", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_patient_name_parts_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_patient_name_parts")),
        sa.UniqueConstraint("clinic_id", "part_index", "patient_id", name="uq_patient_name_parts_part_index"),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_patient_name_parts_patient", "patient_name_parts", ["clinic_id", "patient_id"])
    op.create_table(
        "care_team",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "therapist",
                "prescriber",
                "supervisor",
                name="care_team_role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum("team", "emergency", name="care_team_basis", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("basis = 'team' OR ends_at IS NOT NULL", name=op.f("ck_care_team_emergency_ends")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_care_team_clinic_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_care_team_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_care_team")),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_care_team_account", "care_team", ["clinic_id", "account_id", "patient_id"])
    op.create_index("ix_care_team_chart", "care_team", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index(
        "uq_care_team_open",
        "care_team",
        ["clinic_id", "patient_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND basis = 'team'"),
        sqlite_where=sa.text("ended_at IS NULL AND basis = 'team'"),
    )
    op.create_table(
        "external_identities",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_index", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", sa.Uuid(), nullable=False),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
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
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL)",
            name=op.f("ck_factors_passkey_has_a_key"),
        ),
        sa.CheckConstraint("(kind = 'totp') = (secret IS NOT NULL)", name=op.f("ck_factors_totp_has_a_secret")),
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
        "invitations",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("is_reset", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_invitations_clinic_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_invitations_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_invitations")),
    )
    op.create_index("ix_invitations_account", "invitations", ["clinic_id", "account_id"])
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
        sa.UniqueConstraint("clinic_id", "account_id", "code_digest", name="uq_recovery_codes_code_digest"),
    )
    op.create_table(
        "service_accounts",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("previous_digest", sa.LargeBinary(), nullable=True),
        sa.Column("previous_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_service_accounts_clinic_id_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_service_accounts")),
    )
    op.create_index("ix_service_accounts_created_at", "service_accounts", ["clinic_id", "created_at", "id"])
    op.create_table(
        "sign_ins",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_strong", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_sign_ins_clinic_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_sign_ins")),
    )
    op.create_index("ix_sign_ins_account", "sign_ins", ["clinic_id", "account_id", "created_at", "id"])
    op.create_table(
        "emergency_accesses",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason_code",
            sa.Enum(
                "danger_to_life",
                "medical_event",
                "crisis_call",
                "team_unreachable",
                "other",
                name="emergency_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "justified",
                "unclear",
                "not_justified",
                name="review_outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("bar_lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bar_lifted_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(bar_lifted_at IS NULL) = (bar_lifted_by_id IS NULL)",
            name=op.f("ck_emergency_accesses_lifting_is_somebodys"),
        ),
        sa.CheckConstraint(
            "bar_lifted_at IS NULL OR outcome = 'not_justified'",
            name=op.f("ck_emergency_accesses_only_a_bar_is_lifted"),
        ),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_emergency_accesses_ordinal")),
        sa.CheckConstraint(
            "(reviewed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_emergency_accesses_review_is_whole")
        ),
        sa.CheckConstraint(
            "(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name=op.f("ck_emergency_accesses_review_is_somebodys")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "account_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_emergency_accesses_clinic_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "bar_lifted_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_emergency_accesses_clinic_id_bar_lifted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"],
            ["care_team.clinic_id", "care_team.id"],
            name=op.f("fk_emergency_accesses_clinic_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_emergency_accesses_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "reviewed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_emergency_accesses_clinic_id_reviewed_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_emergency_accesses")),
        sa.UniqueConstraint(
            "clinic_id", "patient_id", "account_id", "ordinal", name=op.f("uq_emergency_accesses_ordinal")
        ),
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_emergency_accesses_at", "emergency_accesses", ["clinic_id", "created_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("emergency_accesses")
    op.drop_table("sign_ins")
    op.drop_table("service_accounts")
    op.drop_table("recovery_codes")
    op.drop_table("invitations")
    op.drop_table("factors")
    op.drop_table("external_identities")
    op.drop_table("care_team")
    op.drop_table("patient_name_parts")
    op.drop_table("accounts")
    op.drop_table("patients")
    op.drop_table("used_challenges")
    op.drop_table("throttles")
    op.drop_table("clinics")
