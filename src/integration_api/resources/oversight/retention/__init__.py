"""How long a chart is kept, what keeps it longer, and its end: legal hold, and erasure by destroying its key."""
