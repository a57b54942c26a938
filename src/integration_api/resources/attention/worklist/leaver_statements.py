"""Statements of what somebody who leaves has open."""

from uuid import UUID

import sqlalchemy as sa

from integration_api.access.tables import AccountState, AccountTable, CareTeamTable
from integration_api.access.visible import actor_is_current, in_clinic, is_granted_now, optional, visible
from integration_api.resources.attention.worklist.statements import OF_AUTHOR, ORDER, Count, counted
from integration_api.resources.attention.worklist.tables import TaskRow, TaskTable
from integration_api.storage.statements import Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after_ranked

_tasks, _team, _accounts = table_of(TaskTable), table_of(CareTeamTable), table_of(AccountTable)


class LeftRow(TaskRow):
    """A task that somebody has, and how many they have in all."""

    waiting: int


class LeftCount(Count):
    """A number of tasks, and whether their account is handed over."""

    is_handed_over: bool


class LeftTask(TaskRow):
    """A task, and the successor of the account that has it."""

    successor_id: UUID | None


_other, _other_team = _tasks.alias("other_task"), _team.alias("other_team")
_waits_for_another = (
    sa.select(sa.literal_column("1"))
    .join(_accounts, sa.and_(_accounts.c.clinic_id == _other.c.clinic_id, _accounts.c.id == _other.c.account_id))
    .where(
        in_clinic(_other),
        in_clinic(_accounts),
        visible(_other.c.patient_id),
        _other.c.patient_id == _tasks.c.patient_id,
        _other.c.subject_id == _tasks.c.subject_id,
        _other.c.kind == _tasks.c.kind,
        _other.c.account_id != _tasks.c.account_id,
        _accounts.c.state == AccountState.ACTIVE,
        sa.or_(
            _other.c.is_beyond_team,
            any_for_row(
                sa.select(sa.literal_column("1")).where(
                    in_clinic(_other_team),
                    _other_team.c.patient_id == _other.c.patient_id,
                    _other_team.c.account_id == _other.c.account_id,
                    is_granted_now(_other_team),
                )
            ),
        ),
    )
    .exists()
)
MAX_LEFT = 1000
_leavers, _leaver_team = _accounts.alias("leaver"), _team.alias("leaver_team")
_successor = (
    sa.select(_leavers.c.successor_id)
    .where(in_clinic(_leavers), _leavers.c.id == _tasks.c.account_id)
    .scalar_subquery()
    .label("successor_id")
)
_is_on_team = any_for_row(
    sa.select(sa.literal_column("1")).where(
        in_clinic(_leaver_team),
        _leaver_team.c.patient_id == _tasks.c.patient_id,
        _leaver_team.c.account_id == _tasks.c.account_id,
        is_granted_now(_leaver_team),
    )
)
_is_of_author = sa.case((sa.or_(*(_tasks.c.kind == kind for kind in OF_AUTHOR)), sa.true()), else_=sa.false())
"""Told of each row, where no index is entered by it: the one by account and kind has rows of two kinds in no order."""
LEFT_DRAFTS = Read(
    "left_drafts",
    sa.select(*_tasks.c)
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.account_id == param("account_id", _tasks.c.account_id),
        _is_of_author,
        sa.or_(sa.bindparam("is_disabled", type_=sa.Boolean()), ~_is_on_team),
    )
    .order_by(*ORDER)
    .limit(MAX_LEFT),
    TaskRow,
    Scope.OWNER,
)
"""The drafts that one account has left: all if it is disabled, else those of charts whose care team it is not on."""

_is_handed_over = sa.or_(_accounts.c.state == AccountState.DISABLED, _accounts.c.successor_id.is_not(None))
_leaver: sa.Select[tuple[str]] = sa.select(sa.literal_column("1")).where(
    in_clinic(_accounts), _accounts.c.id == param("account_id", _tasks.c.account_id), _is_handed_over
)
_left = (
    in_clinic(_tasks),
    actor_is_current(),
    _tasks.c.account_id == param("account_id", _tasks.c.account_id),
    _leaver.exists(),
)
LIST_LEFT = Read(
    "list_left",
    sa.select(_tasks, counted(*_left).scalar_subquery().label("waiting"))
    .where(*_left, after_ranked(*ORDER))
    .order_by(*ORDER)
    .limit(PAGE_ROWS),
    LeftRow,
    Scope.CLINIC,
    "an admin sees ids, kinds and urgency of what somebody who is handed over has open, nothing of the chart",
)
COUNT_LEFT = Read(
    "count_left",
    sa.select(
        counted(*_left).scalar_subquery().label("waiting"),
        sa.type_coerce(_is_handed_over, sa.Boolean()).label("is_handed_over"),
    ).where(
        in_clinic(_accounts),
        actor_is_current(),
        _accounts.c.id == param("account_id", _tasks.c.account_id),
        _accounts.c.patient_id.is_(None),
        _accounts.c.scopes.is_(None),
    ),
    LeftCount,
    Scope.CLINIC,
    "as `list_left`; no row if it is no account of the clinic's staff",
)
"""For an empty page."""

TASKS_OF_ONE = Read(
    "tasks_of_one",
    sa.select(*_tasks.c, _successor)
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.account_id == param("account_id", _tasks.c.account_id),
        optional(_tasks.c.patient_id, "only_patient_id"),
        ~_waits_for_another,
    )
    .order_by(*ORDER)
    .limit(MAX_LEFT),
    LeftTask,
    Scope.OWNER,
)
"""The tasks of one account that nobody else can take, the most urgent first."""
