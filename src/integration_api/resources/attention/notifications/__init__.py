"""Notifications: what a person is told beyond this API, and when not: fixed sentences, no names, no clinical words."""
