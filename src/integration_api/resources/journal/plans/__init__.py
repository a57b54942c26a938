"""Coping plans: what patient and therapist agreed to try, as strategies with a cue and an action."""
