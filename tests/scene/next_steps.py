"""The next steps of a patient."""

from tests.scene.requests import reads

reads("read_next", "patient", "/me/next")
