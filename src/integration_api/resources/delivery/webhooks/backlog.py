"""Making messages: the rows that got their places since a webhook's position, as far as they are of its kinds.

The messages are inserted and the position moves in one step, which is guarded by the position. So of two processes one
makes them, and a process that ends meanwhile leaves nothing behind.
"""

from collections.abc import Iterator

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.changes import Changed, Channel, channel_of, from_text, row_id_of
from integration_api.ledger.statements import PlacedChange
from integration_api.resources.delivery.webhooks import job_statements as sql
from integration_api.resources.delivery.webhooks.job_statements import ActiveWebhook
from integration_api.resources.delivery.webhooks.tables import DeliveryRow

MAX_WAITING = 1000
"""Messages of one webhook. While so many wait no more are made, and nothing is lost: its position stays."""
_ROWS = 200
_MANY = 50
"""Messages after which a step ends, so that few forms of the statement are prepared."""
_CHANNELS = (Channel.CHART, Channel.TEAM)
"""Of what everybody sees who may see a chart, and of what its care team sees: never of what is one person's alone."""


class MadeMeanwhile(StartAgain):
    """Another process has made these messages."""


async def make_messages(work: Work, webhook: ActiveWebhook) -> bool:
    """Collect the next messages of a webhook; return whether there may be more. Raises MadeMeanwhile, when applied."""
    clinic_id = webhook.clinic_id
    last = await work.one(ledger_sql.LAST_SEAL, clinic_id=clinic_id)
    if last is None or webhook.position >= last.first_position + last.row_count - 1:
        return False
    waiting = await work.one(sql.COUNT_WAITING, clinic_id=clinic_id, webhook_id=webhook.id)
    if waiting is not None and waiting.waiting >= MAX_WAITING:
        return False
    rows = await work.part(ledger_sql.PLACED_CHANGES, clinic_id=clinic_id, position=webhook.position, page_rows=_ROWS)
    made: list[tuple[PlacedChange, int, Changed]] = []
    reached = webhook.position
    for row in rows:
        made += _things(webhook, row)
        reached = row.position
        if len(made) >= _MANY:
            break
    if reached == webhook.position:
        return False
    work.change(
        sql.MOVE_WEBHOOK,
        missed=MadeMeanwhile,
        clinic_id=clinic_id,
        id=webhook.id,
        expected_position=webhook.position,
        position=reached,
    )
    for row, ordinal, thing in made:
        work.create(sql.INSERT_DELIVERY, _message(work, webhook, row, ordinal, thing))
    webhook.position = reached
    return reached < last.first_position + last.row_count - 1


def _things(webhook: ActiveWebhook, row: PlacedChange) -> Iterator[tuple[PlacedChange, int, Changed]]:
    """Yield each thing of the webhook's kinds that a ledger row names, with its number."""
    if row.changed is None:
        return
    changed = {
        (one.kind, one.id): one
        for one in from_text(row.changed, row.subject_id, row.patient_id)
        if one.channel in _CHANNELS and one.kind in webhook.kinds
    }
    yield from ((row, ordinal, one) for ordinal, one in enumerate(changed.values()))


def _message(work: Work, webhook: ActiveWebhook, row: PlacedChange, ordinal: int, one: Changed) -> DeliveryRow:
    return DeliveryRow(
        clinic_id=webhook.clinic_id,
        id=new_id(),
        webhook_id=webhook.id,
        event_id=row.id,
        ordinal=ordinal,
        position=row.position,
        kind=one.kind,
        thing_id=one.id,
        patient_id=one.patient_id,
        change_id=row_id_of(one.channel, channel_of(one, webhook.clinic_id), one.kind, one.id),
        at=row.at,
        created_at=work.now,
        due_at=work.now,
    )
