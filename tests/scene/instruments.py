"""What is asked of instruments, which are in a file of the product."""

from tests.scene.requests import reads

reads("list_instruments", "patient", "/instruments")
reads("read_instrument", "therapist", "/instruments/phq9")
