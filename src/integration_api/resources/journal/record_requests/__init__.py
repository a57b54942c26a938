"""Requests of a patient for a copy of the record, which staff fulfil or deny in writing within 30 days."""
