"""Patients, their care teams, and inviting them."""
