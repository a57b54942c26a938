"""Safety plans: six ordered steps for a crisis, written together and confirmed by the patient."""
