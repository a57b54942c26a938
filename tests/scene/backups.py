"""What is known of backups: nothing, in a scene."""

from tests.scene.requests import reads

reads("read_backups", "admin", "/backups")
