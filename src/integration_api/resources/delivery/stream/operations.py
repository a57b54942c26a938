"""Operations on the live stream."""

from integration_api.access.operations import Operation
from integration_api.resources.delivery.changes.operations import LIST_CHANGES

STREAM_EVENTS = Operation("event:stream", "event.streamed", LIST_CHANGES.who)
"""Recorded once, when a stream begins: from then on the reader is told of changes."""
