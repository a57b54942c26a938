"""Medicines: everything a patient takes, prescribed or not, with its dose and since when."""
