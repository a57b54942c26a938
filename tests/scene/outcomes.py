"""Outcomes of the clinic: other resources fill them."""

from tests.scene.requests import reads

reads("read_outcomes", "supervisor", "/clinic/outcomes")
reads("read_outcomes (by an admin)", "admin", "/clinic/outcomes?quarter=2026-Q4")
