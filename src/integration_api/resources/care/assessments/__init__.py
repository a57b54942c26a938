"""The therapist's assessment of a dosing session: go, hold or concern, with reasons of a list and no prose."""
