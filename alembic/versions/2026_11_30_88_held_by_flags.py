"""Flags hold the next dose, and are assessed; four kinds of adverse events more: end older servers first.

They cannot read the new words, and would let a dose start that a flag holds. Flags of before hold none.
"""

import sqlalchemy as sa
from alembic import op

from integration_api.storage.words import allow_words

revision = "2026_11_30_88"
down_revision = "2026_11_30_87"
branch_labels = None
depends_on = None

_EVENTS = "ck_flag_events_flag_event_kind"
_EVENT_KINDS = (
    *("raised", "re_alerted", "repeated", "acknowledged", "contact", "remark"),
    *("escalated", "proposed", "returned", "closed"),
)
_NEW_EVENTS = ("assessed", "hold_ended", "held_again")
_AE_KINDS = (
    *("dissociation", "sedation", "dizziness", "nausea", "vomiting", "headache", "anxiety", "blood_pressure_rise"),
    *("tachycardia", "respiratory_depression", "loss_of_consciousness", "emergence_agitation", "confusion", "vertigo"),
    *("blurred_vision", "dysarthria", "hypoaesthesia", "injection_site_reaction", "laryngospasm", "urinary_symptoms"),
    *("psychotic_symptoms", "mania", "suicidality", "derealisation", "craving", "fall", "aspiration"),
    *("allergic_reaction", "anaphylaxis", "liver", "cognition", "hospital_transfer"),
)
_NEW_KINDS = ("chest_pain", "breathlessness", "worst_headache", "focal_sign")
_AE_TABLES = ("adverse_events", "adverse_event_versions")
_EPISODE = ["clinic_id", "patient_id", "episode_id", "rule"]
_CHECKS = (
    ("flags", "ck_flags_hold_until", "dose_hold IN ('screen', 'decision')"),
    ("flag_events", "ck_flag_events_of_assessment", "(kind = 'assessed') = (assessment IS NOT NULL)"),
)
_HOLDS = sa.text("dose_hold IS NOT NULL AND hold_ended_at IS NULL")


def upgrade() -> None:
    """Apply."""
    allow_words("flag_events", _EVENTS, _EVENT_KINDS, (*_EVENT_KINDS, *_NEW_EVENTS))
    for table in _AE_TABLES:
        allow_words(table, f"ck_{table}_adverse_event_kind", (*_AE_KINDS, "other"), (*_AE_KINDS, *_NEW_KINDS, "other"))
    op.add_column("flags", sa.Column("dose_hold", sa.String(32), nullable=True))
    op.add_column("flags", sa.Column("hold_ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("flag_events", sa.Column("assessment", sa.LargeBinary(), nullable=True))
    for table, name, check in _CHECKS:
        _change_check(table, name, check, is_added=True)
    op.drop_index("ix_flags_episode", "flags")
    op.create_index("ix_flags_episode", "flags", [*_EPISODE, "created_at", "id"])
    op.create_index(
        "ix_flags_holding",
        "flags",
        ["clinic_id", "patient_id", "alerted_at", "id"],
        postgresql_where=_HOLDS,
        sqlite_where=_HOLDS,
    )


def downgrade() -> None:
    """Undo. Assessments become remarks, no dose is held by a flag, and the new kinds of adverse events become other."""
    op.drop_index("ix_flags_holding", "flags")
    op.drop_index("ix_flags_episode", "flags")
    op.create_index("ix_flags_episode", "flags", _EPISODE)
    for table, name, check in _CHECKS:
        _change_check(table, name, check, is_added=False)
    events = sa.table("flag_events", sa.column("kind", sa.String()))
    op.drop_column("flag_events", "assessment")
    op.execute(sa.update(events).where(events.c.kind.in_(_NEW_EVENTS)).values(kind="remark"))
    op.drop_column("flags", "hold_ended_at")
    op.drop_column("flags", "dose_hold")
    for table in _AE_TABLES:
        found = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.update(found).where(found.c.kind.in_(_NEW_KINDS)).values(kind="other"))
        allow_words(table, f"ck_{table}_adverse_event_kind", (*_AE_KINDS, *_NEW_KINDS, "other"), (*_AE_KINDS, "other"))
    allow_words("flag_events", _EVENTS, (*_EVENT_KINDS, *_NEW_EVENTS), _EVENT_KINDS)


def _change_check(table: str, name: str, check: str, *, is_added: bool) -> None:
    """Add or drop a CHECK. SQLite cannot: there the table is made anew from its own text, and its rows are copied."""
    bind, copy, part = op.get_bind(), f"{table}_copy", f", CONSTRAINT {name} CHECK ({check})"
    if bind.dialect.name != "sqlite":
        if is_added:
            op.create_check_constraint(op.f(name), table, sa.text(check))
        else:
            op.drop_constraint(op.f(name), table, type_="check")
        return
    found = bind.exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (table,))
    made = [(kind, str(sql)) for kind, sql in found]
    [declared] = [sql for kind, sql in made if kind == "table"]
    body = declared[declared.index("(") : declared.rindex(")")]
    op.execute(f"CREATE TABLE {copy} {body + part if is_added else body.replace(part, '')})")
    op.execute(f"INSERT INTO {copy} SELECT * FROM {table}")  # noqa: S608  the names are ours
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {copy} RENAME TO {table}")
    for kind, sql in made:
        if kind == "index":
            op.execute(sql)
