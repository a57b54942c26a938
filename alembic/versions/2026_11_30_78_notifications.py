"""Notifications beyond the API, their channels, and the roster. Servers of the version before may go on beside it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_78"
down_revision = "2026_11_30_76"
branch_labels = None
depends_on = None

_KINDS = (
    *("check_in_open", "reply_to_read", "plan_to_answer", "urgent_task", "chain_failed", "roster_gap"),
    *("invitation", "password_reset"),
)
_INSTANT = sa.DateTime(timezone=True)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _to_account(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_clinic_id_{column}")
    return sa.ForeignKeyConstraint(["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=name)


def _to_clinic(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"], name=op.f(f"fk_{table}_clinic_id"))


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table of rows of a clinic."""
    op.create_table(
        name,
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f(f"pk_{name}")),
    )


def _versioned(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table of rows that change."""
    _table(
        name,
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *parts,
    )


def _notifications() -> None:
    _versioned(
        "notification_choices",
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=True),
        sa.Column("quiet_until", sa.SmallInteger(), nullable=True),
        sa.Column("time_zone", sa.String(64), nullable=True),
        _to_account("notification_choices", "id"),
        sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name=op.f("ck_notification_choices_quiet")),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439",
            name=op.f("ck_notification_choices_minutes"),
        ),
    )
    _table(
        "notifications",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _words("notification_kind", *_KINDS), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("state", _words("notification_state", "pending", "delivered", "failed", "not_told"), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        _to_account("notifications", "account_id"),
    )
    op.create_index("ix_notifications_due", "notifications", ["clinic_id", "state", "due_at", "id"])
    op.create_index("ix_notifications_subject", "notifications", ["clinic_id", "subject_id", "kind"])
    op.create_index("ix_notifications_list", "notifications", ["clinic_id", "created_at", "id"])


def _channels() -> None:
    _versioned(
        "notification_channels",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _words("channel_kind", "web_push", "webhook"), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("gone_at", _INSTANT, nullable=True),
        _to_account("notification_channels", "account_id"),
        sa.CheckConstraint(
            "(kind = 'webhook') = (secret IS NOT NULL)", name=op.f("ck_notification_channels_webhook_signs")
        ),
    )
    op.create_index(
        "ix_notification_channels_account", "notification_channels", ["clinic_id", "account_id", "created_at", "id"]
    )
    _table(
        "notification_tries",
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("means", _words("try_means", "console", "email", "web_push", "webhook"), nullable=True),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column(
            "error",
            _words("try_error", "address_refused", "unreachable", "timed_out", "status", "no_channel"),
            nullable=True,
        ),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "notification_id"],
            ["notifications.clinic_id", "notifications.id"],
            name=op.f("fk_notification_tries_clinic_id_notification_id"),
        ),
        sa.CheckConstraint("means IS NOT NULL OR error = 'no_channel'", name=op.f("ck_notification_tries_has_means")),
    )
    op.create_index("ix_notification_tries_of", "notification_tries", ["clinic_id", "notification_id", "at", "id"])


def _roster() -> None:
    _versioned(
        "shifts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("rank", _words("roster_rank", "primary", "backup"), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("weekdays", sa.SmallInteger(), nullable=False),
        sa.Column("from_minute", sa.SmallInteger(), nullable=False),
        sa.Column("until_minute", sa.SmallInteger(), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", _INSTANT, nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        _to_account("shifts", "account_id"),
        _to_account("shifts", "created_by_id"),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_shifts_days")),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_shifts_weekdays")),
        sa.CheckConstraint(
            "from_minute BETWEEN 0 AND 1439 AND until_minute BETWEEN 0 AND 1439", name=op.f("ck_shifts_minutes")
        ),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_shifts_withdrawn_by")),
    )
    op.create_index("ix_shifts_list", "shifts", ["clinic_id", "created_at", "id"])
    op.create_index("ix_shifts_standing", "shifts", ["clinic_id", "last_on", "id"])
    _table(
        "roster_calls",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("answer_by", _INSTANT, nullable=False),
        sa.Column("told", sa.SmallInteger(), nullable=False),
        sa.Column("state", _words("call_state", "open", "settled", "exhausted"), nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        _to_clinic("roster_calls"),
    )
    op.create_index("ix_roster_calls_due", "roster_calls", ["clinic_id", "state", "due_at", "id"])
    op.create_index("ix_roster_calls_subject", "roster_calls", ["clinic_id", "subject_id", "state"])
    kinds = ("nobody_on_call", "nobody_answered", "delivery_failed", "delivery_late", "gap_ahead")
    _table(
        "roster_incidents",
        sa.Column("kind", _words("incident_kind", *kinds), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("starts_at", _INSTANT, nullable=True),
        _to_clinic("roster_incidents"),
    )
    op.create_index("ix_roster_incidents_list", "roster_incidents", ["clinic_id", "at", "id"])


def upgrade() -> None:
    """Apply."""
    _notifications()
    _channels()
    _roster()


def downgrade() -> None:
    """Undo."""
    for table in (
        *("roster_incidents", "roster_calls", "shifts", "notification_tries", "notification_channels"),
        *("notifications", "notification_choices"),
    ):
        op.drop_table(table)
