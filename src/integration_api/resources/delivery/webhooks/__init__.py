"""Webhooks: signed messages to a clinic's own programs about what changed. Ids and words, never content."""
