"""SQL expressions for tasks that are open to their account: not over by the clock, and about what it may know of."""

import sqlalchemy as sa

from integration_api.access.prose import reads_prose
from integration_api.access.tables import CareTeamRole, CareTeamTable
from integration_api.access.visible import in_clinic, is_granted_now
from integration_api.resources.attention.worklist.tables import ENDED_BY_CLOCK, OF_PROSE, TaskTable
from integration_api.storage.statements import any_for_row
from integration_api.storage.tables import table_of

_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=table_of(TaskTable).c.due_at.type)
_others, _readers = table_of(TaskTable).alias("task_of_reader"), table_of(CareTeamTable).alias("team_of_reader")


def is_over(tasks: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a task that the clock has ended: it waits for nobody, and the next turn of the clock deletes it."""
    return sa.and_(sa.or_(*(tasks.c.kind == kind for kind in ENDED_BY_CLOCK)), tasks.c.due_at <= _NOW)


def may_be_known(tasks: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a task of the actor's that is about nothing which they do not read, or that no reader has.

    The second keeps a text from waiting for nobody, if the clinic closes prose to those whom it waits for already.
    """
    is_of_prose = sa.or_(*(tasks.c.kind == kind for kind in OF_PROSE))
    return sa.or_(
        sa.not_(is_of_prose), tasks.c.is_beyond_team, reads_prose(tasks.c.patient_id), sa.not_(_waits_for_reader(tasks))
    )


def _waits_for_reader(tasks: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a task of prose that waits for somebody else too, who reads it or whom it fell to beyond the team."""
    reads = any_for_row(
        sa.select(sa.literal_column("1")).where(
            in_clinic(_readers),
            _readers.c.patient_id == _others.c.patient_id,
            _readers.c.account_id == _others.c.account_id,
            _readers.c.role != CareTeamRole.PRESCRIBER,
            is_granted_now(_readers),
        )
    )
    return any_for_row(
        sa.select(sa.literal_column("1")).where(
            in_clinic(_others),
            _others.c.patient_id == tasks.c.patient_id,
            _others.c.subject_id == tasks.c.subject_id,
            _others.c.kind == tasks.c.kind,
            _others.c.account_id != _ACTOR_ID,
            sa.or_(_others.c.is_beyond_team, reads),
        )
    )
