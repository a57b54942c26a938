"""The dosing record: readiness, holds, orders and doses.

Sessions get a text that is encrypted at each version: end the servers of the version before first.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_29_22"
down_revision = "2026_11_29_21"
branch_labels = None
depends_on = None

_KEPT = ("reflection", "note", "plan", "strategy", "course", "medicine")
_CHECK = "ck_kept_contents_kept_kind"


def upgrade() -> None:
    """Apply."""
    allow_words("kept_contents", _CHECK, _KEPT, (*_KEPT, "readiness"))
    _readiness_checks()
    _dose_holds()
    _doses()
    op.add_column("session_versions", sa.Column("no_dose_reason", sa.LargeBinary(), nullable=True))
    op.add_column("session_versions", sa.Column("doses_recorded", sa.Integer(), nullable=True))
    op.add_column("sessions", sa.Column("no_dose_reason", sa.LargeBinary(), nullable=True))
    op.add_column("sessions", sa.Column("doses_recorded", sa.Integer(), nullable=True))


def _readiness_checks() -> None:
    op.create_table(
        "readiness_checks",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "held",
                "released",
                "ready",
                name="readiness_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("contraindications", sa.LargeBinary(), nullable=False),
        sa.Column("unmet", sa.LargeBinary(), nullable=False),
        sa.Column("updated_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_readiness_checks_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_readiness_checks_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "updated_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_readiness_checks_clinic_id_updated_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_readiness_checks")),
    )


def _dose_holds() -> None:
    op.create_table(
        "dose_holds",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "met", "released", name="hold_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_dose_holds_decided")),
        sa.CheckConstraint(
            "state <> 'released' OR (decided_by_id IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_dose_holds_released"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "decided_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_dose_holds_clinic_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_dose_holds_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_dose_holds_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_dose_holds")),
    )
    op.create_index(
        "ix_dose_holds_session", "dose_holds", ["clinic_id", "patient_id", "session_id", "created_at", "id"]
    )
    op.create_index(
        "uq_dose_holds_open",
        "dose_holds",
        ["clinic_id", "session_id", "item", "rule"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )


def _doses() -> None:
    op.create_table(
        "doses",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "iv_infusion",
                "im",
                "sc",
                "intranasal_racemic",
                "intranasal_esketamine",
                "sublingual",
                "buccal",
                "oral",
                name="dose_route",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "initial",
                "booster",
                "second_device",
                name="dose_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("mg", "mg/kg", name="dose_unit", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("amount_mg", sa.Double(), nullable=False),
        sa.Column("weight_kg", sa.Double(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("infusion_minutes", sa.Integer(), nullable=True),
        sa.Column("devices", sa.Integer(), nullable=True),
        sa.Column("lot", sa.LargeBinary(), nullable=True),
        sa.Column("strength", sa.LargeBinary(), nullable=True),
        sa.Column("formulation", sa.LargeBinary(), nullable=True),
        sa.Column("pharmacy", sa.LargeBinary(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("wasted_mg", sa.Double(), nullable=True),
        sa.Column("waste_witness_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("given_while_held", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_doses_withdrawn_by")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_doses_withdrawn_reason")
        ),
        sa.CheckConstraint("amount > 0 AND amount_mg > 0", name=op.f("ck_doses_amount")),
        sa.CheckConstraint("waste_witness_id <> created_by_id", name=op.f("ck_doses_witness")),
        sa.CheckConstraint("wasted_mg > 0", name=op.f("ck_doses_wasted")),
        sa.CheckConstraint("weight_kg BETWEEN 20 AND 350", name=op.f("ck_doses_weight")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_doses_clinic_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "corrects_id"],
            ["doses.clinic_id", "doses.patient_id", "doses.id"],
            name="fk_doses_corrects",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_doses_session",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_doses_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "waste_witness_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_doses_clinic_id_waste_witness_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_doses")),
        sa.UniqueConstraint("clinic_id", "corrects_id", name=op.f("uq_doses_clinic_id_corrects_id")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id", name=op.f("uq_doses_clinic_id_patient_id_id")),
    )
    op.create_index("ix_doses_chart", "doses", ["clinic_id", "patient_id", "given_at", "id"])
    op.create_index("ix_doses_clinic", "doses", ["clinic_id", "given_at", "id"])
    op.create_index("ix_doses_session", "doses", ["clinic_id", "patient_id", "session_id", "given_at", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("doses")
    op.drop_table("dose_holds")
    op.drop_table("readiness_checks")
    op.drop_column("sessions", "doses_recorded")
    op.drop_column("sessions", "no_dose_reason")
    op.drop_column("session_versions", "doses_recorded")
    op.drop_column("session_versions", "no_dose_reason")
    kept = sa.table("kept_contents", sa.column("kind", sa.String()))
    op.execute(sa.delete(kept).where(kept.c.kind == "readiness"))
    allow_words("kept_contents", _CHECK, (*_KEPT, "readiness"), _KEPT)
