"""Notices: other resources write them."""

from tests.scene.requests import reads

reads("list_notices", "admin", "/notices")
