"""Flags: safety signals with a life of their own, from the write that raises one to the review that closes it."""
