"""Split-care agreements. End servers of the version before: they cannot read the role `outside_therapist`."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_02_14"
down_revision = "2026_12_02_04"
branch_labels = None
depends_on = None
serves_with = False

_TIME = sa.DateTime(timezone=True)


def _by(column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_split_care_clinic_id_{column}")
    return sa.ForeignKeyConstraint(["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=name)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "split_care",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("prescriber_id", sa.Uuid(), nullable=False),
        sa.Column("outside_account_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_clinic", sa.LargeBinary(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=False),
        sa.Column("decides", sa.Text(), nullable=False),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.Column("valid_from", _TIME, nullable=False),
        sa.Column("valid_until", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("valid_from < valid_until", name=op.f("ck_split_care_validity")),
        sa.CheckConstraint("outside_account_id <> prescriber_id", name=op.f("ck_split_care_another")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_split_care_ended_by")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name=op.f("ck_split_care_ended_reason")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_split_care_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "consent_id"],
            ["consents.clinic_id", "consents.id"],
            name=op.f("fk_split_care_clinic_id_consent_id"),
        ),
        _by("prescriber_id"),
        _by("outside_account_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_split_care")),
    )
    op.create_index("ix_split_care_chart", "split_care", ["clinic_id", "patient_id", "created_at", "id"])
    op.create_index("ix_split_care_clinic", "split_care", ["clinic_id", "created_at", "id"])
    op.create_index("ix_split_care_outside", "split_care", ["clinic_id", "outside_account_id", "created_at", "id"])


def downgrade() -> None:
    """Undo: the agreements are lost. Refused while an account has the role; the version before cannot read it."""
    # One of the role has no other (`_alone_if_outside`).
    outside = sa.table("accounts", sa.column("roles", sa.Text()))
    held = sa.select(sa.literal_column("1")).where(outside.c.roles == '["outside_therapist"]').limit(1)
    if op.get_bind().execute(held).first() is not None:
        msg = "an account has the role outside_therapist; give it another role, or go on with this version"
        raise RuntimeError(msg)
    op.drop_table("split_care")
