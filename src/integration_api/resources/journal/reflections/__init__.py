"""Reflections: what a patient writes around a session, private until they share it. Nobody watches them live."""
