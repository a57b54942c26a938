"""The change feed: the sealer writes it."""

from tests.scene.requests import reads

reads("list_changes", "therapist", "/changes")
