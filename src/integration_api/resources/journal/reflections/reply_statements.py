"""Statements of the replies to a shared reflection."""

import sqlalchemy as sa

from integration_api.access.tombstones import is_alive, tombstones_of
from integration_api.access.visible import delete_in_chart, in_clinic, insert_for_chart, list_by_chart
from integration_api.resources.journal.reflections.reflection_reader_statements import is_read, readable
from integration_api.resources.journal.reflections.statements import ANSWERED_NOW, SCOPE_PATIENT_ID, one
from integration_api.resources.journal.reflections.tables import ReflectionTable, ReplyRow, ReplyTable, Sharing
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_reflections, _replies = table_of(ReflectionTable), table_of(ReplyTable)

_reply_to = _replies.c.reflection_id == param("reflection_id", _replies.c.reflection_id)
_parent_readable: sa.Select[tuple[str]] = sa.select(sa.literal_column("1")).where(
    in_clinic(_reflections),
    _reflections.c.patient_id == param("patient_id", _reflections.c.patient_id),
    _reflections.c.id == param("reflection_id", _reflections.c.id),
    readable(_reflections),
)
INSERT_REPLY = Change(
    "insert_reflection_reply",
    insert_for_chart(
        ReplyTable, _parent_readable.where(_reflections.c.sharing == Sharing.SHARED).exists(), is_alive(ReplyTable)
    ),
    Scope.OWNER,
)
of_read = (
    sa.select(sa.literal_column("1"))
    .where(
        in_clinic(_reflections),
        _reflections.c.patient_id == _replies.c.patient_id,
        _reflections.c.id == _replies.c.reflection_id,
        readable(_reflections),
        is_read,
    )
    .exists()
)
"""Match replies to reflections that the actor may read, and staff only to those that somebody of them has read."""
_is_staff = SCOPE_PATIENT_ID.is_(None)
COUNT_REPLY = Change(
    "count_reflection_reply",
    sa.update(_reflections)
    .where(*one, readable(_reflections), _reflections.c.sharing == Sharing.SHARED)
    .values(
        reply_count=_reflections.c.reply_count + 1,
        last_reply_at=param("now", _reflections.c.last_reply_at),
        first_read_at=sa.case(
            (_is_staff, sa.func.coalesce(_reflections.c.first_read_at, param("now", _reflections.c.first_read_at))),
            else_=_reflections.c.first_read_at,
        ),
        answered_at=sa.case((_is_staff, ANSWERED_NOW), else_=_reflections.c.answered_at),
    ),
    Scope.OWNER,
)
"""Staff who answer it have read it: one change, because a step changes a row once. The version stays."""
LIST_REPLIES = Read(
    "list_reflection_replies",
    list_by_chart(ReplyTable, "created_at", _reply_to, _parent_readable.exists()),
    ReplyRow,
    Scope.OWNER,
)
BURY_REPLIES = Change("bury_reflection_replies", tombstones_of(ReplyTable, _reply_to), Scope.OWNER)
DELETE_REPLIES = Change(
    "delete_reflection_replies",
    delete_in_chart(ReplyTable, _reply_to),
    Scope.OWNER,
)
