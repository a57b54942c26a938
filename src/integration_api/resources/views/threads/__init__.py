"""Threads: from a dose over what was seen to what is done about it, and what changed."""
