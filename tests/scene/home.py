"""The screens that somebody opens first: other resources fill them."""

from tests.scene.requests import reads

reads("read_worklist", "therapist", "/worklist")
reads("read_inbox", "patient", "/me/inbox")
reads("read_home", "patient", "/me/home")
