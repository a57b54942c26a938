"""Lists are entered by their index"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_07"
down_revision = "2026_11_22_06"
branch_labels = None
depends_on = None

STAFF = sa.text("patient_id IS NULL")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_accounts_email_index")
        batch_op.drop_index("ix_accounts_list")
        batch_op.create_index("ix_accounts_address", ["email_index", "id"], unique=False)
        batch_op.create_index(
            "ix_accounts_staff",
            ["clinic_id", "created_at", "id"],
            unique=False,
            postgresql_where=STAFF,
            sqlite_where=STAFF,
        )
    with op.batch_alter_table("care_team", schema=None) as batch_op:
        batch_op.create_index("ix_care_team_chart", ["clinic_id", "patient_id", "created_at", "id"], unique=False)
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_patient")
        batch_op.create_index("ix_tasks_chart", ["clinic_id", "patient_id", "due_at", "id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_chart")
        batch_op.create_index("ix_tasks_patient", ["clinic_id", "patient_id"], unique=False)
    with op.batch_alter_table("care_team", schema=None) as batch_op:
        batch_op.drop_index("ix_care_team_chart")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_accounts_staff")
        batch_op.drop_index("ix_accounts_address")
        batch_op.create_index("ix_accounts_list", ["clinic_id", "created_at", "id"], unique=False)
        batch_op.create_index("ix_accounts_email_index", ["email_index"], unique=False)
