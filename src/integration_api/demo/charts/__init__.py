"""The stories of the demo: one chart each."""
