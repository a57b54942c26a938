"""Reflections: what the patient writes after (or before) a session, private until they share it."""
