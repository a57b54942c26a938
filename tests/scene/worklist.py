"""The worklist: other resources write it."""

from tests.scene.requests import reads

reads("read_worklist", "therapist", "/worklist")
