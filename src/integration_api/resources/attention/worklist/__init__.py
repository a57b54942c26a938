"""What waits for a clinician. Slices open and settle tasks in their own change; reading is one short index scan."""
