"""Home: the screen that somebody opens first. The worklist of a therapist, the inbox and the day of a patient."""
