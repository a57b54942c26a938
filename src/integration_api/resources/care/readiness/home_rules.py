"""Holds of a dose at home beside the items of the check: no remote record (R18), and a lost link (R26)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from integration_api.resources.care.readiness.rules import Unmet

REMOTE_RECORD = "remote_record"
"""Held if a session at home has no complete remote record; it is not answered. Source: clinical.md section 6, R18."""
VIDEO_LINK, OBSERVER_LINK = "video_link", "observer_link"
MAX_LINK_LOSS = timedelta(minutes=5)
"""The video or the observer may be lost for so long. Source: clinical.md section 6, R26, POLICY."""


def unmet_at_home(lost_since: Mapping[str, datetime | None], at: datetime, *, lacks_record: bool) -> Iterable[Unmet]:
    """Yield what is not met at this instant. `lost_since` says since when each link is lost; None if it is not."""
    if lacks_record:
        yield Unmet(REMOTE_RECORD, "R18", None)
    for link, lost_at in lost_since.items():
        if lost_at is not None and at - lost_at > MAX_LINK_LOSS:
            yield Unmet(link, "R26", lost_at + MAX_LINK_LOSS)
