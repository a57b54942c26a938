"""Threads: other resources fill them."""

from tests.scene.requests import reads

reads("list_threads", "therapist", "/patients/{patient_id}/threads")
