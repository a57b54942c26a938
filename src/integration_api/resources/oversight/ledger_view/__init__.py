"""The ledger, as an auditor of the clinic reads it."""
