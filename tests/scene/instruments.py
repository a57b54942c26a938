"""What is asked of instruments, which are in a file of the product."""

from tests.scene.requests import reads
from tests.scene.scene import Scene, planted


@planted
async def instrument(s: Scene) -> None:
    """One of them."""
    s.ids["instrument_id"] = "phq9"


reads("list_instruments", "patient", "/instruments")
reads("read_instrument", "therapist", "/instruments/{instrument_id}")
