"""Small things without a layer: the clock, ids, logs. No word of the domain may appear here."""
