"""The Statement of the change feed: the actor's channels, one page of them in order, and what each row tells the actor.

1. `_charts` are the charts that are open to the actor now, each with the sequence at which it opened. A membership
   counts once the sealer has told of it, so that nothing of a chart comes before the chart itself.
2. `_channels` are the channels that the actor reads (`ledger/changes.py`).
3. `_page` is the first page over all of them. Each channel is entered by its index, and read no further than one page.
   `_bound` is the lowest sequence with which one channel fills a page by itself.
4. Each row gets its word. Its own table and its own `readable` rule decide whether the actor may see the thing *now*,
   as in its list. If not, it is told as gone only if the actor could have seen it. So the change must come after the
   chart opened to them, after they began to listen, and after the channel could see it. All else has no word, and not
   even its id.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.prose import reads_prose
from integration_api.access.tables import AccountTable, CareTeamRole, CareTeamTable
from integration_api.access.visible import actor_is_current, in_clinic, is_granted_now, visible
from integration_api.ledger.changes import NEVER, Channel
from integration_api.ledger.tables import ChangeTable
from integration_api.resources.delivery.changes.rules import AUDIENCE, ChangeKind, ChangeWord
from integration_api.resources.delivery.changes.thing_statements import readable_things
from integration_api.resources.journal.plans import statements as plans
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_changes, _team = table_of(ChangeTable), table_of(CareTeamTable)
_opening, _row, _ahead = _changes.alias("opening"), _changes.alias("told"), _changes.alias("ahead")
_member, _still = _team.alias("feed_member"), _team.alias("feed_still")
_author = table_of(AccountTable).alias("feed_author")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_OWN_CHART = sa.bindparam("scope_patient_id", type_=sa.Uuid())
_ONLY = sa.bindparam("only_patient_id", type_=sa.Uuid())
_CURSOR, _SINCE, _END = (sa.bindparam(f"{name}_sequence", type_=sa.BigInteger()) for name in ("after", "since", "end"))
_NOW = sa.bindparam("now", type_=_changes.c["at"].type)
_IS_STAFF, _IS_ADMIN, _IS_PRIVACY, _IS_SUPERVISOR, _SCOPE_TEAM = (
    sa.bindparam(name, type_=sa.Boolean())
    for name in ("is_staff", "is_clinic_admin", "is_privacy_officer", "actor_is_supervisor", "scope_team")
)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")


class FeedRow(BaseModel):
    """One change, and its word for the actor; without a word, it has no id either."""

    sequence: int
    kind: str
    id: UUID | None
    patient_id: UUID | None
    change: str | None
    at: datetime
    until: datetime | None


def _word(value: str) -> sa.ColumnElement[str]:
    return sa.literal(value, sa.String())


def _channel(channel_id: Any, channel: Channel, opened: Any = None) -> sa.Select[Any]:  # noqa: ANN401  columns
    """Return one channel as a row; `opened` is the sequence at which it opened to the actor."""
    since = sa.literal(-(2**62), sa.BigInteger()) if opened is None else opened
    return sa.select(channel_id.label("channel_id"), _word(channel).label("channel"), since.label("opened"))


_charts = (
    sa.select(
        _member.c.patient_id,
        (-sa.func.max(-_opening.c.sequence)).label("opened"),
        sa.func.max(sa.case((_member.c.role == CareTeamRole.SUPERVISOR, 1), else_=0)).label("supervises"),
    )
    .join(_opening, sa.and_(_opening.c.clinic_id == _member.c.clinic_id, _opening.c.id == _member.c.id))
    .where(
        in_clinic(_member),
        _member.c.account_id == _ACTOR_ID,
        is_granted_now(_member),
        _SCOPE_TEAM,
        sa.or_(_ONLY.is_(None), _member.c.patient_id == _ONLY),
    )
    .group_by(_member.c.patient_id)
    .cte()
)
_own = sa.and_(_OWN_CHART.is_not(None), sa.or_(_ONLY.is_(None), _OWN_CHART == _ONLY))
_channels = sa.union_all(
    _channel(_OWN_CHART, Channel.CHART).where(_own),
    _channel(_OWN_CHART, Channel.PATIENT).where(_own),
    *(
        _channel(_charts.c.patient_id, channel, _charts.c.opened)
        for channel in (Channel.CHART, Channel.TEAM, Channel.DRAFTS)
    ),
    _channel(_charts.c.patient_id, Channel.SUPERVISORS, _charts.c.opened).where(
        _charts.c.supervises == 1, _IS_SUPERVISOR
    ),
    _channel(_ACTOR_ID, Channel.ACCOUNT),
    _channel(_CLINIC_ID, Channel.CLINIC).where(_ONLY.is_(None)),
    _channel(_CLINIC_ID, Channel.STAFF).where(_IS_STAFF),
    _channel(_CLINIC_ID, Channel.ADMINS).where(_ONLY.is_(None), _IS_ADMIN),
    _channel(_CLINIC_ID, Channel.PRIVACY).where(_ONLY.is_(None), _IS_PRIVACY),
).cte()


_is_beside_chart = sa.and_(
    _ONLY.is_not(None), sa.or_(*(_channels.c.channel == one for one in (Channel.STAFF, Channel.ACCOUNT)))
)
"""Matches the channels that a feed of one chart reads for the news alone that its readers are others now."""


def _after_cursor(table: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
    """Match the rows of a channel after the cursor. Such news counts from when the client began to listen on."""
    return (
        table.c.clinic_id == _CLINIC_ID,
        table.c.channel_id == _channels.c.channel_id,
        table.c.channel == _channels.c.channel,
        table.c.sequence > _CURSOR,
        table.c.sequence > sa.case((_is_beside_chart, _SINCE), else_=_CURSOR),
        table.c.sequence <= _END,
        sa.or_(sa.not_(_is_beside_chart), table.c.kind == AUDIENCE),
    )


_first = (
    sa.select(_ahead.c.sequence)
    .where(*_after_cursor(_ahead))
    .order_by(_ahead.c.sequence)
    .limit(PAGE_ROWS)
    .correlate(_channels)
    .subquery()
)
_filled = (
    sa.select(sa.case((sa.func.count() == PAGE_ROWS, sa.func.max(_first.c.sequence)))).correlate(_channels)
).scalar_subquery()
_bound = sa.select(-sa.func.max(-_filled)).select_from(_channels).scalar_subquery()

_page = (
    sa.select(
        *(_row.c[name] for name in ("sequence", "kind", "thing_id", "channel", "patient_id", "account_id", "at")),
        _row.c.visible_from,
        _channels.c.opened,
    )
    .select_from(_channels)
    .join(_row, sa.and_(*_after_cursor(_row)))
    .where(actor_is_current(), _row.c.sequence <= sa.func.coalesce(_bound, _END))
    .order_by(_row.c.sequence)
    .limit(PAGE_ROWS)
    .subquery()
)


_is_open = sa.or_(_page.c.visible_from <= _page.c["at"], _page.c.visible_from <= _NOW)
_READABLE = readable_things(_page)
"""For each kind that can be invisible to a reader of its channel, who may see it now."""

_IS_WORKLIST = sa.and_(
    _is_open,
    sa.or_(_page.c.channel != Channel.DRAFTS, _page.c.account_id.is_(None), _page.c.account_id == _ACTOR_ID),
)
_until = (
    sa.select(sa.func.max(sa.func.coalesce(_still.c.ends_at, sa.literal(NEVER, _still.c.ends_at.type))))
    .where(
        in_clinic(_still),
        _still.c.account_id == _ACTOR_ID,
        _still.c.patient_id == _page.c.patient_id,
        is_granted_now(_still),
        _SCOPE_TEAM,
    )
    .scalar_subquery()
)
_is_chart = _page.c.kind == ChangeKind.CHART
_in_clinic_channel = sa.or_(*(_page.c.channel == one for one in (Channel.ADMINS, Channel.STAFF)))
_sees_chart = sa.or_(_page.c.patient_id.is_(None), _in_clinic_channel, visible(_page.c.patient_id))
_may_read = sa.case(
    *((_page.c.kind == kind, rule) for kind, rule in _READABLE.items()),
    (_page.c.kind == ChangeKind.WORKLIST, _IS_WORKLIST),
    else_=sa.true(),
)
_supervises_author = (
    sa.select(_ONE)
    .where(in_clinic(_author), _author.c.id == _page.c.account_id, _author.c.supervised_by == _ACTOR_ID, _IS_SUPERVISOR)
    .exists()
)
_of_others = sa.or_(
    sa.and_(_page.c.kind == ChangeKind.NOTE, _supervises_author),
    sa.and_(_page.c.kind == ChangeKind.PLAN, plans.is_left(_page.c.patient_id, _page.c.account_id)),
)
"""Drafts of others that the actor may read. Those of answers are of who gives them alone."""
_OF_PROSE = (ChangeKind.NOTE, ChangeKind.REFLECTION, ChangeKind.AMENDMENT_REQUEST)
_may_be_prose = sa.or_(
    _page.c.channel == Channel.DRAFTS,
    sa.and_(*(_page.c.kind != kind for kind in _OF_PROSE)),
    reads_prose(_page.c.patient_id),
)
"""Matches what the actor could have seen if it is about a note or a reflection: a prescriber may read none (POLICY)."""
_could_see = sa.and_(
    _page.c.sequence > _SINCE,
    _page.c.sequence > _page.c.opened,
    _page.c.visible_from <= _page.c["at"],
    sa.or_(_page.c.channel != Channel.DRAFTS, _page.c.account_id == _ACTOR_ID, _of_others),
    _may_be_prose,
    sa.or_(*(_page.c.kind == kind for kind in _READABLE)),
)
_of_actor = sa.or_(_page.c.channel == Channel.ACCOUNT, _IS_SUPERVISOR, _page.c.thing_id == _CLINIC_ID)
_change = sa.case(
    (_page.c.kind == AUDIENCE, sa.case((sa.and_(_page.c.sequence > _SINCE, _of_actor), _word(ChangeWord.CHANGED)))),
    (sa.and_(_is_chart, _until.is_not(None)), _word(ChangeWord.OPENED)),
    (_is_chart, sa.case((_page.c.sequence > _SINCE, _word(ChangeWord.CLOSED)))),
    (sa.and_(_sees_chart, _may_read), _word(ChangeWord.CHANGED)),
    (_could_see, _word(ChangeWord.GONE)),
).label("change")
_told = (
    sa.select(*_page.c, _change, sa.case((_is_chart, _until)).label("until"))
    .limit(PAGE_ROWS)  # so that a database works out each word once
    .subquery()
)
_kept_whole = sa.or_(*(_told.c.kind == kind for kind in (ChangeKind.CHART, ChangeKind.WORKLIST)))

LIST_CHANGES = Read(
    "list_changes",
    sa.select(
        _told.c.sequence,
        _told.c.kind,
        sa.case(
            (_told.c.change.is_(None), sa.null()),
            (sa.and_(_kept_whole, _told.c.patient_id.is_not(None)), _told.c.patient_id),
            else_=_told.c.thing_id,
        ).label("id"),
        sa.case((_told.c.change.is_not(None), _told.c.patient_id)).label("patient_id"),
        _told.c.change,
        _told.c["at"],
        _told.c.until,
    ),
    FeedRow,
    Scope.CLINIC,
    "a channel is read by those whom it belongs to; of a chart, only while the actor may see it",
)
"""A page of the feed, in no order: after one sequence, up to another, of one chart or of everything."""


class ChannelRow(BaseModel):
    """A channel that the actor reads."""

    channel_id: UUID


LIST_CHANNELS = Read(
    "list_channels",
    sa.select(_channels.c.channel_id).where(actor_is_current()),
    ChannelRow,
    Scope.CLINIC,
    "whose channels the actor reads now; none if the sign-in has ended",
)
