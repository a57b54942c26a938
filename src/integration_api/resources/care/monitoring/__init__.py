"""Vitals: what was measured and observed around a dose, as a time series, and what is unusual about it."""
