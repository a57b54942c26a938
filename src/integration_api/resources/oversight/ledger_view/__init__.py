"""The ledger: what happened, for auditors, and for patients in their own chart."""
