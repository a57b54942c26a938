"""Practices: each use of a strategy that the patient logged, or why it was skipped."""
