"""The screen of a chart: other resources fill it."""

from tests.scene.requests import reads

reads("read_chart", "therapist", "/patients/{patient_id}/chart")
