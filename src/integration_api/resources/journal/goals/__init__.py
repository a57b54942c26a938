"""Goals: what a patient wants to reach, scaled in words from -2 to +2, and how far both sides see it reached."""
