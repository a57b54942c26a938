"""The end of the altered-state window that a dose opens. Servers of the version before may go on.

What they record meanwhile opens no window. The doses that are there get the end by the defaults.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_61"
down_revision = "2026_11_30_60"
branch_labels = None
depends_on = None

_DEFAULT_MINUTES = 180
_MINUTES = {"sublingual": 240, "buccal": 240, "oral": 300}
_AFTER_INFUSION_MINUTES = 120
_doses = sa.table(
    "doses",
    sa.column("clinic_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    sa.column("route", sa.String()),
    sa.column("given_at", sa.DateTime(timezone=True)),
    sa.column("infusion_minutes", sa.Integer()),
    sa.column("altered_until", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Apply."""
    op.add_column("doses", sa.Column("altered_until", sa.DateTime(timezone=True), nullable=True))
    bind, kept = op.get_bind(), _doses.c
    for row in bind.execute(sa.select(_doses)).all():
        minutes = max(_MINUTES.get(row.route, _DEFAULT_MINUTES), (row.infusion_minutes or 0) + _AFTER_INFUSION_MINUTES)
        ends = {"altered_until": row.given_at + timedelta(minutes=minutes)}
        bind.execute(sa.update(_doses).where(kept.clinic_id == row.clinic_id, kept.id == row.id).values(ends))


def downgrade() -> None:
    """Undo."""
    op.drop_column("doses", "altered_until")
