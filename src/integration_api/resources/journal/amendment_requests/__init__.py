"""Requests of a patient to amend a note, which staff accept or deny in writing within 60 days."""
