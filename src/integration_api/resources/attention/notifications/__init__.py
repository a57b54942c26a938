"""Notifications: what a person is told beyond this API, and when not. Fixed sentences, without names or clinical words."""
