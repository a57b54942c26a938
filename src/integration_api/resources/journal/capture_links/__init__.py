"""Capture links: after a dose, a way to write a private moment without a sign-in, with crisis lines and help on it."""
