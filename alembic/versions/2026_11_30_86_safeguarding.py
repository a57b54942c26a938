"""Safeguarding reports, and who is designated to receive them. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_86"
down_revision = "2026_11_30_85"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_STATES = ("received", "triage", "investigating", "referred", "closed")


def _versioned() -> list["sa.Column[object]"]:
    return [
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _by_accounts(table: str, *columns: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=op.f(f"fk_{table}_clinic_id_{column}")
        )
        for column in columns
    ]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "safeguarding_designations",
        *_versioned(),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("lead_id <> deputy_id", name=op.f("ck_safeguarding_designations_another")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_safeguarding_designations_clinic_id")
        ),
        *_by_accounts("safeguarding_designations", "lead_id", "deputy_id"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name="fk_safeguarding_designations_created_by",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_safeguarding_designations")),
        sa.UniqueConstraint("clinic_id", "version", name="uq_safeguarding_designations_version"),
    )
    op.create_table(
        "safeguarding_reports",
        *_versioned(),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="safeguarding_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("moved_at", _TIME, nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("safe_contact", sa.LargeBinary(), nullable=True),
        sa.Column("handling", sa.LargeBinary(), nullable=True),
        *_by_accounts("safeguarding_reports", "reporter_id", "lead_id", "deputy_id"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_safeguarding_reports")),
    )
    for place in ("reporter", "lead", "deputy"):
        op.create_index(
            f"ix_safeguarding_reports_{place}",
            "safeguarding_reports",
            ["clinic_id", f"{place}_id", "created_at", "id"],
        )


def downgrade() -> None:
    """Undo."""
    op.drop_table("safeguarding_reports")
    op.drop_table("safeguarding_designations")
