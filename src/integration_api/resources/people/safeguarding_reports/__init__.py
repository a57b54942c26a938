"""Safeguarding reports: about staff, touch or boundaries, for the clinic's safeguarding lead and deputy alone."""
