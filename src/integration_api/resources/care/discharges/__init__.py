"""Discharge after a dose: the checklist, the observation time of the route, and a prescriber's override."""
