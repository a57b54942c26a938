"""Split care: who decides on what, and what a therapist outside the prescriber's clinic is shown."""
