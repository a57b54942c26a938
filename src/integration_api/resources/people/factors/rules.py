"""Bounds on the factors and recovery codes of a person."""

MAX_FACTORS = 10
"""The number of factors that a person can have."""

RECOVERY_CODES = 10
"""The number of recovery codes that are made together."""
