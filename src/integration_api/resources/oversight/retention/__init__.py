"""Retention: the time for which a chart is kept, legal hold, and erasure by destroying its key."""
