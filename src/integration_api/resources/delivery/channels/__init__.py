"""Channels: addresses by which a person is told beyond this API, and the log of what was sent. Never content."""
