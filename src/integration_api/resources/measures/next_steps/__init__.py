"""The next steps of a patient after a dose: what is asked now, what soon, and what is over."""
