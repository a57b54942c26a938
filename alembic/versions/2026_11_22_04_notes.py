"""Notes"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_04"
down_revision = "2026_11_22_03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "notes",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("signer_name", sa.LargeBinary(), nullable=True),
        sa.Column("signer_credential", sa.LargeBinary(), nullable=True),
        sa.Column("attestation", sa.String(length=200), nullable=True),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cosigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("cosigner_name", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_credential", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_attestation", sa.String(length=200), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "soap",
                "dap",
                "birp",
                "girp",
                "pirp",
                "narrative",
                "kap_preparation",
                "kap_dosing",
                "kap_integration",
                name="note_format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "pending_cosign",
                "signed",
                "amended",
                "entered_in_error",
                name="note_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sections", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_cosign", sa.Boolean(), nullable=False),
        sa.Column("returns", sa.LargeBinary(), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("service_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_late_entry", sa.Boolean(), nullable=False),
        sa.Column("late_entry_reason", sa.LargeBinary(), nullable=True),
        sa.Column("entered_in_error_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_reason", sa.LargeBinary(), nullable=True),
        sa.Column(
            "sharing",
            sa.Enum("shared", "withheld", name="sharing_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "withhold_reason",
            sa.Enum(
                "danger_to_life",
                "danger_to_another",
                "requested_by_patient",
                "litigation",
                "other_legal",
                name="withhold_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("withheld_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("addenda_count", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(sharing = 'withheld') = (withheld_until IS NOT NULL)", name=op.f("ck_notes_withheld_until")
        ),
        sa.CheckConstraint(
            "(sharing = 'withheld') = (withhold_reason IS NOT NULL)", name=op.f("ck_notes_withhold_reason_given")
        ),
        sa.CheckConstraint("(state = 'draft') = (content_sha256 IS NULL)", name=op.f("ck_notes_signed_content")),
        sa.CheckConstraint(
            "(state = 'entered_in_error') = (entered_in_error_at IS NOT NULL)", name=op.f("ck_notes_in_error")
        ),
        sa.CheckConstraint(
            "(state IN ('draft', 'pending_cosign')) = (content_version = 0)", name=op.f("ck_notes_content_version")
        ),
        sa.CheckConstraint("deleted_at IS NULL OR state = 'draft'", name=op.f("ck_notes_deleted_drafts")),
        sa.CheckConstraint("(content_sha256 IS NULL) = (signed_at IS NULL)", name=op.f("ck_notes_signed_at")),
        sa.CheckConstraint("(content_sha256 IS NULL) = (signed_by_id IS NULL)", name=op.f("ck_notes_signed_by")),
        sa.CheckConstraint("(cosigned_at IS NULL) = (cosigned_by_id IS NULL)", name=op.f("ck_notes_cosigned_by")),
        sa.CheckConstraint("addenda_count BETWEEN 0 AND 100", name=op.f("ck_notes_addenda_count")),
        sa.CheckConstraint("cosigned_by_id IS NULL OR cosigned_by_id <> author_id", name=op.f("ck_notes_cosigner")),
        sa.CheckConstraint("is_late_entry = (late_entry_reason IS NOT NULL)", name=op.f("ck_notes_late_entry")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_notes_clinic_id_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "cosigned_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notes_clinic_id_cosigned_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name=op.f("fk_notes_clinic_id_patient_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_notes_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "signed_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_notes_clinic_id_signed_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_notes")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_notes_clinic_id_patient_id_id")),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index("ix_notes_chart", ["clinic_id", "patient_id", "created_at", "id"], unique=False)
        batch_op.create_index("ix_notes_clinic", ["clinic_id", "created_at", "id"], unique=False)
        batch_op.create_index("ix_notes_session", ["clinic_id", "session_id"], unique=False)

    op.create_table(
        "note_addenda",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.LargeBinary(), nullable=True),
        sa.Column("author_credential", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_note_addenda_clinic_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name=op.f("fk_note_addenda_clinic_id_patient_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_note_addenda_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_note_addenda")),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("note_addenda", schema=None) as batch_op:
        batch_op.create_index(
            "ix_note_addenda_note", ["clinic_id", "patient_id", "note_id", "created_at", "id"], unique=False
        )

    op.create_table(
        "note_versions",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("signer_name", sa.LargeBinary(), nullable=True),
        sa.Column("signer_credential", sa.LargeBinary(), nullable=True),
        sa.Column("attestation", sa.String(length=200), nullable=True),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cosigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("cosigner_name", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_credential", sa.LargeBinary(), nullable=True),
        sa.Column("cosigner_attestation", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sections", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(number = 1) = (reason IS NULL)", name=op.f("ck_note_versions_reason")),
        sa.CheckConstraint(
            "content_sha256 IS NOT NULL AND signed_at IS NOT NULL AND signed_by_id IS NOT NULL",
            name=op.f("ck_note_versions_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_note_versions_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name=op.f("fk_note_versions_clinic_id_patient_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_note_versions_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_note_versions")),
        sa.UniqueConstraint("clinic_id", "note_id", "number", name=op.f("uq_note_versions_clinic_id_note_id_number")),
        info={"key_owner": "patient_id"},
    )
    with op.batch_alter_table("note_versions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_note_versions_note", ["clinic_id", "patient_id", "note_id", "created_at", "id"], unique=False
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("note_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_note_versions_note")

    op.drop_table("note_versions")
    with op.batch_alter_table("note_addenda", schema=None) as batch_op:
        batch_op.drop_index("ix_note_addenda_note")

    op.drop_table("note_addenda")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index("ix_notes_session")
        batch_op.drop_index("ix_notes_chart")
        batch_op.drop_index("ix_notes_clinic")

    op.drop_table("notes")
