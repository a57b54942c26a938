"""The secret addresses of calendars. Servers of the version before may go on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_23"
down_revision = "2026_11_29_22"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "calendars",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("binding", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"], name=op.f("fk_calendars_clinic_id_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_calendars")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("calendars")
