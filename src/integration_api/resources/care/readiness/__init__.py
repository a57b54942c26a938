"""Readiness: what must be true before a dose, and the holds that stop one until it is, or a prescriber decides."""
