"""Check-ins: short answers after a dose, in a window of the integration arc or outside of one. They never change."""
