"""Help: the patient's call for it, which nothing blocks."""
