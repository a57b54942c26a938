"""Your sign-ins, one for each device."""
