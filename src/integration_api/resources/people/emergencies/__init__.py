"""Emergency access: a clinician opens a chart for a few hours, and a privacy officer reviews it."""
