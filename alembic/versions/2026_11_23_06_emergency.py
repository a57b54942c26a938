"""Emergency access to a chart: a basis for each care-team grant, and why it was opened"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_06"
down_revision = "2026_11_23_05"
branch_labels = None
depends_on = None

_BASIS = sa.Enum("team", "emergency", name="care_team_basis", native_enum=False, create_constraint=True, length=32)
_REASON = sa.Enum(
    "danger_to_life",
    "medical_event",
    "crisis_call",
    "team_unreachable",
    "other",
    name="emergency_reason",
    native_enum=False,
    create_constraint=True,
    length=32,
)
_OUTCOME = sa.Enum(
    "justified",
    "unclear",
    "not_justified",
    name="review_outcome",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("care_team") as batch_op:
        batch_op.add_column(sa.Column("basis", _BASIS, nullable=True))
    op.execute("UPDATE care_team SET basis = 'team'")
    with op.batch_alter_table("care_team") as batch_op:
        batch_op.alter_column("basis", existing_type=sa.String(32), nullable=False)
        batch_op.create_check_constraint("emergency_ends", "basis = 'team' OR ends_at IS NOT NULL")
        batch_op.drop_index("uq_care_team_open")
        batch_op.create_index(
            "uq_care_team_open",
            ["clinic_id", "patient_id", "account_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL AND basis = 'team'"),
            sqlite_where=sa.text("ended_at IS NULL AND basis = 'team'"),
        )
    op.create_table(
        "emergency_accesses",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reason_code", _REASON, nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", _OUTCOME, nullable=True),
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
        info={"key_owner": "patient_id"},
    )
    op.create_index("ix_emergency_accesses_at", "emergency_accesses", ["clinic_id", "created_at", "id"])


def downgrade() -> None:
    """Undo. What was opened in an emergency is over then."""
    op.drop_table("emergency_accesses")
    op.execute("DELETE FROM care_team WHERE basis = 'emergency'")
    with op.batch_alter_table("care_team") as batch_op:
        batch_op.drop_index("uq_care_team_open")
        batch_op.drop_constraint(op.f("ck_care_team_emergency_ends"), type_="check")
        batch_op.drop_constraint(op.f("ck_care_team_care_team_basis"), type_="check")
        batch_op.drop_column("basis")
        batch_op.create_index(
            "uq_care_team_open",
            ["clinic_id", "patient_id", "account_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
