"""Adverse events: what went wrong for a patient at a dose or after it, how serious it was, and how it ended."""
