"""The chart of a patient as one screen of the care team."""
