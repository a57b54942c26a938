"""The ledger: the append-only audit log that every read and change of the product writes."""
