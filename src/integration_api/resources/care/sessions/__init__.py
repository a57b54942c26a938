"""Sessions: one meeting of patient and staff, from screening to follow-up."""
