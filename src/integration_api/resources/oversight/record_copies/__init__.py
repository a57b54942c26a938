"""Copies of the record that staff make for a record request, and hand over to the patient."""
