"""The worklist: open tasks of a clinician, the next due first."""
