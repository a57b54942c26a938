"""Tasks that wait for a clinician. Slices open and settle them in their own change; reading is one short index scan."""
