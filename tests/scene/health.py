"""What is asked by those who run the product."""

from tests.scene.requests import reads

reads("read_liveness", "nobody", "/health/live")
reads("read_readiness", "nobody", "/health/ready")
reads("read_version", "nobody", "/version")
