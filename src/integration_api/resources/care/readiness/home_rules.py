"""Holds of a dose at home beside the items of the check: no remote record (R18), and a lost link (R26)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from integration_api.resources.care.readiness.rules import Unmet
from integration_api.resources.care.sessions.session_tasks import MAX_LINK_LOSS

REMOTE_RECORD = "remote_record"
"""Held if a session at home has no complete remote record; it is not answered. Source: clinical.md section 6, R18."""
VIDEO_LINK, OBSERVER_LINK = "video_link", "observer_link"


def unmet_at_home(lost_since: Mapping[str, datetime | None], at: datetime, *, lacks_record: bool) -> Iterable[Unmet]:
    """Yield what is not met at this instant. `lost_since` says since when each link is lost; None if it is not."""
    if lacks_record:
        yield Unmet(REMOTE_RECORD, "R18", None)
    for link, lost_at in lost_since.items():
        if lost_at is not None and at - lost_at > MAX_LINK_LOSS:
            yield Unmet(link, "R26", lost_at + MAX_LINK_LOSS)
