"""Who did what, and what is kept for how long."""
