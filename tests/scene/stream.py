"""The live stream."""

from tests.scene.requests import reads

reads("stream_events", "therapist", "/events")
