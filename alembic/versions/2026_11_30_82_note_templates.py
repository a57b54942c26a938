"""Templates of notes. End servers of the version before: they cannot read a note that follows one."""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_82"
down_revision = "2026_11_30_78"
branch_labels = None
depends_on = None

_CHECK, _NEW = "ck_notes_note_format", "template"
_OLD = (
    "soap",
    "dap",
    "birp",
    "girp",
    "pirp",
    "narrative",
    "kap_preparation",
    "kap_dosing",
    "kap_integration",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "note_templates",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "replaced",
                "retired",
                name="note_template_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("sections", sa.LargeBinary(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(number = 1) = (replaces_id IS NULL)", name=op.f("ck_note_templates_replaces")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f("fk_note_templates_clinic_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_note_templates_clinic_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_note_templates")),
        sa.UniqueConstraint("clinic_id", "family_id", "number", name="uq_note_templates_number"),
    )
    op.create_index("ix_note_templates_list", "note_templates", ["clinic_id", "created_at", "id"])
    op.add_column("notes", sa.Column("template_id", sa.Uuid(), nullable=True))
    allow_words("notes", _CHECK, _OLD, (*_OLD, _NEW), column="format")


def downgrade() -> None:
    """Undo. Notes that follow a template become narrative ones; their sections stay, under keys of no format."""
    rows = sa.table("notes", sa.column("format", sa.String()))
    op.execute(sa.update(rows).where(rows.c.format == _NEW).values(format="narrative"))
    allow_words("notes", _CHECK, (*_OLD, _NEW), _OLD, column="format")
    op.drop_column("notes", "template_id")
    op.drop_table("note_templates")
