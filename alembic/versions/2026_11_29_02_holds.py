"""Kept contents, and three words more: servers of the version before do not know these, so end them first."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_02"
down_revision = "2026_11_29_01"
branch_labels = None
depends_on = None

_TASKS = (
    "reflection_to_review",
    "note_to_sign",
    "note_to_cosign",
    "plan_to_answer",
    "plan_to_read",
    "reply_to_read",
    "practice_to_read",
    "medicines_to_read",
    "help_asked",
    "withholding_to_review",
)
_INBOX = (
    "plan_to_answer",
    "plan_shared",
    "plan_accepted",
    "plan_declined",
    "plan_paused",
    "plan_resumed",
    "plan_ended",
    "reply_to_read",
)
_NEW: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "tasks": ("ck_tasks_task_kind", _TASKS, ("plan_to_finish",)),
    "inbox_items": ("ck_inbox_items_inbox_kind", _INBOX, ("note_withdrawn",)),
}
"""By table: the name of the CHECK of its `kind`, the words so far, and those that are new."""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "kept_contents",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reflection",
                "note",
                "plan",
                "strategy",
                "course",
                "medicine",
                name="kept_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name=op.f("fk_kept_contents_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "author_id"],
            ["accounts.clinic_id", "accounts.id"],
            name=op.f("fk_kept_contents_clinic_id_author_id"),
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_kept_contents")),
    )
    op.create_index(
        "ix_kept_contents_chart", "kept_contents", ["clinic_id", "patient_id", "author_id", "kept_at", "id"]
    )
    for table, (name, known, new) in _NEW.items():
        _allow(table, name, known, (*known, *new))
    _open_drafts()


def _open_drafts() -> None:
    """Open the task of each draft that its author of the staff began before, 500 at a time."""
    bind, ids = op.get_bind(), sa.Uuid()
    at = sa.DateTime(timezone=True)
    plans = sa.table(
        "plans",
        *(sa.column(name, ids) for name in ("clinic_id", "id", "patient_id", "created_by_id")),
        sa.column("created_at", at),
        sa.column("state", sa.String()),
        sa.column("is_shared", sa.Boolean()),
    )
    accounts = sa.table("accounts", *(sa.column(name, ids) for name in ("clinic_id", "id", "patient_id")))
    tasks = sa.table(
        "tasks",
        *(sa.column(name, ids) for name in ("clinic_id", "id", "account_id", "patient_id", "subject_id")),
        sa.column("kind", sa.String()),
        sa.column("urgency_rank", sa.SmallInteger()),
        sa.column("is_beyond_team", sa.Boolean()),
        sa.column("opened_at", at),
        sa.column("due_at", at),
    )
    is_author = sa.and_(accounts.c.clinic_id == plans.c.clinic_id, accounts.c.id == plans.c.created_by_id)
    clinic_id = last_id = UUID(int=0)
    while True:
        page = (
            sa.select(plans)
            .join(accounts, is_author)
            .where(
                sa.or_(plans.c.clinic_id > clinic_id, sa.and_(plans.c.clinic_id == clinic_id, plans.c.id > last_id)),
                plans.c.state == "draft",
                ~plans.c.is_shared,
                accounts.c.patient_id.is_(None),
            )
            .order_by(plans.c.clinic_id, plans.c.id)
            .limit(500)
        )
        found = bind.execute(page).all()
        if not found:
            return
        clinic_id, last_id = found[-1].clinic_id, found[-1].id
        bind.execute(
            sa.insert(tasks),
            [
                {
                    "clinic_id": row.clinic_id,
                    "id": uuid4(),
                    "account_id": row.created_by_id,
                    "patient_id": row.patient_id,
                    "subject_id": row.id,
                    "kind": "plan_to_finish",
                    "urgency_rank": 3,
                    "is_beyond_team": False,
                    "opened_at": row.created_at,
                    "due_at": row.created_at + timedelta(days=7),
                }
                for row in found
            ],
        )


def downgrade() -> None:
    """Undo."""
    for table, (name, known, new) in _NEW.items():
        kinds = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.delete(kinds).where(kinds.c.kind.in_(new)))
        _allow(table, name, (*known, *new), known)
    op.drop_table("kept_contents")


def _allow(table: str, name: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Allow these words in `kind` in the place of the old ones."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, sa.column("kind").in_(new))
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
