"""The timeline: other resources fill it."""

from tests.scene.requests import reads

reads("read_timeline", "therapist", "/patients/{patient_id}/timeline")
