"""The alarm of a broken binding: a row that decides access was moved, edited or inserted by hand.

Whoever asks is refused as for a wrong secret, and is told nothing. The ledger and the clinic's admins and privacy
officers are told, once an hour and row, in a step of its own.
"""

from datetime import timedelta
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.bindings import COVERED, Facts, fact
from integration_api.access.limits.buckets import Bucket, Limit, give_back
from integration_api.access.notices import tell_role
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.ledger.events import BINDING_BROKEN, Outcome

ALARM = Limit(1, timedelta(hours=1))
_TOLD = (Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER)


async def is_bound(work: Work, table: str, row: Facts) -> bool:
    """Return whether a row has the binding of its content; if not, raise the alarm. Raises DatabaseDown."""
    if work.runtime.bindings.holds(table, row):
        return True
    row_id, clinic_id = UUID(str(fact(row, "id"))), UUID(str(fact(row, "clinic_id")))
    account_id = UUID(str(fact(row, "account_id"))) if "account_id" in COVERED[table] else row_id
    logs.event("binding_broken", logs.CRITICAL, table=table, row=str(row_id), request_id=work.request_id)
    bucket = Bucket.of(work, ALARM, "binding broken", table, clinic_id.bytes, row_id.bytes)
    if await bucket.take(work):
        return False
    alarm = work.anew()
    alarm.record(
        row_id, event=BINDING_BROKEN, outcome=Outcome.DENIED, reason=table, clinic_id=clinic_id, actor_id=account_id
    )
    for role in _TOLD:
        tell_role(alarm, role, BINDING_BROKEN, row_id, clinic_id=clinic_id)
    try:
        await alarm.apply()
    except Exception:
        await give_back(work, [bucket])
        raise
    return False
