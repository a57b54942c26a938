"""Tombstones, and drafts that stand beside another: a new table and empty columns, so older servers may go on.

What an older server deletes meanwhile has no tombstone. Its id could be given once more; run no older server for long.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_03"
down_revision = "2026_11_29_02"
branch_labels = None
depends_on = None

_KEPT = ("reflections", "notes")
_ROWS_THAT_STAYED = {
    "notes": "deleted_at",
    "strategies": "removed_at",
    "care_team": "ended_at",
}
_GONE_REFLECTIONS = """
INSERT INTO tombstones (clinic_id, id, patient_id, kind, deleted_at)
SELECT l.clinic_id, l.subject_id, l.patient_id, 'reflections', l.at
FROM ledger AS l
WHERE l.event = 'reflection.deleted' AND l.outcome = 'done' AND l.subject_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM patients AS p WHERE p.clinic_id = l.clinic_id AND p.id = l.patient_id)
  AND NOT EXISTS (SELECT 1 FROM reflections AS r WHERE r.clinic_id = l.clinic_id AND r.id = l.subject_id)
  AND NOT EXISTS (
    SELECT 1 FROM ledger AS o
    WHERE o.clinic_id = l.clinic_id AND o.patient_id = l.patient_id AND o.subject_id = l.subject_id
      AND o.event = l.event AND o.outcome = l.outcome AND o.id > l.id
  )
"""
"""Their rows are gone; the ledger knows them. One whose id was used again is alive, or was deleted once more."""
_STAYED = """
INSERT INTO tombstones (clinic_id, id, patient_id, kind, deleted_at)
SELECT s.clinic_id, s.id, s.patient_id, '{table}', s.{column}
FROM {table} AS s
WHERE s.{column} IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM tombstones AS t WHERE t.clinic_id = s.clinic_id AND t.id = s.id)
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "tombstones",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_tombstones_clinic_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_tombstones")),
    )
    for table in _KEPT:
        op.add_column(table, sa.Column("conflict_of_id", sa.Uuid(), nullable=True))
    op.execute(_GONE_REFLECTIONS)
    for table, column in _ROWS_THAT_STAYED.items():
        op.execute(_STAYED.format(table=table, column=column))


def downgrade() -> None:
    """Undo."""
    for table in _KEPT:
        op.drop_column(table, "conflict_of_id")
    op.drop_table("tombstones")
