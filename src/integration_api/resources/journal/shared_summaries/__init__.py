"""Shared summaries: what a session or a part of a course came to, in words that both sides write and each endorses."""
