"""Who sees a thing: other resources fill the chart. Two of three cases show it as another role reads it."""

from tests.scene.requests import reads

for noun in ("session", "note", "reflection", "plan", "practice", "goal"):
    path = f"/{noun}s/{{{noun}_id}}/visibility"
    reads(f"read_{noun}_visibility", "therapist", path)
    reads(f"read_{noun}_visibility (as the patient)", "supervisor", f"{path}?preview_as=patient")
    reads(f"read_{noun}_visibility (by the patient)", "patient", f"{path}?preview_as=therapist")
