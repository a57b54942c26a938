"""Fragments, and entries that elaborate others. End servers of the version before: they cannot read a fragment."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_63"
down_revision = "2026_11_30_62"
branch_labels = None
depends_on = None

_KINDS, _NEW, _CHECK = ("text", "prompted"), "fragment", "ck_reflections_reflection_kind"


def upgrade() -> None:
    """Apply."""
    op.add_column("reflections", sa.Column("elaborates_id", sa.Uuid(), nullable=True))
    allow_words("reflections", _CHECK, _KINDS, (*_KINDS, _NEW))


def downgrade() -> None:
    """Undo. Fragments become texts; what they hold stays encrypted in them."""
    rows = sa.table("reflections", sa.column("kind", sa.String()))
    op.execute(sa.update(rows).where(rows.c.kind == _NEW).values(kind="text"))
    allow_words("reflections", _CHECK, (*_KINDS, _NEW), _KINDS)
    op.drop_column("reflections", "elaborates_id")
