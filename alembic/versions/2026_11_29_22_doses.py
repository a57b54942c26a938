"""The dosing record: readiness, holds, orders and doses.

Sessions get a text that is encrypted at each version: end the servers of the version before first.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_22"
down_revision = "2026_11_29_21"
branch_labels = None
depends_on = None

_KEPT = ("reflection", "note", "plan", "strategy", "course", "medicine")
_CHECK = "ck_kept_contents_kept_kind"


def upgrade() -> None:
    """Apply."""
    _allow(_KEPT, (*_KEPT, "readiness"))
    _readiness_checks()
    _dose_holds()


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


def downgrade() -> None:
    """Undo."""
    op.drop_table("dose_holds")
    op.drop_table("readiness_checks")
    kept = sa.table("kept_contents", sa.column("kind", sa.String()))
    op.execute(sa.delete(kept).where(kept.c.kind == "readiness"))
    _allow((*_KEPT, "readiness"), _KEPT)


def _allow(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Allow these words in `kept_contents.kind` in the place of the old ones."""
    table = "kept_contents"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(_CHECK), table, type_="check")
        op.create_check_constraint(op.f(_CHECK), table, sa.column("kind").in_(new))
        return
    # SQLite cannot change a CHECK: the table is made anew from its own text, and its rows are copied.
    bind, copy = op.get_bind(), f"{table}_copy"
    found = bind.exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (table,))
    made = [(kind, str(sql)) for kind, sql in found]
    [declared] = [sql for kind, sql in made if kind == "table"]
    body = declared[declared.index("(") :]
    if _words(old) not in body:
        msg = f"the table {table} is not as the version before made it"
        raise RuntimeError(msg)
    op.execute(f"CREATE TABLE {copy} {body.replace(_words(old), _words(new))}")
    op.execute(f"INSERT INTO {copy} SELECT * FROM {table}")  # noqa: S608  the names are ours
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {copy} RENAME TO {table}")
    for kind, sql in made:
        if kind == "index":
            op.execute(sql)


def _words(words: tuple[str, ...]) -> str:
    return f"({', '.join(f'{word!r}' for word in words)})"
