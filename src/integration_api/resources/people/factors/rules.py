"""How many factors and recovery codes a person has."""

MAX_FACTORS = 10
"""How many factors a person can have."""

RECOVERY_CODES = 10
"""How many recovery codes are made together."""
