"""The protocol that counts now."""

from integration_api.access.work import Work
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.rules import DEFAULT_SINCE, default_steps
from integration_api.resources.care.arc_windows.tables import ArcProtocolRow


async def load_protocol(work: Work) -> ArcProtocolRow:
    """Return the newest protocol of the actor's clinic, or the default, of version 0; that one is not stored."""
    own = await work.one(sql.READ_PROTOCOL)
    if own is not None:
        return own
    clinic_id = work.actor.clinic_id
    return ArcProtocolRow(
        clinic_id=clinic_id,
        id=clinic_id,
        created_at=DEFAULT_SINCE,
        updated_at=DEFAULT_SINCE,
        version=0,
        steps=default_steps(),
        created_by_id=work.actor.id,
    )
